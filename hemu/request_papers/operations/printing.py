"""Printing: gathering, setting, and writing down who printed what that names people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hemu.access.actors import Actor
from hemu.access.operations import log_read
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.papers.rules import Paper
from hemu.papers.typesetting import typeset
from hemu.request_papers.forms.catalogue import (
    FORMS,
    Form,
    blank,
    complaint,
    complaints,
    contacts,
    notice,
    repair,
    visit,
)
from hemu.request_papers.queries import (
    MOST_ROWS,
    cases_on_paper,
    house_of,
    registered_between,
    visits_on_paper,
)
from hemu.return_visits.queries import rows as all_visits
from hemu.return_visits.queries import visible_to as visible_visits
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to

LONGEST_DAYS = 31


@dataclass(frozen=True)
class Printing:
    """Who prints, and when. Without ``by`` it is a command on the machine itself."""

    now: datetime
    by: Actor | None = None
    phones: bool = False

    @property
    def name(self) -> str:
        """Return whose name stands at the foot; none where the machine prints."""
        return self.by.name if self.by else ""

    def may_show_phones(self, community: Community) -> bool:
        """Tell whether numbers are printed in full: asked for, and one may see them."""
        if not self.phones or self.by is None:
            return self.phones
        return self.by.may("estate.reveal", community.office_id)

    def note(self, subject: str, *, phones: bool) -> None:
        """Write down that this was printed, with the numbers in full or masked."""
        if self.by:
            log_read(
                by=self.by, subject=subject[:80], what="print+phone" if phones else "print", now=self.now
            )


def form_of(code: str) -> Form:
    """Return the form of a number or name.

    Raises:
        RuleViolation: ``paper.unknown_form`` (known).
    """
    plain = code.strip().upper()
    form = FORMS.get(plain) or next(
        (each for each in FORMS.values() if each.name == code.strip("《》 ")), None
    )
    if form is None:
        raise RuleViolation(
            "paper.unknown_form", form=code, known=[f"{each.code} {each.name}" for each in FORMS.values()]
        )
    return form


def print_blank(form: Form, *, community: Community, printing: Printing) -> bytes:
    """Return a blank form as PDF, headed with the names of a community and its office."""
    return typeset([blank(form.code, house_of(community))], at=printing.now)


def print_case(form: Form, request: Request, *, printing: Printing) -> bytes:
    """Return a form filled from one case; of return visits all there are, or one to fill in.

    Raises:
        RuleViolation: ``paper.not_for_type``, ``return_visit.not_found`` (one may not see them).
    """
    _check_type(form, request)
    phones = printing.may_show_phones(request.community)
    papers = (
        _visits_of(request, printing, phones)
        if form.about == "visit"
        else _papers(form, [request], phones, _day(request))
    )
    made = typeset(papers, at=printing.now, by=printing.name)
    printing.note(request.subject, phones=phones)
    return made


def _check_type(form: Form, request: Request) -> None:
    if form.types and request.type not in form.types:
        raise RuleViolation("paper.not_for_type", form=form.name, number=request.number)


def _day(request: Request) -> str:
    return _written(office_day(request.happened_at))


def _visits_of(request: Request, printing: Printing, phones: bool) -> list[Paper]:
    found = (visible_visits(printing.by) if printing.by else all_visits()).filter(request=request)
    visits = list(found.order_by("id"))
    if not visits:
        raise RuleViolation("paper.no_visit", number=request.number)
    house = house_of(request.community)
    return [visit(house, each) for each in visits_on_paper(visits, phones=phones)]


def print_period(form: Form, *, community: Community, since: date, until: date, printing: Printing) -> bytes:
    """Return what came in on the days of a community: a register, or a sheet for each case or return visit.

    Args:
        since, until: both days count; 31 days at most.

    Raises:
        RuleViolation: ``paper.days_reversed``, ``paper.too_long`` (days), ``paper.too_many``, ``paper.nothing``.
    """
    first, after = _bounds(since, until)
    phones = printing.may_show_phones(community)
    if form.about == "visit":
        papers = _visits_between(community, first, after, printing, phones)
    else:
        requests = _requests_between(form, community, first, after, printing)
        papers = _papers(form, requests, phones, _period(since, until), community)
    made = typeset(papers, at=printing.now, by=printing.name)
    printing.note(f"paper:{form.code}:{community.code}:{since}/{until}", phones=phones)
    return made


def _bounds(since: date, until: date) -> tuple[datetime, datetime]:
    if until < since:
        raise RuleViolation("paper.days_reversed")
    if (until - since).days >= LONGEST_DAYS:
        raise RuleViolation("paper.too_long", days=LONGEST_DAYS)
    first = datetime.combine(since, time(), OFFICE_ZONE)
    return first, datetime.combine(until + timedelta(days=1), time(), OFFICE_ZONE)


def _requests_between(
    form: Form, community: Community, first: datetime, after: datetime, printing: Printing
) -> list[Request]:
    rows = (
        visible_to(printing.by)
        if printing.by
        else Request.objects.select_related("community__office", "home", "department")
    )
    rows = rows.filter(community=community)
    if form.types:
        rows = rows.filter(type__in=form.types)
    found = registered_between(rows, since=first, until=after)
    if len(found) > MOST_ROWS:
        raise RuleViolation("paper.too_many", most=MOST_ROWS)
    return found


def _visits_between(
    community: Community, first: datetime, after: datetime, printing: Printing, phones: bool
) -> list[Paper]:
    rows = visible_visits(printing.by) if printing.by else all_visits()
    found = rows.filter(community=community, done_at__gte=first, done_at__lt=after).order_by("done_at", "id")
    house = house_of(community)
    return [visit(house, each) for each in visits_on_paper(list(found[: MOST_ROWS + 1]), phones=phones)]


def _papers(
    form: Form, requests: Sequence[Request], phones: bool, period: str, community: Community | None = None
) -> list[Paper]:
    house = house_of(community or requests[0].community)
    cases = cases_on_paper(requests, phones=phones)
    if form.code == "F-04":
        return [contacts(house, period, cases)]
    if form.code == "F-11" and community:
        return [complaints(house, period, cases)]
    sheet = {"F-11": complaint, "F-12": notice, "F-35": repair}[form.code]
    return [sheet(house, case) for case in cases]


def _period(since: date, until: date) -> str:
    return _written(since) if since == until else f"{_written(since)}至{_written(until)}"


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
