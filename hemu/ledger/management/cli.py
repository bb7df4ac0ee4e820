"""``hemu ledger verify | seal``; what names a community stands in `attesting`."""

import argparse
from typing import Any

from hemu.infra.command import Command
from hemu.infra.moments import iso_local
from hemu.ledger.operations import seal
from hemu.ledger.queries import last_seal, unsealed_count, verify
from hemu.ledger.rules import read_code, root_code


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="CODE",
        help="公布过的封存码 · a code that was published",
    )


def _verify(options: argparse.Namespace) -> dict[str, Any]:
    codes = [read_code(code) for code in options.root]
    found = verify(now=options.now, codes=codes)
    return {
        "ok": found.ok,
        "entries": found.entries,
        "seals": found.seals,
        "unsealed": found.unsealed,
        "root": found.root,
        "code": root_code(found.root) if found.root else "",
        "published": found.compared,
        "problems": found.problems,
    }


def _seal(options: argparse.Namespace) -> dict[str, Any]:
    """Seal now, not at the next hour; nothing new is no new seal."""
    made = 0
    while seal(now=options.now) is not None:
        made += 1
    last = last_seal()
    return {
        "seals": made,
        "number": last.number if last else 0,
        "code": last.code if last else "",
        "sealed_at": iso_local(last.sealed_at) if last else None,
        "unsealed": unsealed_count(),
    }


COMMANDS = [
    Command(
        "ledger",
        "verify",
        "核验台账 · verify the book",
        _verify,
        _verify_arguments,
        succeeded=lambda value: bool(value["ok"]),
    ),
    Command("ledger", "seal", "现在封存 · seal what waits", _seal),
]
