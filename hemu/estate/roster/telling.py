"""An import's codes and values in words."""

from collections.abc import Mapping
from typing import Any

from hemu.estate.roster.wording import FIELDS, NAMELESS, REFUSALS, WARNINGS
from hemu.estate.wording import FLAGS, OCCUPANCIES

_SENTENCES = {**REFUSALS, **WARNINGS}
_VALUES = {"occupancy": OCCUPANCIES, "flags": FLAGS}


def sentence(line: Mapping[str, Any]) -> str:
    """Return the sentence of a warning or refusal (``sheet``, ``row``, ``code``, ``params``)."""
    params = dict(line["params"])
    about = params.get("field", "occupancy" if line["code"] == "roster.occupancy_conflict" else "")
    for name in ("before", "after", "kept", "text"):
        if name in params and about:
            params[name] = value_words(about, params[name])
    if "field" in params:
        params["field"] = str(FIELDS[params["field"]])
    return str(_SENTENCES[line["code"]]) % {"sheet": line["sheet"], **params}


def value_words(field: str, value: Any) -> str:
    """Return a value of a field as people read it; empty for nothing."""
    if value in (None, "", []):
        return ""
    if field == "area_centi":
        return f"{value / 100:.2f} ㎡"
    if isinstance(value, list):
        names = _VALUES.get(field, {})
        return "、".join(str(names.get(each, each)) or str(NAMELESS) for each in value)
    return str(_VALUES.get(field, {}).get(value, value))


def told(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return sheet, row and reason of a warning or refusal."""
    return {"sheet": line["sheet"], "row": line["row"], "reason": sentence(line)}
