"""``hemu actions …``: corrective actions."""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, key_value, moment
from hemu.ledger.queries import timeline
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import open_action, take_step
from hemu.quality.queries import SHOWN, listed, narrowed, plain, rows
from hemu.quality.rules import KINDS, SOURCES

MOST = 500


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument("--shown", choices=[each for each in SHOWN if each != "mine"], default="open")
    parser.add_argument("--kind", choices=KINDS, default="")
    parser.add_argument("--source", choices=SOURCES, default="")
    parser.add_argument("--after", default="", metavar="NUMBER")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    """Return at most 500 actions, newest first; `after` is empty at the end."""
    found = narrowed(rows(), shown=options.shown, now=options.now)
    if options.community:
        found = found.filter(community=community_by_name(options.community))
    for name in ("kind", "source"):
        if getattr(options, name):
            found = found.filter(**{name: getattr(options, name)})
    page, following = listed(found, after=options.after, seen=rows(), limit=MOST)
    return {"items": [plain(each) for each in page], "after": following}


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['number']}  {item['state']:<8}  {item['due']}  {item['kind']:<8}  {item['text'][:40]}"
        for item in value["items"]
    )


def _named(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")


def _show(options: argparse.Namespace) -> dict[str, Any]:
    """Return an action and the entries about it."""
    found = _found(options.number)
    history = [
        {"id": str(each.id), "kind": each.kind, "facts": each.facts} for each in timeline(found.subject)
    ]
    return plain(found) | {"entries": history}


def _found(number: str) -> CorrectiveAction:
    found = rows().filter(number=number.strip().upper()).first()
    if found is None:
        raise RuleViolation("action.not_found")
    return found


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--text", required=True)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--to", required=True, metavar="LOGIN", help="责任人 · who answers for it")
    parser.add_argument("--do-by", type=moment, required=True, metavar="TIME")
    parser.add_argument("--source", choices=SOURCES, default="other")
    parser.add_argument("--about", default="", metavar="SUBJECT", help="request:NUMBER")
    parser.add_argument("--place", default="")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _open(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    made = open_action(
        community=community_by_name(options.community),
        by=by,
        act=by.act(now=options.now, at=options.at),
        words=options.text,
        kind=options.kind,
        to=actor_by_login(options.to, now=options.now).key,
        do_by=options.do_by,
        source=options.source,
        about=options.about,
        place=options.place,
    )
    return plain(made)


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("step", metavar="STEP")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--text", required=True)
    parser.add_argument("--set", action="append", default=[], type=key_value, metavar="k=v")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _step(options: argparse.Namespace) -> dict[str, Any]:
    by, values = actor_by_login(options.by, now=options.now), dict(options.set)
    if "to" in values:
        values["to"] = actor_by_login(values["to"], now=options.now).key
    entry = take_step(
        number=_found(options.number).number,
        step=options.step,
        by=by,
        act=by.act(now=options.now, at=options.at),
        words=options.text,
        values=values | {"whys": values.get("whys", "").replace(";", "\n")},
    )
    return {"entry": str(entry.id), "kind": entry.kind, "facts": entry.facts}


COMMANDS = [
    Command("actions", "list", "整改清单 · corrective actions", _list, _list_arguments, human=_lines),
    Command("actions", "show", "一项整改 · one of them", _show, _named),
    Command("actions", "open", "开一项整改 · open one", _open, _open_arguments),
    Command("actions", "step", "办一步 · take a step", _step, _step_arguments),
]
