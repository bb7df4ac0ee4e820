"""The table of entries that wait for their seal, and the trigger that writes in it with every entry.

A trigger and not a statement of `append`: it costs the writer no round trip, nothing that writes entries past
`append` can forget it, and processes of the version before, which know no such table, fill it as well.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

INSERT = "INSERT INTO ledger_unsealed (entry_seq) VALUES (NEW.seq)"
CREATE = {
    "sqlite": [
        f"CREATE TRIGGER ledger_entry_unsealed AFTER INSERT ON ledger_entry BEGIN {INSERT}; END",
    ],
    "postgresql": [
        "CREATE FUNCTION ledger_wait_for_seal() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {INSERT}; RETURN NULL; END $$",
        "CREATE TRIGGER ledger_entry_unsealed AFTER INSERT ON ledger_entry"
        " FOR EACH ROW EXECUTE FUNCTION ledger_wait_for_seal()",
    ],
}


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in CREATE[editor.connection.vendor]:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_triggers")]
    operations = [
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="entry_seq",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="unsealed_row",
                        serialize=False,
                        to="ledger.entry",
                    ),
                ),
            ],
        ),
        migrations.RunPython(create, migrations.RunPython.noop, elidable=False),
    ]
