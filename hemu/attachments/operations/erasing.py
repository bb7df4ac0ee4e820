"""Erasing files: of people who ask for it (PIPL), and drafts that no act ever named. Digests stay in the book."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import ProtectedError

from hemu.attachments.models import KeptFile
from hemu.attachments.operations.storing import remove_bytes
from hemu.foundation.errors import RuleViolation

DRAFT_LIVES = timedelta(days=1)
AT_A_TIME = 100


def erase_file(*, file: UUID) -> bool:
    """Erase a file, original, copies and row; its digest stays in the entry. Returns whether there was one.

    Raises:
        RuleViolation: ``file.kept``: a room above keeps it; it goes the way in which that room lets things go.
    """
    row = KeptFile.objects.filter(id=file).first()
    if row is None:
        return False
    try:
        KeptFile.objects.filter(id=file).delete()  # the row first: nothing speaks of bytes that are gone
    except ProtectedError as error:
        raise RuleViolation("file.kept") from error
    remove_bytes(row.names)
    return True


def sweep_drafts(*, now: datetime) -> int:
    """Erase drafts a day old that no act has named, 100 at most; returns how many."""
    old = KeptFile.objects.filter(subject="", uploaded_at__lt=now - DRAFT_LIVES)
    swept = 0
    for row in old.order_by("uploaded_at")[:AT_A_TIME]:
        deleted, _ = KeptFile.objects.filter(
            id=row.id, subject=""
        ).delete()  # it may have been named just now
        if deleted:
            remove_bytes(row.names)
            swept += 1
    return swept
