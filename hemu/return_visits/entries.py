"""The kinds of entries a return visit writes, about its request; `visit` is the return visit's own number."""

from hemu.ledger.entries import Audience, Kind

KINDS = (
    Kind("return_visit.opened", {"visit": str, "class": str}, frozenset({"visit", "class"})),
    Kind("return_visit.tried", {"visit": str, "way": str, "tries": int}, frozenset({"visit", "tries"})),
    Kind("return_visit.unreachable", {"visit": str, "tries": int}, frozenset({"visit", "tries"})),
    Kind(
        "return_visit.done",
        {
            "visit": str,
            "class": str,
            "way": str,
            "result": str,
            "attitude": str,
            "timely": str,
            "independent": bool,
        },
        frozenset({"visit", "class", "result", "attitude", "timely", "independent"}),
        audience=Audience.OWNER,
    ),
    Kind(
        "return_visit.answer_promised",
        {"visit": str, "promised_at": str},
        frozenset({"visit", "promised_at"}),
        audience=Audience.OWNER,
    ),
    Kind(
        "return_visit.answered",
        {"visit": str, "way": str},
        frozenset({"visit"}),
        audience=Audience.OWNER,
    ),
)
