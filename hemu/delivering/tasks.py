"""What the worker does for notices: it lays their messages ready, some homes at a time."""

from datetime import datetime, timedelta

from hemu.delivering.operations import lay_ready
from hemu.infra.rounds import Round


def lay_messages(now: datetime) -> int:
    return lay_ready(now=now)


ROUNDS = (Round("notices", timedelta(seconds=5), lay_messages),)
