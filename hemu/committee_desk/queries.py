"""What a committee member asks first: what waits for an answer, what came in, what the company is late with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.functional import Promise

import hemu.correspondence.queries as correspondence
import hemu.meetings.queries as meetings
from hemu.committee_desk.rules import Span, Standing, period_in, standing_of
from hemu.duties.models import Duty
from hemu.duties.queries import due_in, stands_late
from hemu.estate.models import Community
from hemu.infra.moments import OFFICE_ZONE
from hemu.sop.register import load_register

AREA = "OC-"
LATE_SHOWN = 50


@dataclass(frozen=True)
class Owed:
    """One duty towards the committee, as a sheet lists it; ``about``: which paper, inquiry, meeting or period."""

    clause: str
    title: str
    about: str | Promise
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
    """Return what falls due to the committee in a span, by due time (clauses OC-01 to OC-23). Six statements at most."""
    since, until = (datetime.combine(day, time(), OFFICE_ZONE) for day in (span.first, span.end))
    found = [each for each in due_in(community, since, until) if each.clause.startswith(AREA)]
    return Sheet(span, tuple(_owed(found, now)))


def late_to(community: Community, *, now: datetime) -> list[Owed]:
    """Return what the company is late with towards the committee, the longest late first, at most 50.

    Six statements at most.
    """
    rows = Duty.objects.filter(
        book=community.book_id, clause__startswith=AREA, state=Duty.State.OPEN, due_at__lt=now
    )
    found = [each for each in rows.order_by("due_at", "id")[:LATE_SHOWN] if stands_late(each, now)]
    return _owed(found, now)


def _owed(duties: Sequence[Duty], now: datetime) -> list[Owed]:
    subjects = {each.subject for each in duties}
    names = correspondence.names_of(subjects) | meetings.names_of(subjects)
    return [_line(each, names.get(each.subject) or period_in(each.subject), now) for each in duties]


def _line(duty: Duty, about: str | Promise, now: datetime) -> Owed:
    standing = standing_of(
        state=duty.state,
        due_at=duty.due_at,
        fulfilled_at=duty.fulfilled_at,
        late=duty.is_late,
        now=now,
    )
    title = load_register().clause(duty.clause).title
    return Owed(duty.clause, title, about, duty.due_at, duty.fulfilled_at, standing)
