"""``hemu paper FORM``"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from hemu.access.actors import Actor, actor_by_login
from hemu.estate.models import Office
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import office_day, typed_day
from hemu.papers.management.cli import written
from hemu.request_papers.forms.catalogue import FORMS
from hemu.request_papers.operations import (
    Printing,
    form_of,
    keep_letter_template,
    print_blank,
    print_case,
    print_period,
    use_house_letter,
    write_reply,
)
from hemu.service_requests.queries import request_by_number, request_for

LETTER = "letter"


def _arguments(parser: argparse.ArgumentParser) -> None:
    known = "、".join(f"{form.code} {form.name}" for form in FORMS.values())
    parser.add_argument(
        "form",
        metavar="FORM",
        help=f"编号、名称或 letter（答复函，Word） · code, name or letter (Word): {known}",
    )
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
        return typed_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None


def _paper(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now) if options.by else None
    made = _made(options, Printing(options.now, by, options.phones), by)
    return written(options.file, made)


def _made(options: argparse.Namespace, printing: Printing, by: Actor | None) -> bytes:
    if options.form == LETTER:
        if not options.case:
            raise RuleViolation("letter.needs_case")
        found = request_for(by, options.case) if by else request_by_number(options.case)
        return write_reply(found, by=by, now=options.now)
    form = form_of(options.form)
    if options.case:
        found = request_for(by, options.case) if by else request_by_number(options.case)
        return print_case(form, found, printing=printing)
    community = community_by_name(options.community)
    if by:
        by.require("request.view", community.office_id)
    if options.blank:
        return print_blank(form, community=community, printing=printing)
    until = options.until or office_day(options.now)
    return print_period(form, community=community, since=options.since, until=until, printing=printing)


def _template_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--office", required=True, metavar="NAME")
    parser.add_argument("--by", required=True, metavar="LOGIN")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--house", action="store_true", help="改回原来的 · back to the letter of the house")
    what.add_argument("file", nargs="?", metavar="FILE.docx")


def _template(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    office = Office.objects.filter(name=options.office).first()
    if office is None:
        raise RuleViolation("letter.unknown_office", name=options.office)
    if options.house:
        use_house_letter(office=office, by=by, act=by.act(now=options.now))
        return {"office": office.name, "digest": None}
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        raise RuleViolation("letter.unreadable") from error
    kept = keep_letter_template(office=office, content=content, by=by, act=by.act(now=options.now))
    return {"office": office.name, "digest": kept.digest}


COMMANDS = [
    Command("paper", "", "打印表格 · print a form: of a case, of some days, or blank", _paper, _arguments,
            human=lambda value: str(value["file"])),
    Command("letter", "template", "换答复函模板 · change an office's own letter", _template, _template_arguments),
]  # fmt: skip
