"""``hemu papers …``: the forms, and papers from draft to file."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.attachments.operations import keep_file
from hemu.attachments.queries import bytes_of
from hemu.estate.models import Community
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.infra.moments import iso_local, typed_day
from hemu.papers.operations import decide, draft_paper, issue_paper, submit_paper, void_paper
from hemu.papers.queries import (
    decided_plain,
    decisions_of,
    document_for,
    kinds,
    listed,
    plain,
    seal_uses,
    version_of,
    visible_to,
)
from hemu.papers.queries_checks import check_file, plain_check
from hemu.papers.queries_forms import (
    all_forms,
    blank_docx,
    blank_pdf,
    form_by,
    in_word,
    record_docx,
    record_pdf,
    records_of,
)
from hemu.papers.rules_documents import MARK, SCAN

MOST_SEALS = 1_000


def _forms(options: argparse.Namespace) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "name": each.name,
            "also": list(each.also),
            "clauses": list(each.clauses),
            "records": records_of(each),
            "word": in_word(each),
        }
        for each in all_forms()
    ]


def _form_lines(value: list[dict[str, Any]]) -> str:
    signs = {"whole": "●", "head": "◐", "none": "○"}
    lines = (
        f"{signs[each['records']]} {each['id']}  {each['name']}  {' '.join(each['clauses'])}"
        for each in value
    )
    return "\n".join(
        [*lines, "● 按记录打印 · from a record  ◐ 只填抬头 · its head alone  ○ 只有空白的 · blank only"]
    )


def _print_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form", metavar="FORM", help="编号或名称 · number or name, as `hemu papers forms` lists them"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--blank", metavar="OUT", help="空白的（.pdf，员工填写的可用 .docx） · blank, as .pdf or .docx"
    )
    what.add_argument(
        "--record",
        nargs=2,
        metavar=("ID", "OUT"),
        help="按一件记录（编号；房屋写成“小区代号 房号”） · from a record, by its number; a home as CODE ROOM",
    )
    parser.add_argument("--community", default="", metavar="NAME")
    parser.add_argument(
        "--by", default="", metavar="LOGIN", help="谁打印，留下记录 · who prints; it is recorded"
    )


def _print(options: argparse.Namespace) -> dict[str, Any]:
    form = form_by(options.form)
    if options.record:
        record, file = options.record
        by = actor_by_login(options.by, now=options.now) if options.by else None
        make = record_docx if file.lower().endswith(".docx") else record_pdf
        return written(file, make(form, record, by=by, now=options.now))
    file = options.blank
    community = _community(options.community)
    if file.lower().endswith(".docx"):
        return written(file, blank_docx(form, community=community))
    return written(file, blank_pdf(form, community=community, at=options.now))


def _community(name: str) -> Community | None:
    if name:
        return community_by_name(name)
    return Community.objects.select_related("office").order_by("name").first()


def written(file: str, made: bytes) -> dict[str, Any]:
    """Write a paper to a file and say so.

    Raises:
        RuleViolation: ``paper.unwritable`` (file).
    """
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        raise RuleViolation("paper.unwritable", file=file) from error
    return {"file": file, "bytes": len(made)}


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.pdf")


def _check(options: argparse.Namespace) -> dict[str, Any]:
    return plain_check(check_file(read(options.file), now=options.now))


def read(file: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        RuleViolation: ``file.unreadable`` (file).
    """
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise RuleViolation("file.unreadable", file=file) from error


def _acting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _of_one(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", type=UUID, metavar="ID")
    _acting(parser)


def _draft_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(kinds()))
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--title", required=True)
    parser.add_argument(
        "--body", required=True, help="正文，一段一行；- 从标准输入读 · text; - reads it from stdin"
    )
    parser.add_argument("--to", default="")
    parser.add_argument("--signed", default="")
    parser.add_argument("--since", type=_day, metavar="DAY")
    parser.add_argument("--until", type=_day, metavar="DAY")
    parser.add_argument("--place", dest="places", action="append", default=[])
    parser.add_argument("--case", default="", metavar="NUMBER", help="单据的诉求编号 · of a slip")
    _acting(parser)


def _day(text: str) -> date:
    try:
        return typed_day(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM-DD") from None


def _draft(options: argparse.Namespace) -> dict[str, Any]:
    by, community = actor_by_login(options.by, now=options.now), community_by_name(options.community)
    said = {name: getattr(options, name) for name in ("title", "to", "signed", "since", "until", "places")}
    made = draft_paper(
        kind=options.kind,
        office=community.office,
        community=community,
        by=by,
        act=by.act(now=options.now),
        content=said | {"body": sys.stdin.read() if options.body == "-" else options.body},
        case_number=options.case,
    )
    return plain(made)


def _submit(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    return plain(submit_paper(document=options.document, by=by, act=by.act(now=options.now)))


def _decide_arguments(parser: argparse.ArgumentParser) -> None:
    _of_one(parser)
    parser.add_argument("--code", default="", help="动态码 · of the authenticator")
    parser.add_argument("--refuse", default="", metavar="REASON", help="退回 · send it back")


def _decide(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    version = version_of(document_for(by, options.document, "paper.decide"))
    done = decide(
        document=options.document,
        by=by,
        act=by.act(now=options.now),
        digest=version.digest,
        agree=not options.refuse,
        typed=options.code,
        reason=options.refuse,
    )
    return plain(done) | {"decisions": [decided_plain(each) for each in decisions_of(version)]}


def _issue_arguments(parser: argparse.ArgumentParser) -> None:
    _of_one(parser)
    parser.add_argument("out", metavar="OUT.pdf")
    parser.add_argument(
        "--scan", dest="scans", action="append", default=[], metavar="FILE",
        help="盖章后的扫描件，一页一个 · of the sealed sheet, page by page",
    )  # fmt: skip
    parser.add_argument("--copies", type=int, default=1)


def _issue(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    scans = [keep_file(data=read(each), use="paper", by=by.key, now=options.now).id for each in options.scans]
    use = issue_paper(
        document=options.document,
        by=by,
        act=by.act(now=options.now),
        mode=SCAN if scans else MARK,
        copies=options.copies,
        scans=scans,
    )
    data = bytes_of(use.file.original_name) if use.file else None
    return plain(use.document) | {
        "seal": use.mode,
        "digest": use.file_digest,
        **written(options.out, data or b""),
    }


def _void_arguments(parser: argparse.ArgumentParser) -> None:
    _of_one(parser)
    parser.add_argument("--reason", required=True)


def _void(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    done = void_paper(document=options.document, by=by, act=by.act(now=options.now), reason=options.reason)
    return plain(done)


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=("open", "issued", "void", "all"), default="open")
    parser.add_argument("--after", type=UUID, metavar="ID")
    _acting(parser)


def _list(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    found, following = listed(visible_to(by), state=options.state, after=options.after)
    return {"items": [plain(each) for each in found], "next": following or None}


def _seals(options: argparse.Namespace) -> dict[str, Any]:
    by = actor_by_login(options.by, now=options.now)
    items = [
        {
            "number": each.document.number,
            "state": each.document.state,
            "mode": each.mode,
            "copies": each.copies,
            "at": iso_local(each.at),
            "by": str(each.by_id),
            "digest": each.file_digest,
            "scan_digests": each.scan_digests,
        }
        for each in seal_uses(by)[:MOST_SEALS]
    ]
    return {"items": items}


COMMANDS = [
    Command("papers", "forms", "全部表格 · every form of the register", _forms, human=_form_lines),
    Command("papers", "print", "打印一张表 · print a form, blank or from a record", _print, _print_arguments,
            human=lambda value: str(value["file"])),
    Command("papers", "list", "文书 · papers", _list, _list_arguments),
    Command("papers", "draft", "起草 · draft a paper", _draft, _draft_arguments),
    Command("papers", "submit", "送审 · hand it in", _submit, _of_one),
    Command("papers", "decide", "审批 · agree to it, or send it back", _decide, _decide_arguments),
    Command("papers", "issue", "用章发出 · issue it under the seal", _issue, _issue_arguments),
    Command("papers", "void", "作废 · make it void", _void, _void_arguments),
    Command("papers", "seals", "用章登记 · the register of the seal", _seals, _acting),
    Command("papers", "check", "核对一个文件 · is this file what was issued", _check, _check_arguments,
            succeeded=lambda value: bool(value["known"])),
]  # fmt: skip
