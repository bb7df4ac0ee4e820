"""``hemu community …`` and ``hemu roster …``"""

import argparse
from pathlib import Path
from typing import Any

from django.db.models import Count, Q

from hemu.estate.models import Community, Home
from hemu.estate.roster.operations import import_roster
from hemu.estate.roster.telling import told
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, say
from hemu.ledger.operations import Act

ACTOR = "outside:command"
"""The actor of what comes in by command: not a person."""
LONG = 10_000
"""From so many rows to write on, the command says how far it is."""
COUNTS = ("rows", "homes", "households", "people", "created", "updated", "unchanged")


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    occupied = Count("homes", filter=Q(homes__occupancy__in=Home.OCCUPIED))
    rows = Community.objects.annotate(home_count=Count("homes"), occupied_count=occupied).order_by("name")
    return [{"name": each.name, "homes": each.home_count, "occupied": each.occupied_count} for each in rows]


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="Excel · CSV")
    parser.add_argument(
        "--community", required=True, metavar="NAME", help="没有就新建 · created if there is none"
    )
    parser.add_argument("--dry-run", action="store_true", help="只看不写 · compare, write nothing")


def _import(options: argparse.Namespace) -> dict[str, Any]:
    try:
        content = options.file.read_bytes()
    except OSError as problem:
        raise RuleViolation("roster.no_such_file", file=str(options.file)) from problem
    compared = import_roster(
        content,
        options.file.name,
        name=options.community,
        act=Act(ACTOR, at=options.now, recorded_at=options.now),
        dry_run=options.dry_run,
        say=_say_progress,
    )
    counts = compared.counts
    return {
        **{name: counts[name] for name in COUNTS},
        "refused": [told(line) for line in compared.refused],
        "warnings": [told(line) for line in compared.warnings],
    }


def _say_progress(done: int, total: int) -> None:
    if total > LONG:
        say(f"{done} / {total}")


def _import_words(value: dict[str, Any]) -> str:
    figures = " · ".join(f"{name} {value[name]}" for name in COUNTS)
    lines = [
        f"{sign} {line['sheet']} {line['row'] or ''} {line['reason']}"
        for sign, name in (("✗", "refused"), ("!", "warnings"))
        for line in value[name]
    ]
    return "\n".join([figures, *lines])


COMMANDS = [
    Command("community", "list", "小区 · communities", _list),
    Command("roster", "import", "导入名册 · import a roster", _import, _import_arguments, _import_words),
]
