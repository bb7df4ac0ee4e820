"""Let the entries of before that have no leaf wait for their seal too.

Read without a lock and written in short transactions, while the house goes on: what the trigger wrote meanwhile
is there already, and what a sealer of the version before sealed meanwhile the next seal forgets.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SLICE = 5_000
WITHOUT_LEAF = (
    "SELECT seq FROM ledger_entry WHERE seq > %s AND NOT EXISTS"
    " (SELECT 1 FROM ledger_leaf WHERE entry_seq = seq) ORDER BY seq LIMIT %s"
)


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    last = 0
    with editor.connection.cursor() as cursor:
        while True:
            cursor.execute(WITHOUT_LEAF, [last, SLICE])
            found = [seq for (seq,) in cursor.fetchall()]
            if not found:
                return
            last = found[-1]
            cursor.executemany(
                "INSERT INTO ledger_unsealed (entry_seq) VALUES (%s) ON CONFLICT DO NOTHING",
                [(seq,) for seq in found],
            )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("ledger", "0003_unsealed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, atomic=False, elidable=True)]
