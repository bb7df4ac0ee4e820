"""``hemu committee plan-meeting`` and what an office or another system writes about meetings without a page."""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.infra.command import Command, moment
from hemu.infra.moments import iso_local, typed_day
from hemu.meetings.models import Meeting
from hemu.meetings.operations import schedule_meeting
from hemu.meetings.queries_planning import plan_for
from hemu.meetings.rules import KINDS
from hemu.meetings.rules_planning import Plan
from hemu.meetings.wording import WHAT


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")


def _kind(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=KINDS, default="routine")


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    _where(parser)
    parser.add_argument("--date", type=typed_day, required=True, metavar="DAY")
    _kind(parser)


def _plan(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    return plain(plan_for(community, options.date, kind=options.kind, now=options.now))


def plain(plan: Plan) -> dict[str, Any]:
    """Return a plan as the command prints it."""
    steps = [
        {
            "clause": each.clause,
            "what": str(WHAT[each.what]),
            "date": each.date.isoformat(),
            "possible": each.possible,
        }
        for each in plan.steps
    ]
    return {"steps": steps, "first_possible": plan.first_possible.isoformat()}


def _plan_words(value: dict[str, Any]) -> str:
    lines = [
        f"{'✓' if each['possible'] else '✗'} {each['date']}  {each['clause']:<6} {each['what']}"
        for each in value["steps"]
    ]
    return "\n".join([*lines, f"→ {value['first_possible']}"])


def _meetings(options: argparse.Namespace) -> dict[str, Any]:
    rows = Meeting.objects.filter(community=community_by_name(options.community))
    return {"meetings": [_meeting(each) for each in rows.order_by("-starts_at")[:100]]}


def _meeting(each: Meeting) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "kind": each.kind,
        "starts": iso_local(each.starts_at),
        "place": each.place,
        "state": each.state,
    }


def _schedule_arguments(parser: argparse.ArgumentParser) -> None:
    _where(parser)
    _kind(parser)
    parser.add_argument("--starts", type=moment, required=True, metavar="TIME")
    parser.add_argument("--place", required=True)
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _schedule(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    return _meeting(
        schedule_meeting(
            community=community_by_name(options.community),
            kind=options.kind,
            starts=options.starts,
            place=options.place,
            by=by,
            act=by.act(now=options.now),
        )
    )


COMMANDS = [
    Command(
        "committee",
        "plan-meeting",
        "会议倒推表：每一步最晚哪天 · the last day of each step before a meeting",
        _plan,
        _plan_arguments,
        human=_plan_words,
    ),
    Command("committee", "meetings", "会议 · meetings", _meetings, _where),
    Command("committee", "schedule", "安排会议 · plan a meeting", _schedule, _schedule_arguments),
]
