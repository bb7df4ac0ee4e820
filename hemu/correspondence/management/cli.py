"""``hemu committee papers|inquiries …``: what is owed to the owners' committee in writing, and what it asks."""

import argparse
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.operations_inquiries import (
    answer_inquiry,
    enter_inquiry,
    escalate_inquiry,
    judge_inquiry,
)
from hemu.correspondence.operations_papers import deliver_letter, write_letter
from hemu.correspondence.queries_inquiries import RELATED as INQUIRY_RELATED
from hemu.correspondence.queries_inquiries import listed as inquiries_listed
from hemu.correspondence.queries_inquiries import plain as inquiry_plain
from hemu.correspondence.queries_papers import RELATED as PAPER_RELATED
from hemu.correspondence.queries_papers import listed as papers_listed
from hemu.correspondence.queries_papers import plain as paper_plain
from hemu.correspondence.rules import KNOWN, POST, SORTS
from hemu.correspondence.rules_inquiries import SORTS as INQUIRY_SORTS
from hemu.correspondence.rules_inquiries import WAYS
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import typed_day


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--state", choices=("open", "all"), default="open")


def _papers(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    rows = Letter.objects.select_related(*PAPER_RELATED)
    found, _following = papers_listed(rows, community, state=options.state, now=options.now)
    return {"items": [paper_plain(each) for each in found]}


def _inquiries(options: argparse.Namespace) -> dict[str, Any]:
    community = community_by_name(options.community)
    rows = Inquiry.objects.select_related(*INQUIRY_RELATED)
    found, _following = inquiries_listed(rows, community, state=options.state, now=options.now)
    return {"items": [inquiry_plain(each) for each in found]}


def _by_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _known(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    return {"by": by, "act": by.act(now=options.now, at=options.at)}


def _write_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sort", choices=SORTS)
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--matter", choices=KNOWN, required=True)
    parser.add_argument("--title", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--planned", type=typed_day, metavar="DAY", help="申报 · of an application")
    parser.add_argument("--arose", type=moment, metavar="TIME", help="通报 · of a notification")
    parser.add_argument("--emergency", action="store_true")
    _by_arguments(parser)


def _write(options: argparse.Namespace) -> dict[str, Any]:
    letter = write_letter(
        community=community_by_name(options.community),
        sort=options.sort,
        matter=options.matter,
        title=options.title,
        grounds=options.text,
        planned_on=options.planned,
        arose_at=options.arose,
        emergency=options.emergency,
        **_known(options),
    )
    return {"id": str(letter.document_id), "sort": letter.sort, "version": letter.version}


def _deliver_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paper", type=UUID, metavar="ID")
    parser.add_argument("--number", required=True, help="邮寄回执号 · of the postal receipt")
    _by_arguments(parser)


def _deliver(options: argparse.Namespace) -> dict[str, Any]:
    receipt = deliver_letter(document=options.paper, way=POST, number=options.number, **_known(options))
    return {"receipt": receipt.pk, "way": receipt.way, "number": receipt.number}


def _enter_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--sort", choices=INQUIRY_SORTS, required=True)
    parser.add_argument(
        "--way", choices=[each for each in WAYS if each not in ("page", "paper")], required=True
    )
    parser.add_argument("--text", required=True)
    parser.add_argument("--about", default="", metavar="SUBJECT")
    _by_arguments(parser)


def _enter(options: argparse.Namespace) -> dict[str, Any]:
    inquiry = enter_inquiry(
        community=community_by_name(options.community),
        sort=options.sort,
        way=options.way,
        text=options.text,
        about=options.about,
        **_known(options),
    )
    return {"number": inquiry.number, "state": inquiry.state, "version": inquiry.version}


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number")
    parser.add_argument("step", choices=("judge", "escalate", "answer"))
    parser.add_argument("--text", default="")
    parser.add_argument("--unreasonable", action="store_true")
    parser.add_argument("--unsolvable", action="store_true")
    _by_arguments(parser)


def _step(options: argparse.Namespace) -> dict[str, Any]:
    found = Inquiry.objects.filter(number=options.number).first()
    if found is None:
        raise RuleViolation("inquiry.not_found")
    known = {"inquiry": found.id, "version": None, **_known(options)}
    if options.step == "judge":
        judge_inquiry(
            **known, reasonable=not options.unreasonable, solvable=not options.unsolvable, reason=options.text
        )
    elif options.step == "escalate":
        escalate_inquiry(**known, words=options.text)
    else:
        answer_inquiry(**known, words=options.text)
    found.refresh_from_db()
    return {"number": found.number, "state": found.state, "version": found.version}


COMMANDS = [
    Command("committee", "papers", "申报与通报 · papers to the committee", _papers, _list_arguments),
    Command("committee", "write", "拟申报或通报 · begin a paper", _write, _write_arguments),
    Command("committee", "deliver", "邮寄送达 · delivered by post", _deliver, _deliver_arguments),
    Command("committee", "inquiries", "业委会提的 · what the committee asks", _inquiries, _list_arguments),
    Command("committee", "ask", "录入业委会提的 · enter an inquiry", _enter, _enter_arguments),
    Command("committee", "reply", "研究、上报、答复 · judge, report above, answer", _step, _step_arguments),
]
