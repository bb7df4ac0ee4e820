"""``hemu files …``"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from hemu.attachments.operations import erase_file, keep_file
from hemu.attachments.operations.storing import remove_bytes
from hemu.attachments.queries import verify_files
from hemu.attachments.rules import USES, at_most
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command


def file_arguments(parser: argparse.ArgumentParser) -> None:
    """Let a command that takes an act bring files with it."""
    parser.add_argument(
        "--file", dest="files", action="append", default=[], metavar="PATH", help="附件 · a file"
    )
    parser.add_argument("--use", default="photo", choices=USES, help="附件的用途 · what the files are")


def kept_files(paths: Sequence[str], *, use: str, by: str, now: datetime) -> list[str]:
    """Keep the files that a command names and return their ids.

    Raises:
        RuleViolation: ``file.unreadable``, ``file.too_many``, and those of ``keep_file``.
    """
    return [str(keep_file(data=_read(path), use=use, by=by, now=now).id) for path in at_most(paths)]


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise RuleViolation("file.unreadable", file=Path(path).name) from error


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--remove-strays", action="store_true", help="删去无主的文件 · remove what no row speaks of"
    )


def _verify(options: argparse.Namespace) -> dict[str, Any]:
    found = verify_files()
    if options.remove_strays:
        remove_bytes(found.strays)
    return {"ok": found.ok, **asdict(found)}


def _verify_lines(value: dict[str, Any]) -> str:
    counts = f"{value['files']} files · {value['bytes']} bytes · {len(value['strays'])} strays"
    return "\n".join([counts, *value["problems"], *(f"stray: {name}" for name in value["strays"])])


def _erase_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file_id", type=UUID, metavar="ID")


def _erase(options: argparse.Namespace) -> dict[str, Any]:
    if not erase_file(file=options.file_id):
        raise RuleViolation("file.not_found")
    return {"erased": str(options.file_id)}


COMMANDS = [
    Command("files", "verify", "核对封存原件的摘要 · recompute the digests of the sealed originals", _verify,
            _verify_arguments, human=_verify_lines, succeeded=lambda value: bool(value["ok"])),
    Command("files", "erase", "删除一个附件，台账里的摘要不变 · erase a file; its digest stays in the book", _erase,
            _erase_arguments),
]  # fmt: skip
