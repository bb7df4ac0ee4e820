"""The month's statistics of contacts, printed from what was published (F-33, RQ-22)."""

from datetime import datetime

from hemu.access.actors import Actor
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.record_papers.queries import community_of
from hemu.reports.operations_printing import print_report
from hemu.reports.queries import published
from hemu.reports.rules import CONTACTS, REPORTS

REPORT = next(each for each in REPORTS.values() if each.clause == CONTACTS)
NEWEST = 24


def report_of(record: str, by: Actor | None, now: datetime) -> bytes:
    """Return the statistics of a month as they were published.

    Args:
        record: ``CODE 2026-10``.

    Raises:
        RuleViolation: ``form.no_such_record`` (record), ``form.not_published`` (period).
    """
    code, _space, period = record.strip().partition(" ")
    community = community_of(code, "report.view", by, record)
    found = [
        each
        for each in published(CONTACTS, community, period.strip()[:10])
        if each.kind == "report.published"
    ]
    if not found:
        raise RuleViolation("form.not_published", period=period[:10])
    return print_report(REPORT, community, found[-1], by=by, now=now)


def contacts_to_print(actor: Actor) -> list[tuple[str, str]]:
    """Return the published months of the communities whose reports somebody may see, newest first."""
    communities = {each.book_id: each for each in actor.places("report.view")}
    found = Entry.objects.filter(book__in=communities, kind="report.published", clause=CONTACTS)
    said = [(communities[each.book_id], each.facts["period"]) for each in found.order_by("-at")[:NEWEST]]
    return [(f"{each.code} {period}", f"{each.name} {period}") for each, period in dict.fromkeys(said)]
