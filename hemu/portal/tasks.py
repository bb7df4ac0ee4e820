"""What the worker does for the owners' door: it forgets codes and ended log-ins."""

from datetime import datetime, timedelta

from hemu.infra.rounds import Round
from hemu.portal.operations import sweep


def forget(now: datetime) -> int:
    sweep(now=now)
    return 0


ROUNDS = (Round("owners_door", timedelta(minutes=10), forget),)
