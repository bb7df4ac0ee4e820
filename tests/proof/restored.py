"""Judge a restored database: what was acknowledged before the backup began must be there, and the book be whole.

python -m tests.proof.restored JOURNAL     prints the problems as JSON
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from hemu.infra import clock  # noqa: E402
from hemu.ledger.models import Entry  # noqa: E402
from hemu.ledger.queries import verify  # noqa: E402
from tests.proof.journal import Journal, read_journal  # noqa: E402
from tests.proof.verdict import REGISTERED, is_act, kind_of  # noqa: E402


def judge(journal: Journal) -> list[str]:
    """Return one line for each case of which less is there than its client knew."""
    problems = [f"ledger: {text}" for text in verify(now=clock.now()).problems]
    for case in journal.cases:
        if not case.number:
            continue
        book = [
            entry.kind
            for entry in Entry.objects.filter(subject=f"request:{case.number}").order_by("seq")
            if is_act(entry)
        ]
        told = [REGISTERED, *(kind_of(step) for step in case.steps)]
        if book[: len(told)] != told:
            problems.append(f"{case.number}: restored {book}, acknowledged {told}")
    return problems


if __name__ == "__main__":
    print(json.dumps(judge(read_journal(Path(sys.argv[1]))), ensure_ascii=False))
