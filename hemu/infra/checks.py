"""System checks on the ground the product stands on."""

import sqlite3
from collections.abc import Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from hemu.infra import standing
from hemu.infra.sqlite import has_wal_reset_race


@register()
def sqlite_library(**kwargs: object) -> list[CheckMessage]:
    """Refuse WAL on a SQLite library that can lose committed pages in it."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"] or not has_wal_reset_race(sqlite3.sqlite_version_info):
        return []
    if "journal_mode=TRUNCATE" in database["OPTIONS"]["init_command"]:
        return []
    return [Error(f"SQLite {sqlite3.sqlite_version} may corrupt a WAL file", id="hemu.E001")]


@register(Tags.database)
def standing_triggers(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Refuse to serve where a change of posts could go unnoticed by the processes that have read them."""
    if not databases or "infra_standing" not in connection.introspection.table_names():
        return []
    return [Error(f"trigger missing: {name}", id="hemu.E004") for name in standing.missing()]
