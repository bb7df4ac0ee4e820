"""Seal the book again and again, or once, or change an entry past the triggers; print how the book stands.

python -m tests.proof.seal on | once | tamper | look
"""

import json
import sys
from threading import Event

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from hemu.infra import clock  # noqa: E402
from hemu.ledger.models import Entry, Leaf, Seal  # noqa: E402
from hemu.ledger.operations import seal  # noqa: E402

PAUSE_SECONDS = 0.02


def seal_on() -> None:
    pause = Event()
    while True:
        seal(now=clock.now())
        pause.wait(PAUSE_SECONDS)


def tamper() -> None:
    """Change one entry's actor as somebody with the database's password would."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE ledger_entry SET actor = 'staff:other' WHERE seq = 3")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute("UPDATE ledger_entry SET actor = 'staff:other' WHERE seq = 3")
        for _, sql in triggers:
            cursor.execute(sql)


if __name__ == "__main__":
    if sys.argv[1] == "on":
        seal_on()
    if sys.argv[1] == "tamper":
        tamper()
    if sys.argv[1] == "once":
        while seal(now=clock.now()):
            pass
    entries = Entry.objects.count()
    sealed = Leaf.objects.values("entry_seq").distinct().count()
    print(json.dumps({"entries": entries, "seals": Seal.objects.count(), "unsealed": entries - sealed}))
