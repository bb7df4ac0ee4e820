"""The kinds of entries of reports and plans; the words lie in the closed part."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind(
        "report.published",
        {"kind": str, "period": str, "figures": dict, "since": str, "until": str},
        frozenset({"kind", "period"}),
    ),
    Kind("plan.approved", {"kind": str, "period": str}, frozenset({"kind", "period"})),
)
"""`since` and `until` bound what the figures count: of a week, from the report before to this one."""
