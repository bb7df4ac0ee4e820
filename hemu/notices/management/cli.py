"""``hemu work …``: planned works. ``hemu redact``: what points to a person or a home leaves a text."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.estate.queries import community_by_name
from hemu.foundation.anonymity import redact
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.notices.models import Work
from hemu.notices.operations_works import Times, plan_work, take_work_step
from hemu.notices.queries_publishing import known_names
from hemu.notices.queries_works import listed, plain
from hemu.notices.rules_works import KINDS

BIGGEST = 10 * 1024 * 1024


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--state", choices=("planned", "all"), default="planned")


def _list(options: argparse.Namespace) -> dict[str, Any]:
    rows = Work.objects.filter(community=community_by_name(options.community)).select_related("community")
    found, _following = listed(rows, state=options.state)
    return {"items": [plain(each) for each in found]}


def _times(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--starts", type=moment, required=required, metavar="TIME")
    parser.add_argument("--ends", type=moment, required=required, metavar="TIME")
    parser.add_argument("--text", required=True)
    parser.add_argument("--by", required=True, metavar="LOGIN")
    parser.add_argument("--at", type=moment, metavar="TIME")


def _plan_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--place", required=True)
    _times(parser, required=True)


def _plan(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    work = plan_work(
        community=community_by_name(options.community),
        kind=options.kind,
        place=options.place,
        starts=options.starts,
        ends=options.ends,
        by=by,
        act=by.act(now=options.now, at=options.at),
        words=options.text,
    )
    return plain(work)


def _step_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", type=UUID, metavar="ID")
    parser.add_argument("step", metavar="STEP")
    _times(parser, required=False)


def _step(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    entry = take_work_step(
        work=options.work,
        step=options.step,
        by=by,
        act=by.act(now=options.now, at=options.at),
        words=options.text,
        times=Times(options.starts, options.ends),
    )
    return {"entry": str(entry.id), "kind": entry.kind, **entry.facts}


def _redact_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="UTF-8; - 从标准输入读 · - reads standard input"
    )
    parser.add_argument(
        "--community", metavar="NAME", help="这个小区登记的姓名也去掉 · names known there go too"
    )


def _redact(options: argparse.Namespace) -> dict[str, Any]:
    text = _read(options.file)
    names = known_names(community_by_name(options.community)) if options.community else ()
    outcome = redact(text, names=names)
    removed = [{"kind": each.kind, "start": each.start, "end": each.end} for each in outcome.removed]
    return {"text": outcome.text, "removed": removed}


def _read(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read(BIGGEST + 1) if str(file) == "-" else file.read_bytes()
        if len(data) > BIGGEST:
            raise RuleViolation("redact.too_long", limit=BIGGEST // 1024 // 1024)
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleViolation("redact.unreadable", file=str(file)) from error


def _text_alone(value: Mapping[str, Any]) -> str:
    return str(value["text"])


COMMANDS = [
    Command("work", "list", "计划作业 · planned works", _list, _list_arguments),
    Command("work", "plan", "安排作业 · plan works", _plan, _plan_arguments),
    Command("work", "step", "办一步 · take a step", _step, _step_arguments),
    Command(
        "redact",
        "",
        "公布以前去掉姓名、房号、电话 · redact a text",
        _redact,
        _redact_arguments,
        human=_text_alone,
    ),
]
