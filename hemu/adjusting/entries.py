"""The kinds of entries about changed rules: what one person proposes and another confirms. The reason is in the words."""

from hemu.ledger.entries import Audience, Kind

_CHANGE = {"key": str, "value": str, "since": str}
_NAMED = frozenset(_CHANGE)

KINDS = (
    Kind("rules.change_proposed", {**_CHANGE, "was": str}, _NAMED, audience=Audience.COMMITTEE),
    Kind(
        "rules.change_confirmed",
        {**_CHANGE, "proposed": str, "independent": bool},
        _NAMED | {"proposed", "independent"},
        audience=Audience.COMMITTEE,
    ),
    Kind("rules.change_withdrawn", {**_CHANGE, "proposed": str}, _NAMED | {"proposed"}),
)
"""``key`` is the setting's name, ``day`` for a day of the work calendar; ``value`` its canonical JSON."""
