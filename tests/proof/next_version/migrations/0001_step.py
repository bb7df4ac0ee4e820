"""A step as the house takes it: a column that may be empty, filled in a step of its own, an index built apart.

With HEMU_PROOF_CARELESS it is the control: a column that the running version still uses gets another name.
"""

import os
from typing import Any

from django.db import migrations

TABLE = "service_requests_request"


def fill(apps: Any, schema_editor: Any) -> None:
    """Fill the new column slice by slice, each in a transaction of its own."""
    with schema_editor.connection.cursor() as cursor:
        changed = 1
        while changed:
            cursor.execute(
                f"UPDATE {TABLE} SET proof_step = 'done' WHERE number IN"
                f" (SELECT number FROM {TABLE} WHERE proof_step IS NULL LIMIT 500)"
            )
            changed = cursor.rowcount


def build_index(apps: Any, schema_editor: Any) -> None:
    how = "CONCURRENTLY" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"CREATE INDEX {how} proof_step_index ON {TABLE} (proof_step)")


CAREFUL = [
    migrations.RunSQL(
        f"ALTER TABLE {TABLE} ADD COLUMN proof_step varchar(10) NULL",
        f"ALTER TABLE {TABLE} DROP COLUMN proof_step",
    ),
    migrations.RunPython(fill, migrations.RunPython.noop),
    migrations.RunPython(
        build_index, lambda apps, schema_editor: schema_editor.execute("DROP INDEX proof_step_index")
    ),
]
CARELESS = [
    migrations.RunSQL(
        f"ALTER TABLE {TABLE} RENAME COLUMN text TO words", f"ALTER TABLE {TABLE} RENAME COLUMN words TO text"
    )
]


class Migration(migrations.Migration):
    atomic = False  # an index is built apart only outside of a transaction
    operations = CARELESS if os.environ.get("HEMU_PROOF_CARELESS") else CAREFUL
