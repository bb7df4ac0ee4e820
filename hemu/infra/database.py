"""What a database error says about the database itself: away for a while, or its disk is full."""

from errno import EDQUOT, ENOSPC
from typing import Literal

from django.db import DatabaseError, InterfaceError, OperationalError

Fault = Literal["away", "full"]
_NO_ROOM = (ENOSPC, EDQUOT)
_FULL, _AWAY = ("53100",), ("08", "57P", "53")
_SQLITE_FULL = ("database or disk is full",)
_SQLITE_AWAY = ("database is locked", "disk i/o error", "unable to open database file")


def fault_behind(error: BaseException | None) -> Fault | None:
    """Return what ails the database or the disk below an error; None where the fault is the program's own.

    *full*: nothing can be written until somebody makes room. *away*: it is starting again, busy for too long or
    out of reach, and may answer in a moment.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        found = _disk(error) if isinstance(error, OSError) else _database(error)
        if found:
            return found
        error = error.__cause__ or error.__context__
    return None


def _disk(error: OSError) -> Fault | None:
    return "full" if error.errno in _NO_ROOM else None


def _database(error: BaseException) -> Fault | None:
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if not hasattr(cause, "sqlstate"):
        return _sqlite(str(error).lower())
    state = str(getattr(cause, "sqlstate", None) or "")
    if state in _FULL:
        return "full"
    lost = not state and isinstance(error, OperationalError | InterfaceError)
    return "away" if lost or state.startswith(_AWAY) else None


def _sqlite(words: str) -> Fault | None:
    if any(each in words for each in _SQLITE_FULL):
        return "full"
    return "away" if any(each in words for each in _SQLITE_AWAY) else None
