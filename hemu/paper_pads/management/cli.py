"""``hemu request pad …``: numbers reserved on paper, and typing them in."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.estate.queries import caller_at, community_by_name, home_as_said
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import iso_local, office_day
from hemu.paper_pads.models import Pad
from hemu.paper_pads.operations import print_pad, register_sheet, reserve_pad, return_sheets
from hemu.paper_pads.queries import number_as_written, open_sheets, pads
from hemu.service_requests.operations import Caller
from hemu.service_requests.rules import CHANNELS, TYPES


def _reserve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("-o", dest="file", default="", metavar="FILE.pdf")


def _reserve(options: argparse.Namespace) -> dict[str, Any]:
    if options.file and not Path(options.file).resolve().parent.is_dir():
        raise RuleViolation("paper.unwritable", file=options.file)  # before any number is taken
    by = actor_by_login(options.by, now=options.now)
    community = community_by_name(options.community)
    pad = reserve_pad(community=community, count=options.count, by=by, act=by.act(now=options.now))
    return _stands(pad) | _printed(pad, options.file, options)


def _printed(pad: Pad, file: str, options: argparse.Namespace) -> dict[str, Any]:
    if not file:
        return {}
    made = print_pad(pad, now=options.now)
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        raise RuleViolation("paper.unwritable", file=file) from error
    return {"file": file}


def _stands(pad: Pad) -> dict[str, Any]:
    return {
        "pad": str(pad.id),
        "community": pad.community.name,
        "first": pad.number(pad.first),
        "last": pad.number(pad.last),
        "reserved_at": iso_local(pad.reserved_at),
        "open": [sheet.number for sheet in open_sheets(pad)],
    }


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument("--print", dest="pad", default="", metavar="PAD")
    parser.add_argument("-o", dest="file", default="", metavar="FILE.pdf")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    if options.pad:
        pad = _pad(options.pad)
        return _stands(pad) | _printed(pad, options.file, options)
    found = pads().order_by("-id")
    if options.community:
        found = found.filter(community=community_by_name(options.community))
    return {"items": [_stands(pad) for pad in found[:50]]}


def _pad(text: str) -> Pad:
    try:
        pad = pads().filter(id=UUID(text)).first()
    except ValueError:
        pad = None
    if pad is None:
        raise RuleViolation("pad.not_found")
    return pad


def _enter_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", required=True, type=moment, help="来电来访的时间 · when the call came")
    parser.add_argument("--reason", required=True, help="为什么记在纸上 · why it was on paper")
    parser.add_argument("--type", required=True, choices=TYPES)
    parser.add_argument("--channel", default="phone", choices=CHANNELS)
    parser.add_argument("--text", required=True)
    parser.add_argument("--answer", default="")
    parser.add_argument("--home", default="")
    parser.add_argument("--caller", default="")
    parser.add_argument("--phone", default="")
    parser.add_argument("--anonymous", action="store_true")


def _enter(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    community = community_by_name(options.community)
    home, said = home_as_said(community, options.home)
    day = office_day(options.at)
    person = caller_at(home, options.phone, options.caller, on=day)
    named = Caller(person, options.caller, options.phone)
    request = register_sheet(
        number=number_as_written(community, options.number),
        community=community,
        by=by,
        act=by.act(now=options.now, at=options.at),
        late_reason=options.reason,
        answer=options.answer,
        home=home,
        place=said,
        type=options.type,
        text=options.text,
        caller=Caller(anonymous=True) if options.anonymous else named,
        channel=options.channel,
    )
    return {"number": request.number, "state": str(request.state), "version": request.version}


def _return_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pad", metavar="PAD")
    parser.add_argument("number", nargs="+", metavar="NUMBER")
    parser.add_argument("--reason", required=True)
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _return(options: argparse.Namespace) -> dict[str, Any]:
    by, pad = actor_by_login(options.by, now=options.now), _pad(options.pad)
    numbers = [number_as_written(pad.community, each) for each in options.number]
    return_sheets(pad=pad, numbers=numbers, reason=options.reason, by=by, act=by.act(now=options.now))
    return _stands(pad)


COMMANDS = [
    Command("request", "pad", "预留纸单编号并打印 · reserve numbers on paper and print them", _reserve,
            _reserve_arguments),
    Command("request", "pads", "已预留的纸单 · pads and their open numbers; prints one again", _list, _list_arguments),
    Command("request", "pad-enter", "补录一张纸单 · type a sheet in", _enter, _enter_arguments),
    Command("request", "pad-return", "退回纸单编号 · give numbers back", _return, _return_arguments),
]  # fmt: skip
