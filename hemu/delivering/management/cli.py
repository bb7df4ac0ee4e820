"""``hemu notice …``: notices, whom they reach and how far they did; letter boxes; corrections; the emergency broadcast."""

import argparse
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.delivering.operations import drop_in_boxes
from hemu.delivering.operations_broadcast import broadcast_emergency
from hemu.delivering.queries import consenters, letter_boxes, plain
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import office_day, typed_day
from hemu.notices.models import Notice
from hemu.notices.operations_notices import correct_notice
from hemu.notices.queries_notices import audience_of, listed, reach_of, state
from hemu.notices.rules_notices import ROLES


def _community(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")


def _audience(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", action="append", default=[], metavar="PLACE", help="3, 3-2, 3-2-1201")
    parser.add_argument("--role", action="append", default=[], choices=list(ROLES))


def _acting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _notice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("notice", type=UUID, metavar="ID")


def _found(document: UUID) -> Notice:
    rows = Notice.objects.select_related("document", "community__office", "work")
    found = rows.filter(document=document).first()
    if found is None:
        raise RuleViolation("notice.not_found")
    return found


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    parser.add_argument("--state", choices=("open", "all"), default="open")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    today = office_day(options.now)
    rows = Notice.objects.filter(community=community_by_name(options.community)).select_related("document")
    found, _following = listed(rows, today=today, state=options.state)
    return {
        "items": [
            {
                "id": str(each.document_id),
                "number": each.document.number or None,
                "title": each.document.title,
                "kind": each.kind,
                "state": state(each, today=today),
                "since": each.since.isoformat(),
                "until": each.until.isoformat(),
                "audience": each.audience.parts,
                "roles": each.roles,
                "replaces": str(each.document.replaces_id) if each.document.replaces_id else None,
            }
            for each in found
        ]
    }


def _counts_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    _audience(parser)


def _counts(options: argparse.Namespace) -> dict[str, int]:
    community = community_by_name(options.community)
    whom = audience_of(community, options.to, options.role)
    return reach_of(community, whom, on=office_day(options.now))


def _delivery_arguments(parser: argparse.ArgumentParser) -> None:
    _notice(parser)
    parser.add_argument("--left", action="store_true", help="还没送到的各户 · the homes that nothing reached")


def _delivery(options: argparse.Namespace) -> dict[str, Any]:
    found, today = _found(options.notice), office_day(options.now)
    said = plain(found, on=today)
    if options.left:
        said["homes_left"] = [home.written for home, _failed in letter_boxes(found, on=today)]
    return said


def _boxes_arguments(parser: argparse.ArgumentParser) -> None:
    _notice(parser)
    parser.add_argument(
        "--home", action="append", default=[], metavar="HOME", help="不写就是所有还没送到的 · none: all left"
    )
    _acting(parser)


def _boxes(options: argparse.Namespace) -> dict[str, int]:
    by = actor_by_login(options.by, now=options.now)
    act = by.act(now=options.now, at=options.at)
    return {"dropped": drop_in_boxes(document=options.notice, homes=options.home, by=by, act=act)}


def _correct_arguments(parser: argparse.ArgumentParser) -> None:
    _notice(parser)
    parser.add_argument("--text", required=True)
    parser.add_argument("--title", default="")
    parser.add_argument("--until", type=typed_day, metavar="DAY")
    _acting(parser)


def _correct(options: argparse.Namespace) -> dict[str, str]:
    by = actor_by_login(options.by, now=options.now)
    made = correct_notice(
        document=options.notice,
        body=options.text,
        title=options.title,
        until=options.until,
        by=by,
        act=by.act(now=options.now, at=options.at),
    )
    return {"id": str(made.document_id), "title": made.document.title}


def _emergency_arguments(parser: argparse.ArgumentParser) -> None:
    _community(parser)
    _audience(parser)
    parser.add_argument("--title", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument(
        "--consented-by", required=True, metavar="NAME", help="主任的姓名 · the director's name"
    )
    parser.add_argument("--consented-at", required=True, type=moment, metavar="TIME")
    parser.add_argument("--heard", action="store_true", help="亲耳听到同意 · heard it oneself")
    _acting(parser)


def _emergency(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    community = community_by_name(options.community)
    people = {name: key for key, name in consenters(community.office, now=options.now).items()}
    notice = broadcast_emergency(
        community=community,
        title=options.title,
        body=options.text,
        consented_by=people.get(options.consented_by, ""),
        consented_at=options.consented_at,
        heard=options.heard,
        by=by,
        act=by.act(now=options.now, at=options.at),
        audience=options.to,
        roles=options.role,
    )
    return plain(notice, on=office_day(options.now))


COMMANDS = [
    Command("notice", "list", "通知 · notices", _list, _list_arguments),
    Command("notice", "counts", "能送到几户 · how many homes it would reach", _counts, _counts_arguments),
    Command("notice", "delivery", "送到了几户 · how many it reached", _delivery, _delivery_arguments),
    Command("notice", "boxes", "已投信箱 · slips lie in letter boxes", _boxes, _boxes_arguments),
    Command("notice", "correct", "拟更正 · draft a correction", _correct, _correct_arguments),
    Command("notice", "emergency", "紧急广播 · tell an emergency", _emergency, _emergency_arguments),
]
