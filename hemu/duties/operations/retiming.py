"""Moving what is still to be done to the rules now in force: in slices, again and again without harm, past ones never."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hemu import sop
from hemu.duties.models import DueMoved, Duty, RulesApplied, RulesChange
from hemu.duties.operations.watching import set_times, times_for
from hemu.duties.rules import Times
from hemu.estate.models import Office
from hemu.estate.queries import OfficeRules, office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.messaging.operations import tell
from hemu.sop.register import load_register

SLICE = 250
"""Duties looked at between two short transactions; only those that move are locked."""
_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Return what the product itself brings to due times: its register, its profiles, its holiday list."""
    assert sop.__file__ is not None
    here = Path(sop.__file__).parent
    parts = [(here / name).read_bytes() for name in ("clauses.toml", "profiles.toml")]
    return sha256(b"".join(parts) + version("holidays").encode()).hexdigest()


def note_change(entry: Entry, office: Office | None) -> UUID | None:
    """Keep which act gave an office (none: every office) its stamp, so that what moves is told to who did it.

    Returns:
        The stamp, by which `DueMoved` names the change; None where there is no office yet.
    """
    rows = Office.objects.all() if office is None else Office.objects.filter(pk=office.pk)
    stamp = rows.exclude(times_stamp__isnull=True).values_list("times_stamp", flat=True).first()
    if stamp is not None:
        RulesChange.objects.get_or_create(
            stamp=stamp,
            defaults={"office": office, "entry": entry.id, "by": entry.actor, "at": entry.recorded_at},
        )
    return stamp


def to_come(office: Office, now: datetime) -> QuerySet[Duty]:
    """Return an office's open duties whose due time has not passed, in the order in which they are due.

    What is past, late or fulfilled never changes; what has no date has none under any rules.
    """
    rows = Duty.objects.filter(office=office, state=Duty.State.OPEN, due_at__gt=now, late_at__isnull=True)
    return rows.order_by("due_at", "id")


class Retiming:
    """What duties' times are under some rules; alike ones are worked out once.

    Args:
        rules_on: gives the rules of the day on which a duty began.
    """

    def __init__(self, rules_on: Callable[[datetime], OfficeRules], now: datetime) -> None:
        self.rules_on, self.now = rules_on, now
        self._known: dict[tuple[str, datetime, str], Times | None] = {}

    def moved(self, duty: Duty) -> Times | None:
        """Return the new times of a duty that is still to come; None where its due time and warning stay.

        Nothing turns late by a change of rules: where the new due time has passed already, the old one stays.
        """
        key = (duty.clause, duty.start_at, repr((duty.facts, duty.pauses)))
        if key not in self._known:
            self._known[key] = self._times(duty)
        times = self._known[key]
        if times is None or times.due_at is None or times.due_at <= self.now:
            return None
        is_rate = load_register().clause(duty.clause).kind == "rate"
        same = times.due_at == duty.due_at and (is_rate or times.warn_at == duty.warn_at)
        return None if same else times

    def _times(self, duty: Duty) -> Times | None:
        try:
            return times_for(duty, self.rules_on(duty.start_at))
        except RuleViolation:  # what the new rules cannot date stays as it is
            return None


@dataclass(frozen=True)
class _Place:
    """How far a walk has come."""

    due_at: datetime | None
    duty: UUID | None

    def after(self) -> Q:
        """Return the condition for what comes behind it."""
        if self.due_at is None:
            return Q()
        return Q(due_at__gt=self.due_at) | Q(due_at=self.due_at, id__gt=self.duty)


def apply_rules(*, now: datetime) -> int:
    """Take one slice of an office whose rules changed to the rules now in force; return 0 when nothing waits."""
    office = _waiting().order_by("id").first()
    return 0 if office is None else _advance(office, now)


def _waiting() -> QuerySet[Office]:
    same = Q(applied__stamp=F("times_stamp")) | Q(applied__stamp__isnull=True, times_stamp__isnull=True)
    done = Q(applied__done_at__isnull=False, applied__version=rules_version())
    return Office.objects.exclude(same & done).select_related("applied")


def _advance(office: Office, now: datetime) -> int:
    """Look through the next slice; what moves is locked, looked at once more and written in one short transaction."""
    applied: RulesApplied | None = getattr(office, "applied", None)
    fresh = applied is None or (applied.stamp, applied.version) != (office.times_stamp, rules_version())
    place = _Place(None, None) if fresh or applied is None else _Place(applied.due_at, applied.duty)
    found = list(to_come(office, now).filter(place.after())[:SLICE])
    retiming = Retiming(lambda start: office_rules(office, on=start), now)
    moving = [each.id for each in found if retiming.moved(each)]
    last = _Place(found[-1].due_at, found[-1].id) if len(found) == SLICE else None
    _write(office, place, last, moving, retiming, fresh=fresh)
    return 1


@operation
def _write(
    office: Office, place: _Place, last: _Place | None, moving: list[UUID], retiming: Retiming, *, fresh: bool
) -> None:
    now = retiming.now
    applied, _ = RulesApplied.objects.select_for_update().get_or_create(
        office=office, defaults={"stamp": office.times_stamp, "version": rules_version()}
    )
    if fresh:
        applied.stamp, applied.version = office.times_stamp, rules_version()
        applied.due_at = applied.duty = applied.done_at = None
        applied.moved = 0
    elif (applied.stamp, applied.due_at, applied.duty) != (office.times_stamp, place.due_at, place.duty):
        return  # another worker has been here
    applied.moved += move_times(to_come(office, now).filter(id__in=moving), retiming, office.times_stamp)
    if last is None:
        applied.done_at = now
        _tell(office, applied, now)
    else:
        applied.due_at, applied.duty = last.due_at, last.duty
    applied.save()


def move_times(duties: QuerySet[Duty], retiming: Retiming, stamp: UUID | None) -> int:
    """Write new times and what they were; rows are locked first, so that what was fulfilled meanwhile stays out."""
    rows: list[Duty] = []
    moves: list[DueMoved] = []
    for duty in duties.select_for_update().order_by("id"):
        times = retiming.moved(duty)
        if times is None:
            continue
        if times.due_at != duty.due_at:
            moves += _move(duty, times, stamp, retiming.now)
        _retime(duty, times, retiming.now)
        rows.append(duty)
    Duty.objects.bulk_update(rows, ["due_at", "warn_at", "next_at"], batch_size=100)
    DueMoved.objects.bulk_create(sorted(moves, key=lambda each: each.was))
    return len(moves)


def _move(duty: Duty, times: Times, stamp: UUID | None, now: datetime) -> Iterator[DueMoved]:
    if duty.due_at and times.due_at:
        yield DueMoved(
            duty=duty,
            office_id=duty.office_id,
            stamp=stamp,
            was=duty.due_at,
            due_at=times.due_at,
            moved_at=now,
        )


def _retime(duty: Duty, times: Times, now: datetime) -> None:
    """Give a duty its new times; who was warned is warned again only if the new warning is still to come."""
    if load_register().clause(duty.clause).kind == "rate":
        times = Times(times.due_at, None)
    warned = duty.warn_at is None or (duty.next_at is not None and duty.next_at > duty.warn_at)
    set_times(duty, times)
    if times.due_at and (times.warn_at is None or (warned and times.warn_at <= now)):
        duty.next_at = times.due_at + _SECOND


def _tell(office: Office, applied: RulesApplied, now: datetime) -> None:
    """Tell who changed the rules how many duties moved, once for each office."""
    change = RulesChange.objects.filter(stamp=applied.stamp).first() if applied.stamp else None
    if change is not None and applied.moved and change.by.startswith("staff:"):
        tell(
            staff=[UUID(change.by.removeprefix("staff:"))],
            topic="rules.moved",
            subject=f"rules:{change.stamp}",
            key=f"rules:{change.stamp.hex}:{office.id.hex}",
            now=now,
            facts={"count": applied.moved},
        )
