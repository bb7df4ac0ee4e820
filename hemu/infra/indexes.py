"""Adding an index to a table that people write to meanwhile, and passing one by."""

from typing import Any

from django.db.migrations import AddIndex
from django.db.models import Func

from hemu.infra.locks import AS_LONG_AS_IT_TAKES, waiting_at_most


class AddIndexMeanwhile(AddIndex):
    """Add an index without keeping writers waiting: PostgreSQL builds it concurrently, SQLite has one writer anyway.

    The migration says ``atomic = False``. A build that was broken off leaves an index that nothing uses: run again,
    it is taken away first.
    """

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Build the index."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        name = schema_editor.quote_name(self.index.name)
        with waiting_at_most(AS_LONG_AS_IT_TAKES):  # it waits for old transactions, and nobody behind it
            schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            schema_editor.add_index(model, self.index, concurrently=True)


class Unsought(Func):
    """A column that is compared row by row: on SQLite no index is chosen for its sake, and PostgreSQL chooses well."""

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the expression for SQLite, which passes by the indexes of what stands behind a plus."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)
