"""``hemu papers …``: the forms."""

import argparse
from pathlib import Path
from typing import Any

from hemu.access.actors import actor_by_login
from hemu.estate.models import Community
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command
from hemu.papers.queries_forms import (
    all_forms,
    blank_docx,
    blank_pdf,
    form_by,
    has_records,
    in_word,
    record_pdf,
)


def _forms(options: argparse.Namespace) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "name": each.name,
            "also": list(each.also),
            "clauses": list(each.clauses),
            "records": has_records(each),
            "word": in_word(each),
        }
        for each in all_forms()
    ]


def _form_lines(value: list[dict[str, Any]]) -> str:
    return "\n".join(f"{each['id']}  {each['name']}  {' '.join(each['clauses'])}" for each in value)


def _print_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form", metavar="FORM", help="编号或名称 · number or name, as `hemu papers forms` lists them"
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--blank", metavar="OUT", help="空白的（.pdf，员工填写的可用 .docx） · blank, as .pdf or .docx"
    )
    what.add_argument(
        "--record", nargs=2, metavar=("ID", "OUT"), help="按一件记录 · from a record, by its number"
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
        return written(file, record_pdf(form, record, by=by, now=options.now))
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


COMMANDS = [
    Command("papers", "forms", "全部表格 · every form of the register", _forms, human=_form_lines),
    Command("papers", "print", "打印一张表 · print a form, blank or from a record", _print, _print_arguments,
            human=lambda value: str(value["file"])),
]  # fmt: skip
