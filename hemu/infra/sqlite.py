"""The SQLite library that carries the embedded default.

Versions 3.7.0 to 3.51.2 can corrupt a WAL file in a race between two connections, and distributions still
ship them. The bundled wheel takes the place of the standard module before Django imports it.
"""

import sys


def prefer_bundled_sqlite() -> None:
    """Put the bundled SQLite in the place of ``sqlite3`` where a wheel fits; elsewhere the system's serves."""
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # no wheel for this platform; a check looks at the system's version
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def has_wal_reset_race(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite version has the WAL-reset race (fixed in 3.51.3, 3.50.7 and 3.44.6)."""
    if version >= (3, 51, 3):
        return False
    return not ((3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))
