"""``hemu duties wall``"""

import argparse
from collections.abc import Mapping
from typing import Any

from hemu.duty_wall.queries import (
    COMPANY,
    Line,
    clauses_level,
    communities_level,
    offices_level,
    places_of,
)
from hemu.duty_wall.rules import Cell, first_of_month
from hemu.estate.models import Office
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import office_day


def _arguments(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--office", default="", metavar="NAME")
    where.add_argument("--community", default="", metavar="NAME")


def _wall(options: argparse.Namespace) -> dict[str, Any]:
    """Return one level of the wall of duties: of the offices, of an office's communities, of a community's clauses."""
    now = options.now
    if options.community:
        book = community_by_name(options.community).book_id
        months, found = clauses_level(book, last=first_of_month(office_day(now)), now=now)
        names: dict[Any, str] = {month: month.strftime("%Y-%m") for month in months} | {None: "earlier"}
        return {clause: _plain(line, names) for clause, line in sorted(found.items())}
    if options.office:
        office = Office.objects.filter(name=options.office).first()
        if office is None:
            known = list(Office.objects.order_by("name").values_list("name", flat=True)[:20])
            raise RuleViolation("office.unknown", name=options.office, known=known)
        places = places_of(office)
        rows = communities_level(list(places), now=now)
        return {places[book].name: _plain(line) for book, line in rows.items()}
    offices: dict[Any, str] = {each.id: each.name for each in Office.objects.order_by("name")}
    every = offices_level([], company=True, now=now)
    named: dict[Any, str] = {COMPANY: COMPANY} | offices
    return {name: _plain(every[key]) for key, name in named.items() if key in every}


def _plain(line: Line, names: Mapping[Any, str] | None = None) -> dict[str, Any]:
    cells = sorted(line.cells.items(), key=lambda each: str(each[0]))
    return {names[key] if names else key: _counted(cell) for key, cell in cells}


def _counted(cell: Cell) -> dict[str, Any]:
    return {
        "state": cell.state.name.lower(),
        "late": cell.late,
        "open": cell.open,
        "met": cell.met,
        "met_late": cell.met_late,
    }


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{name:<24} "
        + "  ".join(
            f"{column} {cell['state']}{' ' + str(cell['late']) if cell['late'] else ''}"
            for column, cell in cells.items()
        )
        for name, cells in value.items()
    )


COMMANDS = [Command("duties", "wall", "应办看板 · how duties stand", _wall, _arguments, human=_lines)]
