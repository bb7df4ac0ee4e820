"""``hemu return-visit …``"""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.attachments.management.cli import file_arguments, kept_files
from hemu.estate.queries import community_by_name
from hemu.infra.command import Command, key_value, moment
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import open_return_visit, step_return_visit
from hemu.return_visits.queries import detail_of, listed, rows, summary_of, visit_by_number
from hemu.return_visits.rules import CLASSES, State
from hemu.service_requests.queries import request_by_number


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument("--state", default="", choices=["waiting", *State])
    parser.add_argument("--class", dest="kind", default="", choices=CLASSES)
    parser.add_argument("--late", action="store_true")
    parser.add_argument(
        "--mine", metavar="LOGIN", default="", help="某人该做的 · what this person's posts owe"
    )
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--after", default="", metavar="NUMBER")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    found = rows()
    if options.community:
        found = found.filter(community=community_by_name(options.community))
    page, following = listed(
        found,
        state=options.state,
        kind=options.kind,
        mine=actor_by_login(options.mine, now=options.now) if options.mine else None,
        late=options.late,
        now=options.now,
        after=options.after,
        limit=options.limit,
    )
    return {"items": [summary_of(visit) for visit in page], "next": following or None}


def _number(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")


def _show(options: argparse.Namespace) -> dict[str, Any]:
    return detail_of(visit_by_number(options.number), now=options.now)


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="REQUEST")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _open(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    number = request_by_number(options.number).number
    return _stands(open_return_visit(number=number, act=by.act(now=options.now), by=by))


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("step", metavar="STEP")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--version", type=int)
    parser.add_argument(
        "--reason", default="", help="业主的话、问题或答复 · the owner's words, question or answer"
    )
    parser.add_argument("--at", type=moment)
    parser.add_argument("--set", dest="values", action="append", default=[], type=key_value, metavar="k=v")
    file_arguments(parser)


def _step(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    visit = step_return_visit(
        number=visit_by_number(options.number).number,
        step=options.step,
        by=by,
        act=by.act(now=options.now, at=options.at),
        version=options.version,
        words=options.reason,
        values=dict(options.values),
        files=kept_files(options.files, use=options.use, by=by.key, now=options.now),
    )
    return _stands(visit)


def _stands(visit: ReturnVisit) -> dict[str, Any]:
    return {"number": visit.number, "state": str(visit.state), "version": visit.version}


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['number']}  {item['state']:<11}  {item['class']:<9}  {item['due'] or '-':<25}  {item['owed_by']}"
        for item in value["items"]
    )


COMMANDS = [
    Command("return-visit", "list", "回访清单 · list return visits", _list, _list_arguments, human=_lines),
    Command("return-visit", "show", "一次回访及其记录 · one return visit", _show, _number),
    Command("return-visit", "open", "对一件诉求发起回访 · open one for a request", _open, _open_arguments),
    Command("return-visit", "step", "办一步 · take a step", _step, _step_arguments),
]
