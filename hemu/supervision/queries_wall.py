"""What the wall of the day shows. It reads the open cases from one index, and of the history only two days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from hemu.duties.queries import nearest_due
from hemu.foundation.due import is_late
from hemu.infra.identity import first_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.newest import newest_ids
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.queries import LATE_COUNTED, in_states, late_among
from hemu.service_requests.rules import OPEN
from hemu.supervision.rules_wall import Group, LateCase

MOST_NEW = 999
MAJOR_SHOWN = 10


@dataclass(frozen=True)
class Wall:
    """The day as it stands: open cases in groups, the late ones, what came today and by this time yesterday."""

    groups: list[Group]
    late: list[LateCase]
    new: int
    new_yesterday: int
    late_are_more: bool


@dataclass(frozen=True)
class MajorCase:
    """An open major complaint: what the director has to see of it."""

    case: Request
    reported: bool
    due: datetime | None
    late: bool


def wall(
    rows: QuerySet[Request],
    *,
    offices: Collection[UUID] | None,
    among: Collection[UUID] | None = None,
    now: datetime,
) -> Wall:
    """Return the day of these cases.

    Args:
        rows: what the reader may see.
        offices: whose duties are looked at for lateness; None for those of the whole company.
        among: the communities whose cases are asked for, where the rows do not say it; None: as the rows say.
    """
    own = rows if among is None else rows.filter(community__in=among)
    late = list(
        late_among(own, offices=offices, now=now, at_most=LATE_COUNTED).values_list(
            "community_id", "handler_id", "trade"
        )
    )
    midnight, day = datetime.combine(office_day(now), time(), OFFICE_ZONE), timedelta(days=1)
    came = _came(rows, among, midnight - day, now)
    return Wall(
        groups=_groups(own),
        late=[LateCase(*each) for each in late],
        new=min(sum(id >= first_id(midnight) for id in came), MOST_NEW + 1),
        new_yesterday=min(sum(id < first_id(now - day) for id in came), MOST_NEW + 1),
        late_are_more=len(late) >= LATE_COUNTED,
    )


def _groups(rows: QuerySet[Request]) -> list[Group]:
    """Count the open cases by what the index `request_open_lines` holds; closed ones are not touched."""
    columns = ("community_id", "state", "handler_id", "trade", "urged_count", "reopened_count", "major")
    counted = in_states(rows, OPEN).order_by().values_list(*columns).annotate(Count("community_id"))
    return [
        Group(community, state, handler, trade, urged > 0, reopened > 0, major, count)
        for community, state, handler, trade, urged, reopened, major, count in counted
    ]


def _came(
    rows: QuerySet[Request], among: Collection[UUID] | None, since: datetime, until: datetime
) -> list[UUID]:
    """Return the ids of what came in two days: as many as both figures and the hours between them can show."""
    came = rows.filter(id__gte=first_id(since), id__lt=first_id(until + timedelta(milliseconds=1)))
    return newest_ids(came, scope="community_id", among=among, at_most=3 * (MOST_NEW + 1))


def major_cases(rows: QuerySet[Request], *, now: datetime) -> list[MajorCase]:
    """Return the open cases judged major, the oldest first, ten at most; whether the director was told (RQ-09)."""
    cases = list(in_states(rows, OPEN).filter(major=True).order_by("id")[:MAJOR_SHOWN])
    subjects = [case.subject for case in cases]
    told = Entry.objects.filter(subject__in=subjects, kind="request.escalated").values_list(
        "subject", flat=True
    )
    reported, dues = set(told), nearest_due(subjects)
    return [_major(case, case.subject in reported, dues.get(case.subject), now) for case in cases]


def _major(case: Request, reported: bool, due: datetime | None, now: datetime) -> MajorCase:
    return MajorCase(case, reported, due, due is not None and is_late(now, due))
