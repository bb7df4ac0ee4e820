"""``hemu papers layout`` and ``hemu papers chain``: how papers look and who approves them, shown or set."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, key_value
from hemu.infra.moments import office_day, typed_day
from hemu.paper_arranging.queries import (
    SAMPLE_FOOT,
    LayoutSet,
    chains_of,
    layouts_of,
    office_named,
    sample_of,
)
from hemu.papers.management.cli import written
from hemu.papers.operations import set_chain, set_layout
from hemu.papers.operations.arranging import ROLES
from hemu.papers.queries import kinds
from hemu.papers.rules_documents import plain_chain, read_chain
from hemu.papers.rules_official import layout_of
from hemu.papers.typesetting import typeset_official


def _scope(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", default="", metavar="NAME", help="不写就是全公司 · the whole company's if left out"
    )
    parser.add_argument(
        "--since", type=_day, metavar="DAY", help="从哪天起，不写就是今天 · from when on, else today"
    )
    parser.add_argument("--by", default="", metavar="LOGIN", help="谁定的，改时必填 · who sets it")


def _day(text: str) -> date:
    try:
        return typed_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None


def _layout_arguments(parser: argparse.ArgumentParser) -> None:
    _scope(parser)
    parser.add_argument(
        "--set", dest="values", type=key_value, action="append", default=[], metavar="K=V",
        help="head, word, colour (red, black), font (serif, sans), size (large, normal, small)",
    )  # fmt: skip
    parser.add_argument("--sample", default="", metavar="OUT.pdf", help="样张 · a sheet to look at")


def _layout(options: argparse.Namespace) -> dict[str, Any]:
    office, day = office_named(options.office), options.since or office_day(options.now)
    if options.values:
        by = actor_by_login(options.by, now=options.now)
        now, _coming = layouts_of(office, on=day)
        values = asdict(now.layout) | _known(dict(options.values), asdict(now.layout))
        set_layout(office=office, since=day, values=values, by=by, act=by.act(now=options.now))
    standing, coming = layouts_of(office, on=day)
    if options.sample:
        official = sample_of(office, layout_of(asdict(standing.layout)), on=day)
        written(options.sample, typeset_official(official, at=options.now, foot=SAMPLE_FOOT))
    return _plain(standing) | {"coming": [_plain(each) for each in coming]}


def _known(values: dict[str, str], layout: dict[str, str]) -> dict[str, str]:
    """Return the values, none of which is of another name.

    Raises:
        RuleViolation: ``layout.unknown_value`` (value).
    """
    for name in values:
        if name not in layout:
            raise RuleViolation("layout.unknown_value", value=name)
    return values


def _plain(each: LayoutSet) -> dict[str, Any]:
    return {
        "since": each.since.isoformat() if each.since else None,
        "whose": each.whose,
        **asdict(each.layout),
    }


def _chain_arguments(parser: argparse.ArgumentParser) -> None:
    _scope(parser)
    parser.add_argument("--kind", choices=sorted(kinds()), default="", help="哪种文书 · which kind of paper")
    parser.add_argument(
        "--set", dest="chain", default="", metavar="CHAIN",
        help="read:cs_supervisor+read:steward > approve:office_director",
    )  # fmt: skip


def _chain(options: argparse.Namespace) -> dict[str, Any]:
    office, day = office_named(options.office), options.since or office_day(options.now)
    if options.chain:
        by = actor_by_login(options.by, now=options.now)
        chain = read_chain(options.chain, roles=ROLES)
        set_chain(
            office=office, kind=options.kind, since=day, chain=chain, by=by, act=by.act(now=options.now)
        )
    found = [each for each, _later in chains_of(office, on=day) if options.kind in ("", each.kind.code)]
    return {
        each.kind.code: {
            "since": each.since.isoformat() if each.since else None,
            "whose": each.whose,
            "turns": plain_chain(each.chain),
        }
        for each in found
    }


COMMANDS = [
    Command(
        "papers", "layout", "版面、字体、字头 · how papers look, shown or set", _layout, _layout_arguments
    ),
    Command("papers", "chain", "由谁审批 · who reads and approves, shown or set", _chain, _chain_arguments),
]
