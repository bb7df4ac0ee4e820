"""``hemu call …``, ``hemu channel …``: calls as a telephone system recorded them, and the monthly check."""

import argparse
import csv
from pathlib import Path
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor, actor_by_login
from hemu.contact_channels.models import Call
from hemu.contact_channels.operations import check_channels, explain_call, note_call
from hemu.contact_channels.queries import figures_of, to_return, without_cause
from hemu.contact_channels.rules import CHECKED, YES, check_columns, read_record, rings_of
from hemu.estate.models import Office
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, key_value, moment
from hemu.infra.moments import iso_local
from hemu.ledger.entries import Proof

MOST = 200
"""Calls without a cause that are listed at once."""


def _office(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", required=True, metavar="NAME")


def _office_named(name: str) -> Office:
    office = Office.objects.filter(name=name.strip()).first()
    if office is None:
        raise RuleViolation(
            "office.unknown", name=name, known=list(Office.objects.values_list("name", flat=True)[:20])
        )
    return office


def _list(options: argparse.Namespace) -> dict[str, Any]:
    rows = Call.objects.filter(office=_office_named(options.office))
    figures = figures_of(rows, now=options.now)
    return {
        "calls": figures.calls,
        "answered": figures.answered,
        "within_three_rings": figures.in_time,
        "to_return": [iso_local(each.called_at) for each in to_return(rows)],
        "without_cause": [
            {"call": str(each.id), "at": iso_local(each.called_at)} for each in without_cause(rows)[:MOST]
        ],
    }


def _explain_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("call", type=UUID, metavar="CALL", help="hemu call list")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--text", default="", help="为什么事 · what it was about")
    parser.add_argument("--case", default="", metavar="NUMBER", help="登记的编号 · the case that came of it")


def _explain(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    entry = explain_call(
        call=options.call,
        by=by,
        act=by.act(now=options.now),
        request=options.case,
        about=options.text,
    )
    return {"entry": str(entry.id), **entry.facts}


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv", help="列 · columns: 时间 号码 振铃秒数 接通 [坐席 事由]")
    _office(parser)
    parser.add_argument("--by", required=True, metavar="LOGIN", help="没有坐席一列时是谁接的 · who took them")


def _import(options: argparse.Namespace) -> dict[str, Any]:
    office, by = _office_named(options.office), actor_by_login(options.by, now=options.now)
    before = Call.objects.filter(office=office).count()
    lines = _lines(options.file)
    for number, line in enumerate(lines, start=2):
        _note(office, by, line, number, options)
    return {"read": len(lines), "new": Call.objects.filter(office=office).count() - before}


def _lines(file: str) -> list[dict[str, str]]:
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleViolation("call.no_such_file", file=file) from error
    lines = [
        {key or "": (value or "").strip() for key, value in each.items()}
        for each in csv.DictReader(text.splitlines())
    ]
    if lines:
        check_columns(lines[0])
    return lines


def _note(office: Office, by: Actor, line: dict[str, str], number: int, options: argparse.Namespace) -> None:
    said = read_record(line)
    taken = said["answered"].lower() in YES
    login, about = said["login"], said["about"]
    actor = actor_by_login(login, now=options.now) if login and taken else by
    try:
        at, rings = moment(said["time"]), rings_of(int(said["seconds"]))
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise RuleViolation("call.unreadable", line=number, text=",".join(line.values())) from error
    act = actor.act(now=options.now, at=at, proof=Proof.DEVICE)
    note_call(
        office=office, by=actor, act=act, phone=said["phone"], rings=rings, answered=taken,
        about=about,
    )  # fmt: skip


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        type=key_value,
        metavar="channel=finding",
        help=" ".join(CHECKED),
    )
    parser.add_argument("--text", default="")


def _check(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    entry = check_channels(
        community=community_by_name(options.community),
        by=by,
        act=by.act(now=options.now),
        found=dict(options.set),
        words=options.text,
    )
    return {"entry": str(entry.id), **entry.facts}


COMMANDS = [
    Command("call", "list", "来电与漏接 · calls, and those to return", _list, _office),
    Command(
        "call", "import", "导入电话系统的记录 · read a telephone system's record", _import, _import_arguments
    ),
    Command("call", "explain", "补记为什么事 · what a call was about", _explain, _explain_arguments),
    Command("channel", "check", "每月检查渠道 RQ-27 · the monthly check", _check, _check_arguments),
]
