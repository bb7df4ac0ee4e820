"""What the worker does for files: it sweeps drafts that no act has named within a day."""

from datetime import datetime, timedelta

from hemu.attachments.operations import sweep_drafts
from hemu.infra.rounds import Round


def sweep(now: datetime) -> int:
    return sweep_drafts(now=now)


ROUNDS = (Round("file drafts", timedelta(minutes=10), sweep),)
