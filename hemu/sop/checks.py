"""What every field of the register must look like."""

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

from hemu.foundation.due_language import parse
from hemu.foundation.errors import RuleViolation
from hemu.foundation.periods import read_every
from hemu.sop.patterns import parse_evidence, parse_pattern

WITH_DUE = frozenset({"recurring", "triggered", "quota", "rate"})
KINDS = WITH_DUE | {"formula", "approval", "workflow", "record", "content", "conduct", "access"}
PER = frozenset({"company", "office", "community", "department", "post", "project", "shift"})

_CLAUSE_ID = re.compile(r"[A-Z]{2}-\d{2}[a-z]?", re.ASCII)
_FORM_ID = re.compile(r"F-\d{2}", re.ASCII)
_KEY = re.compile(r"[a-z]+(_[a-z]+)*", re.ASCII)
_SOURCE = re.compile(r"00[0-4] L\d+(-\d+)?( .+)?", re.ASCII)
_DEPARTMENT_SHARE = re.compile(r"\d+ a person|\d+ % of homes", re.ASCII)
_SHARE = re.compile(r"\d{1,2} %", re.ASCII)
_CLAUSE_REQUIRED = frozenset({"id", "title", "kind", "evidence", "source"})
_FORM_REQUIRED = frozenset({"id", "name", "clauses", "source"})

Item = Mapping[str, object]
Check = Callable[[object], bool]


def document(raw: Item) -> None:
    """Check the outermost table and the roles.

    Raises:
        RuleViolation: ``register.bad``.
    """
    _require(raw.get("schema") == 1, "register", "schema", raw.get("schema"))
    _require(raw.keys() <= {"schema", "role", "clause", "form"}, "register", "keys", sorted(raw))
    seen: set[str] = set()
    for item in _tables(raw.get("role")):
        key = item.get("key")
        _require(item.keys() == {"key", "title"} and _text(item["title"]), str(key), "keys", sorted(item))
        _require(isinstance(key, str) and bool(_KEY.fullmatch(key)) and key not in seen, str(key), "key", key)
        seen.add(str(key))


def clause(item: Item, *, roles: Collection[str], before: Collection[str]) -> None:
    """Check one clause: each field by itself, then which fields its kind asks for.

    Args:
        item: the table as read, floats as Decimal.
        roles: the keys of the known roles.
        before: the ids above it; a clause that varies another stands below it.

    Raises:
        RuleViolation: ``register.bad`` (item, field, value).
    """
    own = str(item.get("id"))
    _require(own not in before, own, "id", own)
    _fields(own, item, _clause_checks(item, roles, before), _CLAUSE_REQUIRED)
    for field, wanted in _belongs(item).items():
        _require((field in item) == wanted, own, field, item.get(field))


def form(item: Item, *, clauses: Collection[str], before: Collection[str]) -> None:
    """Check one form.

    Raises:
        RuleViolation: ``register.bad`` (item, field, value).
    """
    own = str(item.get("id"))
    _require(own not in before, own, "id", own)
    known: dict[str, Check] = {
        "id": lambda value: isinstance(value, str) and bool(_FORM_ID.fullmatch(value)),
        "name": _text,
        "code": _text,
        "clauses": lambda value: _texts(value) and set(value) <= set(clauses),  # type: ignore[call-overload]
        "fields": _texts,
        "also": _texts,
        "unmarked": lambda value: value is True,
        "source": _sources,
    }
    _fields(own, item, known, _FORM_REQUIRED)


def _clause_checks(item: Item, roles: Collection[str], before: Collection[str]) -> dict[str, Check]:
    every = item.get("every")
    return {
        "id": lambda value: isinstance(value, str) and bool(_CLAUSE_ID.fullmatch(value)),
        "title": _text,
        "kind": lambda value: value in KINDS,
        "per": lambda value: value in PER,
        "actor": lambda value: value in roles,
        "actors": lambda value: _texts(value) and set(value) <= set(roles),  # type: ignore[call-overload]
        "every": lambda value: _reads(read_every, value),
        "due": lambda value: _reads(
            lambda text: parse(text, every if isinstance(every, str) else None), value
        ),
        "trigger": lambda value: _reads(parse_pattern, value),
        "evidence": lambda value: _reads(parse_evidence, value),
        "target": _target,
        "of": _text,
        "counts": _text,
        "rate": _rate,
        "ceiling": _rate,
        "profile": lambda value: isinstance(value, str) and bool(_KEY.fullmatch(value)),
        "varies": lambda value: value in before,
        "assumed": lambda value: _texts(value) and set(value) <= item.keys() | {"actor"},  # type: ignore[call-overload]
        "source": _sources,
    }


def _belongs(item: Item) -> dict[str, bool]:
    """Return for each field that depends on others whether it must be there (or must not)."""
    kind = item["kind"]
    wanted = {
        "due": kind in WITH_DUE,
        "target": kind == "quota",
        "actor": "actors" not in item,
    }
    if kind in ("recurring", "quota"):
        wanted |= {"every": True, "trigger": False}
    elif kind == "rate":
        wanted |= {"trigger": True, "ceiling": "rate" not in item}
    else:
        wanted |= {"every": False}
    if kind == "triggered":
        wanted |= {"trigger": True}
    if kind != "rate":
        wanted |= {"rate": False, "ceiling": False}
    if kind != "quota":
        wanted |= {"of": False, "counts": False}
    if "varies" in item:
        wanted |= {"profile": True}
    return wanted


def _fields(own: str, item: Item, known: Mapping[str, Check], required: Collection[str]) -> None:
    for field in required:
        _require(field in item, own, field, None)
    for field, value in item.items():
        _require(field in known and known[field](value), own, field, value)


def _require(fits: bool, item: str, field: str, value: object) -> None:
    if not fits:
        raise RuleViolation("register.bad", item=item, field=field, value=value)


def _tables(value: object) -> list[Item]:
    _require(
        isinstance(value, list) and all(isinstance(each, dict) for each in value), "register", "role", value
    )
    return value  # type: ignore[return-value]


def _reads(reader: Callable[[str], object], value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        reader(value)
    except RuleViolation:
        return False
    return True


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_text(each) for each in value)


def _sources(value: object) -> bool:
    return _texts(value) and all(_SOURCE.fullmatch(each) for each in value)  # type: ignore[attr-defined]


def _rate(value: object) -> bool:
    return isinstance(value, Decimal) and 0 < value <= 1


def _target(value: object) -> bool:
    """Accept a number of heads, a share, a table by homes (rising, its last row open) or by department."""
    if isinstance(value, str):
        return bool(_SHARE.fullmatch(value))
    if isinstance(value, dict):
        return bool(value) and all(_DEPARTMENT_SHARE.fullmatch(str(each)) for each in value.values())
    if isinstance(value, list):
        *rows, last = value or [{}]
        bounds = [row.get("homes_to") for row in rows]
        return (
            last.keys() == {"rate"}
            and all(row.keys() == {"homes_to", "rate"} for row in rows)
            and all(_rate(row["rate"]) for row in value)
            and all(isinstance(bound, int) for bound in bounds)
            and bounds == sorted(set(bounds))
        )
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
