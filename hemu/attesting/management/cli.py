"""``hemu ledger export | publish``: what leaves the house so that somebody outside can check the book."""

import argparse
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import OFFICE_ZONE, iso_local
from hemu.ledger.entries import PLACES
from hemu.ledger.operations import Act, publish_root
from hemu.ledger.operations_package import export
from hemu.ledger.queries import last_seal, seal_of_code
from hemu.ledger.rules import read_code


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
        datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None
    return day


def _community(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    for name in ("from", "to"):
        parser.add_argument(
            f"--{name}", dest=name, type=_day, required=True, metavar="DATE", help="含当日 · that day too"
        )
    parser.add_argument("file", type=Path, metavar="PACKAGE", help="新文件夹 · a new folder")


def _export(options: argparse.Namespace) -> dict[str, Any]:
    begins, ends = (getattr(options, name) for name in ("from", "to"))
    counts = export(
        book=community_by_name(options.community).book,
        since=datetime.combine(begins, time(), OFFICE_ZONE),
        until=datetime.combine(ends + timedelta(days=1), time(), OFFICE_ZONE),
        folder=options.file,
        now=options.now,
    )
    seal = last_seal()
    return {"package": str(options.file), **counts, "code": seal.code if seal else ""}


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    parser.add_argument("--place", required=True, choices=PLACES)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--root", metavar="CODE", help="默认为最近一次封存 · by default the newest seal's")


def _publish(options: argparse.Namespace) -> dict[str, Any]:
    seal = seal_of_code(read_code(options.root)) if options.root else last_seal()
    if seal is None:
        raise RuleViolation("root.no_such_seal", seal=options.root or 0)
    community = community_by_name(options.community)
    by = actor_by_login(options.by, now=options.now)
    if not by.may("root.publish", community.office_id):
        raise RuleViolation("access.denied", permission="root.publish")
    publish_root(
        book=community.book_id,
        seal=seal.number,
        place=options.place,
        act=Act(by.key, at=options.now, recorded_at=options.now),
    )
    return {"seal": seal.number, "code": seal.code, "place": options.place, "at": iso_local(options.now)}


COMMANDS = [
    Command("ledger", "export", "导出核验包 · a package to check elsewhere", _export, _export_arguments),
    Command(
        "ledger", "publish", "记下封存码公布在哪里 · where a code was published", _publish, _publish_arguments
    ),
]
