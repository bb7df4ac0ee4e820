"""The kinds of entries of dispatching: an office's rules and rota as they were on each day, work handed over.

Who is on a rota and what a rule says in words lies in the closed part.
"""

from hemu.ledger.entries import Kind

KINDS = (
    Kind(
        "dispatch_rule.set",
        {
            "rule": str,
            "type": str,
            "trade": str,
            "hours": str,
            "on_duty": bool,
            "since": str,
            "replaces": str,
        },
        frozenset({"rule", "since"}),
    ),
    Kind("dispatch_rule.ended", {"rule": str, "until": str}, frozenset({"rule", "until"})),
    Kind("dispatching.switched", {"at_sorting": bool}, frozenset({"at_sorting"})),
    Kind(
        "shift_roster.published",
        {"office": str, "from": str, "until": str, "people": int, "shifts": int},
        frozenset({"office", "from", "until"}),
    ),
    Kind(
        "work.handed_over",
        {"from": str, "to": str, "since": str, "until": str, "moved": int, "kept": int, "planned": bool},
        frozenset({"from", "since", "moved", "kept"}),
    ),
    Kind(
        "hand_over.planned",
        {"from": str, "to": str, "since": str, "until": str},
        frozenset({"from", "since"}),
    ),
    Kind("hand_over.taken_back", {"from": str, "since": str}, frozenset({"from", "since"})),
)
