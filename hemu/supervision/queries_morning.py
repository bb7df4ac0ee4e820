"""The morning sheet of an office: what came since the last one, what is due, late, urged, dangerous, who is there.

A sheet is lists of case numbers; their words are read when it is shown, so that what was erased is not shown.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from hemu.duties.models import Duty
from hemu.duties.queries import late_subjects
from hemu.estate.models import Office, Post, Shift
from hemu.estate.queries import office_rules
from hemu.infra.identity import first_id
from hemu.infra.moments import OFFICE_ZONE, iso_utc
from hemu.infra.terms import in_force
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.queries import in_states
from hemu.service_requests.rules import OPEN
from hemu.supervision.models import MorningSheet

LISTED = 200


@dataclass
class Sheet:
    """Numbers of cases by section, in the order in which they are to be spoken of; `came` by type beside it.

    Attributes:
        since, until: what came in between, `until` not included.
    """

    since: str
    until: str
    came: list[str] = field(default_factory=list)
    types: dict[str, int] = field(default_factory=dict)
    due: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    urged: list[str] = field(default_factory=list)
    danger: list[str] = field(default_factory=list)
    praise: list[str] = field(default_factory=list)

    def numbers(self) -> set[str]:
        """Return every case the sheet speaks of."""
        return {
            number for each in (self.came, self.due, self.late, self.urged, self.danger) for number in each
        } | {*self.praise}

    def counts(self) -> dict[str, int]:
        """Return how many there are of each, as the message tells it."""
        return {
            name: len(getattr(self, name)) for name in ("came", "due", "late", "urged", "danger", "praise")
        }


def sheet_at(office: Office, day: date) -> datetime:
    """Return when the sheet of a day is told of at an office, by its profile on that day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=OFFICE_ZONE)
    rules = office_rules(office, on=noon)
    hours, _colon, minutes = str(rules.settings.supervision["morning_at"]).partition(":")
    return rules.time.at(day, int(hours) * 60 + int(minutes))


def is_working_day(office: Office, moment: datetime) -> bool:
    """Tell whether an office works on the day of a moment."""
    time = office_rules(office, on=moment).time
    return time.calendar.is_working_day(time.local(moment).date())


def sheet_of(rows: QuerySet[Request], office: Office, day: date, *, now: datetime) -> Sheet:
    """Return the sheet of a day: the one kept where there is one, else as far as can be said now.

    Args:
        rows: what the reader may see; numbers of other cases are left out.
        day: today or a day before; of a day whose sheet was not kept, *due* and *late* are what is still open.
    """
    kept = MorningSheet.objects.filter(office=office, day=day).first()
    today = office_rules(office, on=now).time.local(now).date()
    if kept and day != today:
        return _shown(Sheet(**kept.facts), _of_office(rows, office)[0])
    return make_sheet(rows, office, day, now=now)


def _shown(sheet: Sheet, rows: QuerySet[Request]) -> Sheet:
    """Return a kept sheet without the cases that this reader may not see."""
    seen = set(rows.filter(number__in=sheet.numbers()).order_by().values_list("number", flat=True))
    lists: dict[str, Any] = {
        name: [each for each in getattr(sheet, name) if each in seen] for name in sheet.counts()
    }
    return replace(sheet, **lists)


def make_sheet(rows: QuerySet[Request], office: Office, day: date, *, now: datetime) -> Sheet:
    """Return the sheet of a day as it stands now: since the last working day's sheet, up to now.

    Of a day before: up to its own sheet's time.
    """
    time = office_rules(office, on=now).time
    since = sheet_at(office, time.calendar.add_working_days(day, -1))
    end = time.end_of_day(day)
    until = now if day == time.local(now).date() else sheet_at(office, day)
    rows, books = _of_office(rows, office)
    came = list(
        rows.filter(id__gte=first_id(since), id__lt=first_id(until + timedelta(milliseconds=1)))
        .order_by("id")
        .values_list("number", "type")[:LISTED]
    )
    open_rows = in_states(rows, OPEN)
    return Sheet(
        since=iso_utc(since),
        until=iso_utc(until),
        came=[number for number, _type in came],
        types=dict(Counter(kind for _number, kind in came).most_common()),
        due=_due(rows, office, max(until, time.at(day)), end),
        late=_among(rows, late_subjects(offices=[office.id], now=until, at_most=LISTED)),
        urged=_urged(rows, books, since, until),
        danger=_numbers(open_rows.filter(Q(limit="danger") | Q(urgency="urgent"))),
        praise=[number for number, kind in came if kind == "praise"],
    )


def _numbers(rows: QuerySet[Request]) -> list[str]:
    return list(rows.order_by("id").values_list("number", flat=True)[:LISTED])


def _among(rows: QuerySet[Request], subjects: Iterable[str]) -> list[str]:
    """Return the numbers of subjects in their order, of those among the rows."""
    asked = [subject.removeprefix("request:") for subject in dict.fromkeys(subjects)]
    seen = set(rows.filter(number__in=asked).order_by().values_list("number", flat=True))
    return [number for number in asked if number in seen]


def _due(rows: QuerySet[Request], office: Office, since: datetime, until: datetime) -> list[str]:
    duties = Duty.objects.filter(office=office, state=Duty.State.OPEN, due_at__gte=since, due_at__lte=until)
    return _among(rows, duties.order_by("due_at").values_list("subject", flat=True)[:LISTED])


def _of_office(rows: QuerySet[Request], office: Office) -> tuple[QuerySet[Request], list[str]]:
    """Return the rows of an office and its books; its communities by their ids, from which the indexes begin."""
    places = dict(office.communities.values_list("id", "book_id"))
    return rows.filter(community__in=list(places)), list(places.values())


def _urged(rows: QuerySet[Request], books: list[str], since: datetime, until: datetime) -> list[str]:
    urged = Entry.objects.filter(book__in=books, kind="request.urged", at__gte=since, at__lte=until)
    return _among(rows, urged.order_by("seq").values_list("subject", flat=True)[:LISTED])


def as_facts(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as its row keeps it."""
    return asdict(sheet)


@dataclass(frozen=True)
class OnDuty:
    """Somebody with the hours of their shifts that day; without any they are off."""

    name: str
    role: str
    hours: str


def _hours(begins: datetime, ends: datetime) -> str:
    """Return a shift as a rota has it: 08:00–20:00; one that ends at midnight ends at 24:00."""
    return f"{begins:%H:%M}–{'24:00' if (ends.hour, ends.minute) == (0, 0) else f'{ends:%H:%M}'}"


def people_on(office: Office, day: date, *, now: datetime) -> tuple[list[OnDuty], list[OnDuty]]:
    """Return who is on duty at an office on a day, and who of those with shifts has none that day.

    Where the office keeps no rota for that day at all, nobody is said to be off.
    """
    time = office_rules(office, on=now).time
    begins, ends = time.at(day), time.at(day, 1440)
    shifts = Shift.objects.filter(office=office, begins_at__lt=ends, ends_at__gt=begins)
    there: dict[Any, OnDuty] = {}
    for shift in shifts.select_related("staff").order_by("begins_at"):
        hours = _hours(time.local(shift.begins_at), time.local(shift.ends_at))
        known = there.get(shift.staff_id)
        if known:
            hours = known.hours if hours in known.hours.split() else f"{known.hours} {hours}"
        there[shift.staff_id] = OnDuty(shift.staff.name, shift.role, hours)
    roles = {each.role for each in there.values()}
    posts = Post.objects.filter(in_force(day), office=office, role__in=sorted(roles))
    off = posts.exclude(staff__in=list(there)).select_related("staff").order_by("staff__name")
    return list(there.values()), [OnDuty(post.staff.name, post.role, "") for post in off]
