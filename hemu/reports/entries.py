"""The kinds of entries of reports and plans; the words lie in the closed part."""

from hemu.ledger.entries import Kind
from hemu.reports.rules import PLAN_KIND, REPORTS

KINDS = (
    Kind(
        "report.published",
        {"kind": str, "period": str, "figures": dict, "since": str, "until": str},
        frozenset({"kind", "period"}),
        values={"kind": frozenset(report.kind for report in REPORTS.values())},
    ),
    Kind(
        "plan.approved",
        {"kind": str, "period": str},
        frozenset({"kind", "period"}),
        values={"kind": frozenset({PLAN_KIND})},
    ),
)
"""`since` and `until` bound what the figures count: of a week, from the report before to this one."""
