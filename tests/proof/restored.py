"""Judge a restored database: what was acknowledged before the backup began must be there, and the book be whole.

python -m tests.proof.restored whole JOURNAL | flips ARCHIVE SEED COUNT     prints the problems as JSON
"""

import json
import random
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from hemu.config.archive import restore  # noqa: E402
from hemu.foundation.errors import RuleViolation  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.ledger.models import Entry  # noqa: E402
from hemu.ledger.queries import verify  # noqa: E402
from tests.proof.flips import flipped  # noqa: E402
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


def flips(path: Path, seed: int, count: int) -> list[str]:
    """Try to restore copies of an archive, each with one bit turned over; each must be refused."""
    call_command("migrate", verbosity=0)
    chance = random.Random(seed)
    for _ in range(count):
        spoilt = flipped(path, chance)
        try:
            restore(spoilt, now=clock.now())
        except RuleViolation:
            continue
        return [f"{spoilt.name}: a flipped bit went through"]
    return []


if __name__ == "__main__":
    if sys.argv[1] == "whole":
        problems = judge(read_journal(Path(sys.argv[2])))
    else:
        problems = flips(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(problems, ensure_ascii=False))
