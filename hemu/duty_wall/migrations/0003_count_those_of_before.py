"""Let the duties of before be counted too: book by book, in short transactions, while the house goes on.

It reads no more than the index by month. What duties do meanwhile the triggers note by themselves; done twice it is no
harm, for a month is counted anew and not added up.
"""

from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from hemu.duty_wall.triggers import TABLE, TOUCHED, month_of

SLICE = 500


def note_months(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    last = ""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT id FROM ledger_book WHERE id > %s ORDER BY id LIMIT %s", [last, SLICE])
            books = [book for (book,) in cursor.fetchall()]
            if not books:
                return
            last = books[-1]
            for book in books:
                cursor.execute(
                    f"INSERT INTO {TOUCHED} (book, month) SELECT DISTINCT duty.book_id, {month_of('duty')}"
                    f" FROM {TABLE} AS duty WHERE duty.book_id = %s",
                    [book],
                )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("duty_wall", "0002_touched_by_triggers")]
    operations = [migrations.RunPython(note_months, migrations.RunPython.noop, atomic=False, elidable=True)]
