"""What a committee member asks first: what waits for an answer, what came in, what the company is late with."""

from dataclasses import dataclass
from datetime import datetime, time

from hemu.committee_desk.rules import Span, Standing, standing_of
from hemu.duties.models import Duty
from hemu.duties.queries import due_in, stands_late
from hemu.estate.models import Community
from hemu.infra.moments import OFFICE_ZONE
from hemu.sop.register import load_register

AREA = "OC-"
LATE_SHOWN = 50


@dataclass(frozen=True)
class Owed:
    """One duty towards the committee, as a sheet lists it."""

    clause: str
    title: str
    due_at: datetime | None
    done_at: datetime | None
    standing: Standing


@dataclass(frozen=True)
class Sheet:
    """What was owed to a committee in a month or a quarter."""

    span: Span
    rows: tuple[Owed, ...]

    def count(self, *standings: Standing) -> int:
        """Return how many stand so."""
        return sum(1 for each in self.rows if each.standing in standings)


def sheet_of(community: Community, span: Span, *, now: datetime) -> Sheet:
    """Return what falls due to the committee in a span, by due time (clauses OC-01 to OC-23). One statement."""
    since, until = (datetime.combine(day, time(), OFFICE_ZONE) for day in (span.first, span.end))
    found = [each for each in due_in(community, since, until) if each.clause.startswith(AREA)]
    return Sheet(span, tuple(_owed(each, now) for each in found))


def late_to(community: Community, *, now: datetime) -> list[Owed]:
    """Return what the company is late with towards the committee, the longest late first, at most 50. One statement."""
    rows = Duty.objects.filter(
        book=community.book_id, clause__startswith=AREA, state=Duty.State.OPEN, due_at__lt=now
    )
    found = [each for each in rows.order_by("due_at", "id")[:LATE_SHOWN] if stands_late(each, now)]
    return [_owed(each, now) for each in found]


def _owed(duty: Duty, now: datetime) -> Owed:
    standing = standing_of(
        state=duty.state,
        due_at=duty.due_at,
        fulfilled_at=duty.fulfilled_at,
        late=duty.is_late,
        now=now,
    )
    title = load_register().clause(duty.clause).title
    return Owed(duty.clause, title, duty.due_at, duty.fulfilled_at, standing)
