"""``hemu committee …``: who sits on the owners' committee. Meetings, papers and statements add their own names."""

import argparse
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.committee.operations import seat_member
from hemu.committee.queries import members_of, quorum_of
from hemu.committee.rules import Post
from hemu.estate.queries import community_by_name, find_home
from hemu.infra.command import Command
from hemu.infra.moments import office_day, typed_day


def _members_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--on", type=typed_day, metavar="DAY")


def _members(options: argparse.Namespace) -> dict[str, Any]:
    community, day = community_by_name(options.community), options.on or office_day(options.now)
    rows = [
        {
            "member": str(each.id),
            "name": each.person.name,
            "post": each.post,
            "since": each.since.isoformat(),
            "until": each.until.isoformat(),
        }
        for each in members_of(community, on=day)
    ]
    return {"members": rows, "quorum": quorum_of(community, on=day)}


def _seat_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--room", required=True, metavar="3-2-1201")
    parser.add_argument("--name", default="")
    parser.add_argument("--post", choices=[str(each) for each in Post], default="member")
    parser.add_argument("--since", type=typed_day, required=True, metavar="DAY")
    parser.add_argument("--until", type=typed_day, required=True, metavar="DAY")
    parser.add_argument("--election", default="", metavar="TEXT")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _seat(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    member = seat_member(
        home=find_home(community_by_name(options.community), options.room),
        name=options.name,
        post=options.post,
        since=options.since,
        until=options.until,
        election=options.election,
        by=by,
        act=by.act(now=options.now),
    )
    return {"member": str(member.id), "post": member.post}


COMMANDS = [
    Command("committee", "members", "在任的委员 · who sits on the committee", _members, _members_arguments),
    Command("committee", "seat", "登记一位委员 · enter a member", _seat, _seat_arguments),
]
