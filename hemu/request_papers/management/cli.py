"""``hemu paper FORM``"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from hemu.access.actors import Actor, actor_by_login
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import OFFICE_ZONE
from hemu.request_papers.forms.catalogue import FORMS
from hemu.request_papers.operations import Printing, form_of, print_blank, print_case, print_period
from hemu.service_requests.queries import request_by_number, request_for


def _arguments(parser: argparse.ArgumentParser) -> None:
    known = "、".join(f"{form.code} {form.name}" for form in FORMS.values())
    parser.add_argument("form", metavar="FORM", help=f"编号或名称 · code or name: {known}")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--case", default="", metavar="NUMBER", help="一件诉求 · of one case")
    what.add_argument("--from", dest="since", type=_day, metavar="DAY", help="从哪天起 · of the days from")
    what.add_argument("--blank", action="store_true", help="空白的 · a blank one")
    parser.add_argument(
        "--to", dest="until", type=_day, metavar="DAY", help="到哪天（含） · up to and including"
    )
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument(
        "--by", default="", metavar="LOGIN", help="谁打印，留下记录 · who prints; it is recorded"
    )
    parser.add_argument("--phones", action="store_true", help="完整号码 · phone numbers in full")
    parser.add_argument("-o", dest="file", required=True, metavar="FILE")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None


def _paper(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now) if options.by else None
    made = _made(options, Printing(options.now, by, options.phones), by)
    return write(options.file, made)


def _made(options: argparse.Namespace, printing: Printing, by: Actor | None) -> bytes:
    form = form_of(options.form)
    if options.case:
        found = request_for(by, options.case) if by else request_by_number(options.case)
        return print_case(form, found, printing=printing)
    community = community_by_name(options.community)
    if by:
        by.require("request.view", community.office_id)
    if options.blank:
        return print_blank(form, community=community, printing=printing)
    until = options.until or options.now.astimezone(OFFICE_ZONE).date()
    return print_period(form, community=community, since=options.since, until=until, printing=printing)


def write(file: str, made: bytes) -> dict[str, Any]:
    """Write a paper to a file and say so.

    Raises:
        RuleViolation: ``paper.unwritable`` (file).
    """
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        raise RuleViolation("paper.unwritable", file=file) from error
    return {"file": file, "bytes": len(made)}


COMMANDS = [
    Command("paper", "", "打印表格 · print a form: of a case, of some days, or blank", _paper, _arguments,
            human=lambda value: str(value["file"])),
]  # fmt: skip
