"""``hemu field …``"""

import argparse
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.field_work.queries import jobs_of, summary_of
from hemu.field_work.queries_month import month_of, month_summary
from hemu.field_work.rules import month_said
from hemu.field_work.web.workbook import workbook_of
from hemu.infra.command import Command
from hemu.infra.moments import office_day


def _login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", required=True, metavar="LOGIN")


def _today(options: argparse.Namespace) -> dict[str, Any]:
    actor = actor_by_login(options.login, now=options.now)
    return {"items": [summary_of(job) for job in jobs_of(actor, now=options.now)]}


def _month_arguments(parser: argparse.ArgumentParser) -> None:
    _login(parser)
    parser.add_argument("--month", default="", metavar="YYYY-MM")
    parser.add_argument("--xlsx", default="", metavar="FILE", help="另存为 Excel · write a workbook")


def _month(options: argparse.Namespace) -> dict[str, Any]:
    actor = actor_by_login(options.login, now=options.now)
    text = options.month or office_day(options.now).isoformat()[:7]
    month = month_of(actor, month_said(text))
    if options.xlsx:
        Path(options.xlsx).write_bytes(workbook_of(month, name=actor.name))
    return month_summary(month)


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['number']}  {item['stage']:<10}  {item['place'] or '-':<12}  {item['due'] or '-':<25}  "
        f"{item['text'][:30]}"
        for item in value["items"]
    )


COMMANDS = [
    Command(
        "field", "today", "一个人手上的活 · somebody's jobs in order of promise", _today, _login, human=_lines
    ),
    Command("field", "month", "一个人的月 · somebody's month", _month, _month_arguments),
]
