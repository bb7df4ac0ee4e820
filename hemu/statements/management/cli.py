"""``hemu committee statement import``: a month's statement from the accountant's spreadsheet."""

import argparse
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.statements.operations import import_statement
from hemu.statements.queries import Checked, checked, figures_of
from hemu.statements.queries_sheet import read_file
from hemu.statements.rules_checks import Problem
from hemu.statements.wording import remark, sentence


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("import",))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--month", required=True, metavar="2026-11")
    parser.add_argument(
        "--by", metavar="LOGIN", help="存为这个人编制的草稿，不写就只看不存 · keep it as a draft of theirs"
    )


def _import(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    content = _bytes(options.file)
    read = read_file(content, options.file.name, month=options.month)
    kept = None
    if options.by:
        by = actor_by_login(options.by, now=options.now)
        kept = import_statement(
            content=content, filename=options.file.name, community=community, month=options.month, by=by,
            act=by.act(now=options.now),
        )  # fmt: skip
    looked = checked(figures_of(kept) if kept else read.figures, community.id)
    return {
        "statement": str(kept.id) if kept else None,
        "month": options.month,
        "sheet": read.sheet,
        "totals": _totals(looked),
        "lines": [
            {"category": line.category, "item": line.item, "month": line.month, "budget": line.budget, "year": line.year}
            for line in looked.figures.lines
        ],
        "problems": [_plain(each) for each in looked.problems],
        "remarks": [{**each, "words": remark(each["code"], each["params"])} for each in read.remarks],
    }  # fmt: skip


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RuleViolation("statement.no_file") from error


def _totals(looked: Checked) -> dict[str, int | None]:
    """Return the totals in 分."""
    figures = looked.figures
    return {
        "income": figures.income,
        "expense": figures.expense,
        "surplus": figures.surplus,
        "opening": figures.opening,
        "closing": figures.closing,
    }


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "error": problem.is_error,
        "about": problem.key,
        "params": problem.params,
        "words": sentence(problem.code, problem.params),
    }


COMMANDS = [
    Command("committee", "statement", "财务报表 · monthly statements", _import, _import_arguments),
]
