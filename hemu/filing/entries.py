"""The kinds of entries about the file. Titles, names and reasons lie in the closed part."""

from hemu.filing.rules import CLASSES
from hemu.ledger.entries import Kind

_ITEM = {"item": str, "file_number": str}

KINDS = (
    Kind(
        "archive.item.filed",
        {**_ITEM, "file_class": str, "keep_until": str, "paper": str, "about": str, "digests": list, "files": list},
        frozenset({*_ITEM, "file_class"}),
        values={"file_class": frozenset(CLASSES)},
    ),
    Kind("archive.item.reported", {**_ITEM, "to": str}, frozenset({*_ITEM, "to"}),
         values={"to": frozenset({"operations"})}),
    Kind("archive.item.held", _ITEM, frozenset(_ITEM)),
    Kind("archive.item.released", _ITEM, frozenset(_ITEM)),
    Kind("archive.disposal.proposed", {"disposal": str, "count": int}, frozenset({"disposal", "count"})),
    Kind("archive.disposal.refused", {"disposal": str, "count": int}, frozenset({"disposal", "count"})),
    Kind(
        "archive.items.disposed",
        {"disposal": str, "count": int, "numbers": list, "digests": list, "files": list},
        frozenset({"disposal", "count", "numbers", "digests"}),
    ),
)  # fmt: skip
"""``archive.item.filed`` lies on the subject of what is filed; ``about`` is the entry with which that work ended, and
``digests`` are those of the files. An item without ``keep_until`` is kept for good."""
