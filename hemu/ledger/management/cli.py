"""``hemu ledger …``"""

import argparse
from typing import Any

from hemu.infra.command import Command
from hemu.ledger.queries import verify


def _verify(options: argparse.Namespace) -> dict[str, Any]:
    found = verify(now=options.now)
    return {
        "ok": found.ok,
        "entries": found.entries,
        "seals": found.seals,
        "unsealed": found.unsealed,
        "root": found.root,
        "problems": found.problems,
    }


COMMANDS = [
    Command(
        "ledger", "verify", "核验台账 · verify the book", _verify, succeeded=lambda value: bool(value["ok"])
    )
]
