"""``hemu matter …``: issues found, property of owners kept."""

import argparse
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name, home_as_said
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, key_value, moment
from hemu.stewardship.models import Matter
from hemu.stewardship.operations import find_issue, receive_property, take_step
from hemu.stewardship.queries import listed, plain
from hemu.stewardship.rules import ISSUE, PROPERTY

KINDS = (ISSUE, PROPERTY)


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--state", choices=("open", "waiting", "all"), default="open")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    rows = Matter.objects.filter(community=community_by_name(options.community), kind=options.kind)
    found, _following = listed(rows.select_related("community", "home"), state=options.state)
    return {"items": [plain(each) for each in found]}


def _enter_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--home", default="", metavar="ROOM")
    parser.add_argument("--place", default="")
    parser.add_argument("--thing", default="")
    parser.add_argument("--text", required=True)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _enter(options: argparse.Namespace) -> dict[str, Any]:
    by, community = actor_by_login(options.by, now=options.now), community_by_name(options.community)
    home, said = home_as_said(community, options.home)
    act = by.act(now=options.now, at=options.at)
    known: dict[str, Any] = {
        "community": community,
        "by": by,
        "act": act,
        "words": options.text,
        "place": options.place or said,
    }
    if options.kind == ISSUE:
        return plain(find_issue(home=home, **known))
    if home is None:
        raise RuleViolation("matter.needs_home")
    return plain(receive_property(home=home, thing=options.thing, **known))


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("matter", type=UUID, metavar="ID")
    parser.add_argument("step", metavar="STEP")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--text", required=True)
    parser.add_argument("--set", action="append", default=[], type=key_value, metavar="k=v")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _step(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    entry = take_step(
        matter=options.matter,
        step=options.step,
        by=by,
        act=by.act(now=options.now, at=options.at),
        words=options.text,
        values=dict(options.set),
    )
    return {"entry": str(entry.id), "kind": entry.kind, **entry.facts}


COMMANDS = [
    Command("matter", "list", "发现的问题、代管的财物 · issues found, property kept", _list, _list_arguments),
    Command("matter", "enter", "记一个问题、收下一件 · enter one", _enter, _enter_arguments),
    Command("matter", "step", "办一步 · take a step", _step, _step_arguments),
]
