"""System checks on the ground the product stands on."""

import sqlite3

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

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
