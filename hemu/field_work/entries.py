"""The kinds of entries that work at the door writes. They lie on the request's subject."""

from hemu.ledger.entries import Audience, Kind

LINES = {"lines": list, "materials_fen": int}
"""Each line: quantity in thousandths, unit, price of one unit in 0.01 CNY. What it is, is a word."""

KINDS = (
    Kind(
        "work.priced",
        {**LINES, "labour_fen": int, "amount_fen": int},
        frozenset({"lines", "amount_fen"}),
        audience=Audience.OWNER,
    ),
    Kind("work.materials_used", LINES, frozenset(LINES), audience=Audience.OWNER),
    Kind("work.wishes_asked", {"any": bool, "into": str}, frozenset({"any"}), audience=Audience.OWNER),
)
