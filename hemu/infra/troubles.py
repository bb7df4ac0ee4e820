"""Work in the background in pieces: one that raises keeps none of the others waiting, and is parked after some tries.

A parked piece rests until a person, who sees it on the page of troubles, has it tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from hemu.infra.database import fault_behind
from hemu.infra.models import Trouble
from hemu.infra.transaction import operation

log = logging.getLogger("hemu.worker")
TRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60))
AT_MOST = 1000
GONE_AFTER = timedelta(days=1)
"""What was to be tried again and is not for so long is no piece of work any more."""


class Pieces:
    """One round over pieces of one kind.

    Args:
        kind: what the pieces are, up to 20 characters.
        now: the edge's clock.
    """

    def __init__(self, kind: str, now: datetime) -> None:
        self.kind, self.now = kind, now
        rows = Trouble.objects.filter(kind=kind).order_by("id")[:AT_MOST]
        gone = [row.id for row in rows if row.next_at and row.next_at < now - GONE_AFTER]
        if gone:
            Trouble.objects.filter(id__in=gone).delete()
        self._known = {row.key: row for row in rows if row.id not in gone}

    def resting(self) -> list[str]:
        """Return the keys that are not to be taken up in this round: parked, or tried a short while ago."""
        return [key for key, row in self._known.items() if row.next_at is None or row.next_at > self.now]

    def has_failed(self, key: str) -> bool:
        """Tell whether a piece has failed before and is not done yet."""
        return key in self._known

    def do(self, key: str, act: Callable[[], int], *, about: str = "") -> int:
        """Return what ``act`` gives; 0 where it raises, which is logged and noted.

        An error of the database itself passes: it is not the piece's fault.
        """
        try:
            done = act()
        except Exception as error:  # whatever it is, the other pieces must not wait for it
            if fault_behind(error):
                raise
            log.exception("%s %s could not be done", self.kind, key)
            note(kind=self.kind, key=key, about=about, error=error, now=self.now)
            return 0
        if key in self._known:
            forget(kind=self.kind, key=key)
        return done


@operation
def note(*, kind: str, key: str, about: str, error: Exception, now: datetime) -> Trouble:
    """Write down that a piece failed once more, and when it is tried again; after five tries it is parked."""
    row = Trouble.objects.select_for_update().filter(kind=kind, key=key).first() or Trouble(
        kind=kind, key=key, first_at=now
    )
    row.next_at = now + TRY_AFTER[row.tries] if row.tries < len(TRY_AFTER) else None
    row.tries, row.last_at = row.tries + 1, now
    row.about, row.error = about, type(error).__name__[:80]
    row.save()
    return row


@operation
def forget(*, kind: str, key: str) -> int:
    """Forget the trouble with a piece: it is done, or to be tried anew. Returns how many there were."""
    return Trouble.objects.filter(kind=kind, key=key).delete()[0]


@operation
def retry(*, kind: str, key: str, now: datetime) -> bool:
    """Have a piece tried again at once; return whether it stood among the troubles. It leaves them when it is done."""
    return bool(Trouble.objects.filter(kind=kind, key=key).update(next_at=now, tries=0))


def is_parked(*, kind: str, key: str) -> bool:
    """Tell whether a piece rests until a person has it tried again."""
    return Trouble.objects.filter(kind=kind, key=key, next_at__isnull=True).exists()


def troubles(limit: int = 100) -> list[Trouble]:
    """Return what could not be done in the background, the parked first, at most ``limit``."""
    return list(Trouble.objects.order_by(F("next_at").asc(nulls_first=True), "-last_at")[:limit])
