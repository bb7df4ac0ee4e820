"""Let the database itself refuse to change the book."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = {"ledger_entry": ("seq", "id"), "ledger_seal": ("number",), "ledger_leaf": ("entry_seq",)}
ERASABLE = ("ledger_closedwords",)


def _sqlite() -> list[str]:
    def refuse(table: str, event: str, when: str = "") -> str:
        return (
            f"CREATE TRIGGER {table}_no_{event} BEFORE {'INSERT' if event == 'replace' else event.upper()}"
            f" ON {table} {when} BEGIN SELECT RAISE(ABORT, 'the book is never changed: {table}'); END"
        )

    statements = [refuse(table, "update") for table in (*KEPT, *ERASABLE)]
    statements += [refuse(table, "delete") for table in KEPT]
    for table, keys in KEPT.items():
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        statements.append(refuse(table, "replace", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"))
    return statements


def _postgresql() -> list[str]:
    statements = [
        "CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the book is never changed: %', TG_TABLE_NAME; END $$"
    ]
    for table in (*KEPT, *ERASABLE):
        events = {"update": "ROW", "truncate": "STATEMENT"} | ({"delete": "ROW"} if table in KEPT else {})
        statements += [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table}"
            f" FOR EACH {each} EXECUTE FUNCTION ledger_refuse()"
            for event, each in events.items()
        ]
    return statements


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": _sqlite, "postgresql": _postgresql}[editor.connection.vendor]():
        editor.execute(statement, params=None)  # the statements hold a % of their own


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop, elidable=False)]
