"""The lines of an import's preview, in codes and raw values; `telling` puts them into words."""

from collections.abc import Iterable, Iterator
from typing import Any

from hemu.estate.roster.changes import Change, Plan
from hemu.estate.roster.identity import people_count
from hemu.estate.roster.shapes import Note, ParsedRoster, Refused
from hemu.foundation.redaction import mask_phone

SECTIONS = ("created", "updated", "refused", "kept", "missing", "warning", "question")


def counts_of(roster: ParsedRoster, plan: Plan) -> dict[str, int]:
    """Return the figures of an import; ``created + updated + unchanged = homes``."""
    return {
        "rows": roster.rows,
        "homes": len(roster.homes),
        "households": roster.household_count,
        "people": people_count(roster.homes),
        "created": len(plan.created),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "refused": len(roster.refused),
        "questions": len(plan.questions),
        "kept": len(plan.kept),
        "missing": len(plan.missing) + len(plan.missing_people),
        "warnings": len(roster.warnings),
    }


def lines_of(roster: ParsedRoster, plan: Plan) -> dict[str, Iterable[Any]]:
    """Return the lines of every section."""
    return {
        "created": (
            {
                "home": home.written,
                "people": [person.name for person in home.people],
                "area_centi": home.area_centi,
                "occupancy": home.occupancy,
            }
            for home in plan.created
        ),
        "updated": (
            {"home": change.home.written, "changes": [_change(each) for each in change.changes]}
            for change in plan.updated
        ),
        "refused": (refused_line(row, roster) for row in roster.refused),
        "kept": ({"home": home, **_change(change)} for home, change in plan.kept),
        "missing": _missing(plan),
        "warning": map(note_line, roster.warnings),
        "question": (
            {"home": each.home, "before": each.before, "after": each.after, "guess": each.guess}
            for each in plan.questions
        ),
    }


def refused_line(row: Refused, roster: ParsedRoster) -> dict[str, Any]:
    return {**note_line(row), "cells": row.cells, "header": roster.headers[row.source.sheet]}


def note_line(note: Note | Refused) -> dict[str, Any]:
    return {"sheet": note.source.sheet, "row": note.source.row, "code": note.code, "params": note.params}


def home_notes(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield what there is to say of homes rather than rows: asked, kept by hand, missing."""
    for asked in plan.questions:
        names = {"before": "、".join(asked.before), "after": "、".join(asked.after)}
        yield _home_note("roster.owner_asked", home=asked.home, **names)
    for home, change in plan.kept:
        yield _home_note("roster.kept_by_hand", home=home, **_change(change))
    for home in plan.missing:
        yield _home_note("roster.home_missing", home=home)
    for home, name in plan.missing_people:
        yield _home_note("roster.person_missing", home=home, name=name)


def _home_note(code: str, **params: Any) -> dict[str, Any]:
    return {"sheet": "", "row": 0, "code": code, "params": params}


def _missing(plan: Plan) -> Iterator[dict[str, Any]]:
    yield from ({"home": home, "people": []} for home in plan.missing)
    people: dict[str, list[str]] = {}
    for home, name in plan.missing_people:
        people.setdefault(home, []).append(name)
    yield from ({"home": home, "people": names} for home, names in people.items())


def _change(change: Change) -> dict[str, Any]:
    values = {"before": change.before, "after": change.after}
    if change.field == "phones":
        values = {side: [mask_phone(str(each)) for each in _list(value)] for side, value in values.items()}
    return {"field": change.field, **values}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
