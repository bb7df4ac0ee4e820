"""The kinds of entries of reports and plans; the words lie in the closed part."""

from hemu.ledger.entries import Kind

KINDS = (
    Kind("report.published", {"kind": str, "period": str, "figures": dict}, frozenset({"kind", "period"})),
    Kind("plan.approved", {"kind": str, "period": str}, frozenset({"kind", "period"})),
)
