"""What is written into the book about staff; the subject is the member of staff."""

from hemu.ledger.entries import Kind

_POST = {"role": str, "office": str, "department": str, "since": str, "until": str}
_COUNTS = ("rows", "people", "created", "updated", "unchanged", "refused", "leaving")

KINDS = (
    Kind("staff.joined"),
    Kind("staff.returned"),
    Kind("staff.changed", {"what": str}, frozenset({"what"})),
    Kind("staff.pictured", {"files": list}, frozenset({"files"})),
    Kind("staff.unpictured"),
    Kind("post.given", _POST, frozenset({"role", "since"})),
    Kind("post.changed", _POST, frozenset({"role", "since"})),
    Kind("post.ended", {"role": str, "office": str, "until": str}, frozenset({"role", "until"})),
    Kind("staff.leaving", {"on": str, "to": str}, frozenset({"on"})),
    Kind("staff.staying", {"on": str}, frozenset({"on"})),
    Kind("staff.left", {"on": str}, frozenset({"on"})),
    Kind(
        "staff.imported",
        {"file": str, **dict.fromkeys(_COUNTS, int)},
        frozenset({"file", "rows", "created", "updated"}),
    ),
)
"""``office`` is missing for a post of the whole company; ``file`` is the SHA-256 of the list."""
