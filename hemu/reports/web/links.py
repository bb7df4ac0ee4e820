"""Where a report's page is: from its subject, for duties and messages that speak of it."""

from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from hemu.reports.rules import REPORTS, YEARLY, report_by_slug
from hemu.reports.wording import TITLES


def report_url(subject: str) -> str:
    """Return the page of a report, or of the year's plan, by its subject ``report:CLAUSE:COMMUNITY:PERIOD``."""
    _report, clause, community, period = subject.split(":")
    asked = {"community": str(UUID(community))}
    if clause == YEARLY:
        return f"{reverse('report', args=['return-visits'])}?{urlencode(asked)}#plans"
    slug = next(each.slug for each in REPORTS.values() if each.clause == clause)
    return f"{reverse('report', args=[slug])}?{urlencode(asked | {'period': period})}"


def report_name(subject: str) -> str:
    """Return what a report's duty is called: its title and period; "" for the year's plan."""
    _report, clause, _community, period = subject.split(":")
    kind = next((each.kind for each in REPORTS.values() if each.clause == clause), "")
    return f"{TITLES[kind]} {period}" if kind else ""


def title_of(kind: str) -> str:
    """Return the title of a kind of report."""
    return str(TITLES[report_by_slug(kind).kind])
