"""What a roster would change: compared, home by home, with what is known.

What a file leaves blank it does not erase, and who is missing from it is listed and left alone. What was
mended by hand since the last import (it differs from the value last imported) is kept and the difference
shown. A new owner's name is asked: *sold*, then the old ties end on the day; or *spelling*, then the person
gets the name. Without an answer the owners stay as they are and everything else goes in.
"""

from collections.abc import Iterable, Mapping

from hemu.estate.roster.changes import BLANK, Answer, Change, HomeChange, KnownHome, Plan, Value
from hemu.estate.roster.shapes import ParsedHome
from hemu.estate.roster.ties import compare_people, stamped_people


def plan_import(
    homes: Iterable[ParsedHome], known: Iterable[KnownHome], answers: Mapping[str, Answer] | None = None
) -> Plan:
    """Return what importing the homes would do.

    Args:
        known: all homes of the community.
        answers: by the home's written form; *sold* without a day counts as no answer.
    """
    existing = {home.written: home for home in known}
    plan = Plan()
    for parsed in homes:
        home = existing.pop(parsed.written, None)
        if home is None:
            plan.created.append(parsed)
            continue
        change = _compare(home, parsed, (answers or {}).get(parsed.written))
        (plan.updated if change.changes else plan.unchanged).append(change)
    plan.missing = list(existing)
    return plan


def stamp_of(parsed: ParsedHome) -> dict[str, object]:
    """Return what a home remembers of the import that created it."""
    values = {name: value for name, value in values_of(parsed).items() if value not in BLANK}
    return {**values, "flags": list(parsed.flags), "people": stamped_people(parsed.people)}


def values_of(parsed: ParsedHome) -> dict[str, Value]:
    """Return the file's values under the names of ``FIELDS``."""
    day = parsed.handed_over_on
    return {
        "floor": parsed.at.floor,
        "area_centi": parsed.area_centi,
        "occupancy": parsed.occupancy,
        "handed_over_on": day.isoformat() if day else None,
        "parking": parsed.parking,
        "remark": parsed.remark,
    }


def _compare(home: KnownHome, parsed: ParsedHome, answer: Answer | None) -> HomeChange:
    change = HomeChange(home, parsed, imported=dict(home.imported))
    for name, new in values_of(parsed).items():
        _compare_value(change, name, new)
    _compare_flags(change)
    compare_people(change, answer)
    return change


def _compare_value(change: HomeChange, name: str, new: Value) -> None:
    current, last = change.home.values.get(name), change.home.imported.get(name)
    if new in BLANK:
        return
    if new == current:
        change.imported[name] = new
    elif current in BLANK or current == last:
        change.changes.append(Change(name, current, new))
        change.values[name] = new
        change.imported[name] = new
    else:
        change.kept.append(Change(name, current, new))


def _compare_flags(change: HomeChange) -> None:
    current, last = set(change.home.flags), set(_strings(change.home.imported.get("flags")))
    new = set(change.parsed.flags) - current
    if new & last:
        change.kept.append(Change("flags", sorted(current), sorted(change.parsed.flags)))
    if new - last:
        after = sorted(current | (new - last))
        change.changes.append(Change("flags", sorted(current), after))
        change.values["flags"] = after
    if change.parsed.flags:
        change.imported["flags"] = sorted(last | set(change.parsed.flags))


def _strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
