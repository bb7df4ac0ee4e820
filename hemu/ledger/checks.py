"""The check that the ledger's triggers are in place; runs with `check --database default` and before serving."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from hemu.ledger.triggers import missing_triggers


@register(Tags.database)
def ledger_triggers(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    if not databases or "ledger_entry" not in connection.introspection.table_names():
        return []
    return [Error(f"ledger trigger missing: {name}", id="hemu.E002") for name in missing_triggers()]
