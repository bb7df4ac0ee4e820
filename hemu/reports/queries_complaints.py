"""What complaints and suggestions of a week or month come to (RQ-24, RQ-25)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.queries import nearest_due
from hemu.estate.models import Community
from hemu.foundation.due import Period, is_late
from hemu.infra.identity import first_id
from hemu.ledger.models import Entry
from hemu.reports.queries_contacts import PUBLIC, counted, registered_in
from hemu.reports.rules import WORST
from hemu.service_requests.models import Party, Request
from hemu.service_requests.queries import hidden_from
from hemu.service_requests.rules import NOT_YET_DONE, Outcome
from hemu.supervision.queries_review import Finding, findings
from hemu.supervision.rules_review import ON_TRACK

NO_MATTER = Q(outcome__in=(Outcome.VOID, Outcome.WITHDRAWN))
"""Entered by mistake, merged into another case or withdrawn: as in the rates, it counts in no analysis."""


def weekly_figures(
    community: Community, since: datetime, until: datetime, *, now: datetime
) -> dict[str, Any]:
    """Return what came in from ``since`` to before ``until``, and how complaints stand at ``now`` (RQ-24)."""
    rows = list(
        registered_in(community, since, until)
        .filter(type__in=("complaint", "suggestion"))
        .exclude(NO_MATTER)
        .values_list("type", "trade")
    )
    closed = Request.objects.filter(
        community=community, type="complaint", closed_at__gte=since, closed_at__lt=until
    ).exclude(NO_MATTER)
    waiting = not_done(community, until=until)
    late = late_among(waiting, now=now)
    found = findings([each.subject for each in late], now=now)
    return {
        "complaints": sum(type == "complaint" for type, _ in rows),
        "suggestions": sum(type == "suggestion" for type, _ in rows),
        "closed": closed.count(),
        "open": len(waiting),
        "late": len(late),
        "by_trade": counted(trade or "other" for _, trade in rows),
        "by_root": counted(each.root for each in found.values() if each.root != ON_TRACK),
        "late_cases": [each.number for each in late],
    }


def not_done(community: Community, *, until: datetime) -> list[Request]:
    """Return the complaints entered before ``until`` that have no result yet, the longest open first."""
    rows = Request.objects.filter(
        community=community, type="complaint", state__in=sorted(NOT_YET_DONE), id__lt=first_id(until)
    )
    return list(rows.select_related("home", "handler").order_by("id"))


def late_among(cases: Iterable[Request], *, now: datetime) -> list[Request]:
    """Return those of the cases with an open duty past its time."""
    cases = list(cases)
    dues = nearest_due([each.subject for each in cases])
    return [each for each in cases if (due := dues.get(each.subject)) and is_late(now, due)]


def unexplained(
    actor: Actor, community: Community, *, until: datetime, now: datetime
) -> list[tuple[Request, Finding | None]]:
    """Return the late complaints that this person may see, each with what a stock-take last found of it."""
    hidden = set(Request.objects.filter(hidden_from(actor.staff_id)).values_list("id", flat=True))
    late = [each for each in late_among(not_done(community, until=until), now=now) if each.id not in hidden]
    found = findings([each.subject for each in late], now=now)
    return [(each, found.get(each.subject)) for each in late]


def has_cause(finding: Finding | None) -> bool:
    """Tell whether a stock-take has named why a late complaint is not done."""
    return finding is not None and finding.root != ON_TRACK


def monthly_figures(community: Community, month: Period) -> dict[str, Any]:
    """Return what became of the complaints entered in a month: numbers, by trade, building, root; the worst (RQ-25).

    *Late* are those whose 24 hours passed without a result (RQ-18). *Repeated* are homes that complained twice or
    more. What is neither judged valid nor invalid counts as neither.
    """
    rows = registered_in(community, month.start, month.end).filter(type="complaint").exclude(NO_MATTER)
    cases = list(rows.select_related("home"))
    subjects = [each.subject for each in cases]
    late = set(
        Duty.objects.filter(subject__in=subjects, clause="RQ-18", late_at__isnull=False)
        .values_list("subject", flat=True)
    )  # fmt: skip
    valid = _judged(subjects)
    found = findings(subjects, now=month.end)
    again = rows.filter(home__isnull=False).values("home").annotate(n=Count("id")).filter(n__gte=2)
    return {
        "complaints": len(cases),
        "valid": sum(valid.get(each) is True for each in subjects),
        "invalid": sum(valid.get(each) is False for each in subjects),
        "major": sum(each.major for each in cases),
        "done": sum(each.state not in NOT_YET_DONE for each in cases),
        "late": len(late),
        "urged": sum(each.urged_count > 0 for each in cases),
        "reopened": sum(each.reopened_count > 0 for each in cases),
        "repeated": again.count(),
        "joined": Party.objects.filter(request__in=[each.id for each in cases]).count(),
        "by_trade": counted(each.trade or "other" for each in cases),
        "by_building": counted(each.home.building if each.home else PUBLIC for each in cases),
        "by_root": counted(each.root for each in found.values() if each.root != ON_TRACK),
        "worst": [each.number for each in _worst(cases, late)],
    }


def _judged(subjects: list[str]) -> dict[str, bool]:
    rows = Entry.objects.filter(subject__in=subjects, kind="request.judged").order_by("seq")
    said = rows.values_list("subject", "facts")
    return {subject: facts["valid"] for subject, facts in said if "valid" in facts}


def _worst(cases: list[Request], late: set[str]) -> list[Request]:
    """Return up to ten: the major ones, then the late, the reopened, the most urged and most joined; the oldest first."""

    def weight(case: Request) -> tuple[Any, ...]:
        return (
            not case.major, case.subject not in late, -case.reopened_count, -case.urged_count, -case.seconded_count,
            case.id,
        )  # fmt: skip

    pressing = [
        each
        for each in cases
        if each.major or each.subject in late or each.reopened_count or each.urged_count
    ]
    return sorted(pressing, key=weight)[:WORST]
