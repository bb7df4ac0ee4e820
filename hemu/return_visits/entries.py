"""The kinds of entries a return visit writes, about its request; `visit` is the return visit's own number."""

from hemu.ledger.entries import Audience, Kind

FILES = {"files": list}
"""Pictures, voice notes and papers of the act, as those of a request's steps."""

KINDS = (
    Kind("return_visit.opened", {"visit": str, "class": str}, frozenset({"visit", "class"})),
    Kind(
        "return_visit.tried", {"visit": str, "way": str, "tries": int, **FILES}, frozenset({"visit", "tries"})
    ),
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
            **FILES,
        },
        frozenset({"visit", "class", "result", "attitude", "timely", "independent"}),
        audience=Audience.OWNER,
    ),
    Kind(
        "return_visit.answer_promised",
        {"visit": str, "promised_at": str, **FILES},
        frozenset({"visit", "promised_at"}),
        audience=Audience.OWNER,
    ),
    Kind(
        "return_visit.answered",
        {"visit": str, "way": str, **FILES},
        frozenset({"visit"}),
        audience=Audience.OWNER,
    ),
)
