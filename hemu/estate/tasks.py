"""What the worker does for the estate: rosters that wait to be read or written."""

from datetime import datetime, timedelta

from hemu.estate.roster.operations import claim_import, work_on
from hemu.infra.rounds import Round


def work_on_rosters(now: datetime) -> int:
    """Work on one waiting import; return how many there were."""
    row = claim_import(now)
    if row is None:
        return 0
    work_on(row, now)
    return 1


ROUNDS = (Round("rosters", timedelta(seconds=1), work_on_rosters),)
