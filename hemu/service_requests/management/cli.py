"""``hemu request …``"""

import argparse
from typing import Any

from django.conf import settings
from django.urls import reverse

from hemu.access.actors import actor_by_login
from hemu.attachments.management.cli import file_arguments, kept_files
from hemu.duties.queries import duties_of
from hemu.estate.models import Community
from hemu.estate.operations import open_community
from hemu.estate.queries import caller_at, community_by_name, home_as_said
from hemu.foundation.steps import Step
from hemu.infra.command import Command, key_value, moment, say
from hemu.infra.idempotency import once
from hemu.infra.moments import iso_local, office_day
from hemu.ledger.operations import Act
from hemu.service_requests.management.suggesting import run_suggest, suggest_arguments
from hemu.service_requests.models import Request
from hemu.service_requests.operations import (
    Caller,
    make_owner_link,
    register_request,
    revoke_owner_links,
)
from hemu.service_requests.operations.following import take_step_and_follow
from hemu.service_requests.operations.outside import Outside
from hemu.service_requests.queries import (
    detail_of,
    listed,
    request_by_number,
    request_for,
    summary_of,
    with_late_duties,
)
from hemu.service_requests.rules import CHANNELS, OUTSIDE_BODIES, STEPS, TYPES, State

ACCOUNT = "outside:command"
"""The actor of what comes in by command: not a person, and never the evidence of a duty of one."""


def _register_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--home", default="", metavar="ROOM", help="1-2-301 · 1栋2单元301")
    parser.add_argument("--place", default="", help="公共位置 · a public place")
    parser.add_argument("--type", required=True, choices=TYPES)
    parser.add_argument("--text", required=True)
    parser.add_argument("--phone", default="")
    parser.add_argument("--name", dest="caller", default="")
    parser.add_argument(
        "--speaker", default="", help="替别人说的:打来的是谁 · who speaks on the caller's behalf"
    )
    parser.add_argument("--speaker-phone", default="")
    parser.add_argument(
        "--answer-speaker", action="store_true", help="答复打来的人 · answer who spoke, not the one concerned"
    )
    parser.add_argument(
        "--named", action="append", default=[], metavar="LOGIN", help="投诉的员工 · staff whom it names"
    )
    parser.add_argument("--at", type=moment, help="来电时间 · when it happened")
    parser.add_argument("--channel", default="phone", choices=CHANNELS)
    parser.add_argument("--anonymous", action="store_true")
    parser.add_argument(
        "--body", default="", choices=OUTSIDE_BODIES, help="外单位 · the outside body that sent it"
    )
    parser.add_argument("--body-number", default="", help="外单位编号 · its number there")
    parser.add_argument(
        "--body-due", default="", metavar="TIME", help="外单位限时 · by when they want it answered"
    )
    parser.add_argument("--key", default="", help="同一把钥匙只登记一次 · the same key registers once")
    file_arguments(parser)


def _register(options: argparse.Namespace) -> dict[str, Any]:
    body = {name: str(getattr(options, name) or "") for name in
            ("community", "home", "place", "type", "text", "phone", "caller", "at", "channel", "anonymous", "body",
             "body_number", "body_due")}  # fmt: skip
    spoken = {
        name: str(getattr(options, name) or "") for name in ("speaker", "speaker_phone", "answer_speaker")
    }
    body |= {name: value for name, value in spoken.items() if value}
    if options.named:
        body["named"] = ",".join(options.named)
    files = kept_files(options.files, use=options.use, by=ACCOUNT, now=options.now)
    if files:
        body["files"] = ",".join(options.files)
    return once(
        account=ACCOUNT, key=options.key, body=body, now=options.now, act=lambda: _registered(options, files)
    )


def _registered(options: argparse.Namespace, files: list[str]) -> dict[str, Any]:
    community = _community(options)
    home, said = home_as_said(community, options.home)
    if said:
        say(f"{community.name}: 还没有名册,房号照原样记下 · no roster yet, the room is kept as said")
    today = office_day(options.now)
    person = None if options.anonymous else caller_at(home, options.phone, options.caller, on=today)
    request = register_request(
        community=community,
        home=home,
        place=options.place or said,
        type=options.type,
        text=options.text,
        caller=Caller(
            person,
            options.caller,
            options.phone,
            options.anonymous,
            options.speaker,
            options.speaker_phone,
            options.answer_speaker,
        ),
        act=Act(ACCOUNT, at=options.at or options.now, recorded_at=options.now),
        channel=options.channel,
        outside=Outside.read(options.body, options.body_number, options.body_due),
        files=files,
        named=options.named,
    )
    return _stands(request) | {
        "duties": [
            {"clause": duty.clause, "due": iso_local(duty.due_at)} for duty in duties_of(request.subject)
        ]
    }


def _community(options: argparse.Namespace) -> Community:
    if Community.objects.exists():
        return community_by_name(options.community)
    return open_community(name=options.community, now=options.now)


def _stands(request: Request) -> dict[str, Any]:
    return {"number": request.number, "state": str(request.state), "version": request.version}


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument("--state", default="", choices=["open", *State])
    parser.add_argument("--type", default="", choices=TYPES)
    parser.add_argument("--late", action="store_true")
    parser.add_argument("--from", dest="since", type=moment)
    parser.add_argument("--to", dest="until", type=moment)
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--after", default="", metavar="NUMBER")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    rows = Request.objects.select_related("community", "home")
    if options.community:
        rows = rows.filter(community=community_by_name(options.community))
    if options.late:
        rows = with_late_duties(rows, now=options.now)
    found, following = listed(
        rows,
        state=options.state,
        type=options.type,
        since=options.since,
        until=options.until,
        after=options.after,
        limit=options.limit,
    )
    return {"items": [summary_of(request) for request in found], "next": following or None}


def _show_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")


def _show(options: argparse.Namespace) -> dict[str, Any]:
    return detail_of(request_by_number(options.number), now=options.now)


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("step", metavar="STEP")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--version", type=int)
    parser.add_argument("--reason", default="", help="理由、结果或答复 · reason, result or reply")
    parser.add_argument("--at", type=moment)
    parser.add_argument("--set", dest="values", action="append", default=[], type=key_value, metavar="k=v")
    file_arguments(parser)


def _step(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    request = take_step_and_follow(
        number=request_by_number(options.number).number,
        step=options.step,
        by=by,
        act=by.act(now=options.now, at=options.at),
        version=options.version,
        words=options.reason,
        values=dict(options.values),
        files=kept_files(options.files, use=options.use, by=by.key, now=options.now),
    )
    return _stands(request)


def _link_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--revoke", action="store_true", help="停用以前的链接 · stop the links made so far")


def _link(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    request = request_for(by, options.number, "request.register")
    if options.revoke:
        revoke_owner_links(request=request, act=by.act(now=options.now))
        return {"number": request.number, "link": None}
    token = make_owner_link(request=request, now=options.now)
    return {"number": request.number, "link": f"{settings.PUBLIC_URL}{reverse('owner', args=[token])}"}


def _diagram(options: argparse.Namespace) -> dict[str, Any]:
    return {"diagram": STEPS.diagram(), "steps": [_row(row) for row in STEPS.rows]}


def _row(row: Step) -> dict[str, Any]:
    return {
        "step": row.name,
        "from": sorted(row.from_states),
        "to": row.to_state,
        "roles": sorted(row.roles),
        "clause": row.clause,
        "needs": row.extras.get("needs"),
    }


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['number']}  {item['state']:<10}  {item['type']:<13}  {item['home'] or '-':<10}  {item['text'][:40]}"
        for item in value["items"]
    )


COMMANDS = [
    Command("request", "register", "登记一件诉求 · register a word of an owner", _register, _register_arguments),
    Command("request", "list", "诉求清单 · list requests", _list, _list_arguments, human=_lines),
    Command("request", "show", "一件诉求及其台账 · one case with its timeline", _show,
            _show_arguments),
    Command("request", "suggest", "按原话建议分类 · suggest a sorting from the words", run_suggest,
            suggest_arguments),
    Command("request", "steps", "步骤表与流程图 · the table of steps and its diagram", _diagram,
            human=lambda value: str(value["diagram"])),
    Command("request", "link", "给业主的链接 · the owner's own link", _link, _link_arguments),
    Command("request", "step", "办一步 · take a step", _step, _step_arguments),
]  # fmt: skip
