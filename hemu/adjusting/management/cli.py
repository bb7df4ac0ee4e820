"""``hemu profile …``: the numbers that an office or the company sets itself; one proposes, another confirms."""

import argparse
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.operations import confirm_change, propose, read_change, withdraw_change
from hemu.adjusting.queries import settings_on, would_move
from hemu.adjusting.rules import DAY, as_fact, chosen, current
from hemu.adjusting.wording import SETTINGS
from hemu.duties.models import DueMoved
from hemu.estate.models import Office
from hemu.estate.queries import Proposed
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import iso_local, office_day
from hemu.ledger.operations import Act

ACTOR = "outside:command"


def _office(options: argparse.Namespace) -> Office | None:
    """Return the office named, None for the company where none is.

    Raises:
        RuleViolation: ``office.unknown``.
    """
    if not options.office:
        return None
    found = Office.objects.filter(name=options.office).first()
    if found is None:
        known = list(Office.objects.order_by("name").values_list("name", flat=True)[:20])
        raise RuleViolation("office.unknown", name=options.office, known=known)
    return found


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--office", default="", metavar="NAME", help="不写就是全公司 · the company's if left out"
    )


def _show(options: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that one number can change, as they are today, and what was proposed."""
    office = _office(options)
    settings = settings_on(office, options.now)
    rows = RuleProposal.objects.filter(office=office).order_by("-id")[:50]
    return {
        "settings": {key: current(settings, key) for key in chosen(settings, SETTINGS)},
        "changes": [_plain(each) for each in rows],
    }


def _plain(each: RuleProposal) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "key": each.key or DAY,
        "was": each.was,
        "value": each.value,
        "since": each.since.isoformat(),
        "state": each.state,
        "independent": each.independent,
        "moved": DueMoved.objects.filter(stamp=each.stamp).count() if each.stamp else 0,
    }


def _change_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="RQ-06 · limits.… · day")
    parser.add_argument("value", metavar="VALUE", help="2 · '+2 working days' · works · rests")
    parser.add_argument("--from", dest="since", type=moment, required=True, metavar="DATE")
    parser.add_argument(
        "--office", default="", metavar="NAME", help="不写就是全公司 · the company's if left out"
    )


def _propose_arguments(parser: argparse.ArgumentParser) -> None:
    _change_arguments(parser)
    parser.add_argument("--why", required=True, metavar="TEXT")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _try(options: argparse.Namespace) -> dict[str, Any]:
    """Say which open duties would move; at most 5,000 are looked at, the first 20 shown."""
    office, since = _office(options), office_day(options.since)
    act = Act(ACTOR, at=options.now, recorded_at=options.now)
    value, was = read_change(office, key=options.key, value=options.value, since=since, act=act)
    key = "" if options.key == DAY else options.key
    found = would_move(Proposed(key, value, since, office.id if office else None), now=options.now)
    return {
        "key": options.key,
        "was": was,
        "value": value,
        "would_move": found.count,
        "at_least": found.more,
        "first": [
            {
                "duty": str(each.duty.id),
                "clause": each.duty.clause,
                "was": iso_local(each.was),
                "due": iso_local(each.due_at),
            }
            for each in found.first
        ],
    }


def _propose(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    made = propose(
        office=_office(options),
        key=options.key,
        value=options.value,
        since=office_day(options.since),
        words=options.why,
        by=by,
        act=by.act(now=options.now),
    )
    return _plain(made)


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=UUID, metavar="ID")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _withdraw_arguments(parser: argparse.ArgumentParser) -> None:
    _decide_arguments(parser)
    parser.add_argument("--why", required=True, metavar="TEXT")


def _confirm(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    confirm_change(proposal=options.id, by=by, act=by.act(now=options.now))
    return _plain(RuleProposal.objects.get(id=options.id))


def _withdraw(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    withdraw_change(proposal=options.id, by=by, act=by.act(now=options.now), words=options.why)
    return _plain(RuleProposal.objects.get(id=options.id))


def _lines(value: dict[str, Any]) -> str:
    settings = [f"{key:<40}  {as_fact(each)}" for key, each in value["settings"].items()]
    changes = [
        f"{each['id']}  {each['key']:<12}  {as_fact(each['was'])} → {as_fact(each['value'])}"
        f"  {each['since']}  {each['state']}  {each['moved']}"
        for each in value["changes"]
    ]
    return "\n".join([*settings, *changes])


COMMANDS = [
    Command("profile", "show", "现在的数与改动 · settings and changes", _show, _show_arguments, human=_lines),
    Command("profile", "try", "会动到哪些应办 · which duties would move", _try, _change_arguments),
    Command("profile", "propose", "提出改一个数 · propose a change", _propose, _propose_arguments),
    Command("profile", "confirm", "确认别人提出的 · confirm another's", _confirm, _decide_arguments),
    Command("profile", "withdraw", "收回改动 · take a change back", _withdraw, _withdraw_arguments),
]
