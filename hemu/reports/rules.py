"""What an office reports, how often, and to whom: return visits, contacts, complaints; and its yearly plan. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hemu.foundation.errors import RuleViolation

MONTHLY, YEARLY = "RV-07", "RV-05"
CONTACTS, WEEKLY_COMPLAINTS, MONTHLY_COMPLAINTS = "RQ-22", "RQ-24", "RQ-25"
PLAN_KIND = "return_visit"
LONGEST = 5_000
WORST = 10
"""How many cases a month's analysis names as the worst."""


@dataclass(frozen=True)
class Report:
    """One of the reports.

    Attributes:
        clause: which asks for it; ``every`` of the clause is how often.
        kind: the fact `kind` of the entry that fulfils the clause.
        slug: how its page is addressed.
        every: ``month`` (reported when it is over) or ``week`` (reported within it).
        asks: what a person must write: ``text``, ``measures``.
        tells: the roles told when it is published.
    """

    clause: str
    kind: str
    slug: str
    every: str
    asks: tuple[str, ...]
    tells: tuple[str, ...] = ()


COMPANY = ("company_leader", "operations", "quality", "office_director")
DEPARTMENTS = ("office_director", "department_head", "public_affairs", "steward")

REPORTS = {
    report.slug: report
    for report in (
        Report(CONTACTS, "contact_statistics", "contacts", "month", ("text",), ("office_director",)),
        Report(WEEKLY_COMPLAINTS, "complaint_weekly", "complaints-week", "week", ("text", "measures"), COMPANY),
        Report(MONTHLY_COMPLAINTS, "complaint_monthly", "complaints-month", "month", ("text", "measures"), DEPARTMENTS),
        Report(MONTHLY, "repair_return_visits", "return-visits", "month", ("text",)),
    )
}  # fmt: skip
"""By address, in the order of the page. The week's goes to the company (RQ-24), the month's to departments (RQ-25)."""


def report_by_slug(slug: str) -> Report:
    """Return a report by its address or the kind of its entry.

    Raises:
        RuleViolation: ``report.unknown`` (report, known).
    """
    found = REPORTS.get(slug) or next((each for each in REPORTS.values() if each.kind == slug), None)
    if found is None:
        raise RuleViolation("report.unknown", report=slug, known=list(REPORTS))
    return found


def check_words(words: str, *, empty: str = "report.no_words") -> str:
    """Return the analysis, the measures or the plan, which must be written by a person.

    Raises:
        RuleViolation: ``empty`` where nothing is written, ``report.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation(empty)
    if len(words) > LONGEST:
        raise RuleViolation("report.too_long", limit=LONGEST)
    return words


def check_time(every: str, *, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Refuse a month that is not over and a week that has not begun.

    A week is reported by its last working day, so within it (RQ-24).

    Raises:
        RuleViolation: ``report.not_over``, ``report.not_begun``.
    """
    if every == "month" and now < ends_at:
        raise RuleViolation("report.not_over")
    if now < starts_at:
        raise RuleViolation("report.not_begun")


def check_causes(unexplained: list[str]) -> None:
    """Refuse a week's report while a late complaint has no cause and measure from a stock-take (RQ-24, RQ-13).

    Raises:
        RuleViolation: ``report.late_without_cause`` (count, numbers: up to 20).
    """
    if unexplained:
        raise RuleViolation("report.late_without_cause", count=len(unexplained), numbers=unexplained[:20])


def rising(now: Mapping[str, int], before: Mapping[str, int]) -> list[str]:
    """Return what to warn of (RQ-25 做好预警): two more than the month before, and at least half as many again.

    Args:
        now, before: complaints by trade or building.

    Returns:
        The keys, the greatest increase first, then by name.
    """
    more = {key: count - before.get(key, 0) for key, count in now.items()}
    found = [key for key, plus in more.items() if plus >= 2 and 2 * now[key] >= 3 * before.get(key, 0)]
    return sorted(found, key=lambda key: (-more[key], key))


def is_owed(*, due_at: datetime, now: datetime, ever: bool) -> bool:
    """Tell whether a period's report is owed at all: nothing begins red.

    What is due already is owed only where the period before was owed too (``ever``): after an outage of the worker,
    not on the day the house learns of the clause.
    """
    return ever or now <= due_at


def subject_of(clause: str, community: str, period: str) -> str:
    """Return the subject on which a community's report or plan of a period lies."""
    return f"report:{clause}:{community}:{period}"
