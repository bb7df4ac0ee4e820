"""The kinds of entries about duties that people write: what is kept by hand, put off, called off, or annulled."""

from hemu.ledger.entries import Audience, Kind

OF_DUTY = {"clause": str, "duty": str}
NAMED = frozenset(OF_DUTY)

KINDS = (
    Kind(
        "duty.begun_by_hand",
        {"clause": str, "planned_at": str, "promised_at": str, "next_meeting_at": str, "files": list},
        frozenset({"clause"}),
        audience=Audience.COMMITTEE,
    ),
    Kind(
        "duty.kept_by_hand",
        {**OF_DUTY, "files": list},
        NAMED | {"files"},
        audience=Audience.COMMITTEE,
    ),
    Kind("duty.moved", {**OF_DUTY, "moved_from": str, "moved_to": str}, NAMED | {"moved_from", "moved_to"}),
    Kind("duty.called_off", OF_DUTY, NAMED),
    Kind("duty.handed_on", {**OF_DUTY, "from": str, "to": str}, NAMED | {"from"}),
    Kind(
        "duty.postponed",
        {**OF_DUTY, "moved_from": str, "moved_to": str, "allowed_by": str},
        NAMED | {"moved_from", "moved_to", "allowed_by"},
        audience=Audience.COMMITTEE,
    ),
    Kind(
        "duty.excused",
        {**OF_DUTY, "allowed_by": str},
        NAMED | {"allowed_by"},
        audience=Audience.COMMITTEE,
    ),
    Kind("duty.annulled", {**OF_DUTY, "entry": str}, NAMED | {"entry"}, audience=Audience.COMMITTEE),
    Kind("clause.switched", {"what": list, "since": str, "on": bool}, frozenset({"what", "since", "on"})),
    Kind(
        "community.fact_stated", {"fact": str, "since": str, "on": bool}, frozenset({"fact", "since", "on"})
    ),
    Kind(
        "community.fact_confirmed",
        {"fact": str, "since": str, "on": bool, "stated": str},
        frozenset({"fact", "since", "on", "stated"}),
    ),
)
"""`files` are named as in every act; the words are why, or what was done."""
