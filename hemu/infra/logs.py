"""What is logged, and how: one JSON object a line on a server, readable lines elsewhere; nothing about people.

An exception's own words are left out, for they hold what somebody typed (`invalid literal …: '1990…'`, PostgreSQL's
`DETAIL: Key (phone)=(…)`). Its type, the database's code and constraint and the lines of the code it came through say
enough. What other packages warn of is told by its template alone.
"""

import json
import logging
import logging.config
import os
import re
import sys
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

FORMS = ("json", "text", "full")
"""`full` is readable and tells the words of exceptions as well: for a developer's own machine."""
FACTS = ("route", "method", "status", "ms", "account", "round", "done")
"""What a line may say beside its message, given as ``extra``."""
SAFE_WORDS = (AttributeError, NameError, ImportError, RecursionError, MemoryError)
"""Exceptions whose words name code, never what somebody typed."""
CODE = re.compile(r"[\w.-]{1,60}", re.ASCII)
DEEPEST = 6

request_id: ContextVar[str] = ContextVar("request_id", default="")


def logging_settings(form: str, file: str = "") -> dict[str, Any]:
    """Return what `logging.config` asks for.

    Args:
        form: one of ``FORMS``.
        file: where to; it is opened anew when it was moved away. Without one, standard error.
    """
    formatter = {"json": "hemu.infra.logs.JsonLines"}.get(form, "hemu.infra.logs.ReadableLines")
    handler: dict[str, Any] = {"class": "logging.StreamHandler", "formatter": "line"}
    if file:
        handler |= {"class": "logging.handlers.WatchedFileHandler", "filename": file, "delay": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, **({"words": True} if form == "full" else {})}},
        "filters": {"failures": {"()": "hemu.infra.logs.failures_alone"}},
        "handlers": {"out": handler},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            "django.request": {"level": "ERROR", "filters": ["failures"]},
            # Each answer is one line on a server; at a terminal only what went wrong.
            "hemu.web": {"level": "INFO" if form == "json" else "ERROR"},
        },
    }


def failures_alone() -> Callable[[logging.LogRecord], bool]:
    """Return a filter without the answers of /readyz: that something is still missing is no failure."""

    def is_failure(record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        return match is None or match.view_name != "readyz"

    return is_failure


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what is known of request and exception."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            "process": record.process,
        }
        line |= facts_of(record)
        if record.exc_info and record.exc_info[1]:
            line["exception"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class ReadableLines(logging.Formatter):
    """One line for a person, and an exception below it; with ``words`` its own words too."""

    def __init__(self, words: bool = False) -> None:
        super().__init__()
        self.words = words

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in facts_of(record).items())
        moment = datetime.fromtimestamp(record.created, UTC).astimezone()
        line = f"{moment:%H:%M:%S} {record.levelname} {record.name}: {message_of(record)} {facts}".rstrip()
        if not record.exc_info or not record.exc_info[1]:
            return line
        if self.words:
            return line + "\n" + "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        return line + _readable(told(record.exc_info[1]))


def message_of(record: logging.LogRecord) -> str:
    """Return a record's message without what a request brought along."""
    if hasattr(record, "request"):  # Django's own: path, host or referer stand in its words
        return "request failed"
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if record.name.split(".")[0] == "hemu" or record.levelno < logging.WARNING:
        return record.getMessage()
    template = record.msg.partition(" from ip=")[0]
    try:
        return template % tuple(each if isinstance(each, int) else "…" for each in record.args or ())
    except (TypeError, ValueError):
        return template


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what a record says beside its message: the request's id, its route, how it was answered."""
    found = {"request_id": getattr(record, "request_id", "") or request_id.get()}
    found |= {name: getattr(record, name, None) for name in FACTS}
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        found |= {
            "request_id": getattr(request, "number", ""),  # told after the last middleware has gone
            "route": match.view_name if match else "",
            "method": getattr(request, "method", ""),
            "status": getattr(record, "status_code", None),
        }
    return {name: value for name, value in found.items() if value not in (None, "")}


def told(error: BaseException, deep: int = 0) -> dict[str, Any]:
    """Return what may be said of an exception: type, code, constraint, the lines it came through, and its cause."""
    found: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}"}
    if isinstance(error, SAFE_WORDS):
        found["words"] = str(error)
    for name in ("code", "sqlstate", "sqlite_errorname", "errno"):
        value = getattr(error, name, None)
        if isinstance(value, str | int) and CODE.fullmatch(str(value)):
            found[name] = value
    diagnosis = getattr(error, "diag", None)
    for name in ("constraint_name", "table_name", "column_name"):
        if value := getattr(diagnosis, name, None):
            found[name] = value
    found["at"] = _lines(error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and deep < DEEPEST:
        found["because"] = told(cause, deep + 1)
    return found


def _lines(trace: TracebackType | None) -> list[str]:
    """Return the lines of the code, the house's own and the last ones; never a value."""
    frames = traceback.extract_tb(trace)
    return [f"{_short(each.filename)}:{each.lineno} {each.name}" for each in frames[-20:]]


def _short(filename: str) -> str:
    parts = Path(filename).parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return "/".join(parts[parts.index("hemu") :]) if "hemu" in parts else Path(filename).name


def _readable(found: dict[str, Any]) -> str:
    facts = " ".join(
        f"{name}={value}" for name, value in found.items() if name not in ("type", "at", "because")
    )
    text = "".join(f"\n    {line}" for line in found["at"]) + f"\n  {found['type']} {facts}".rstrip()
    return text + ("\n  because of" + _readable(found["because"]) if "because" in found else "")


def log_crashes(file: str = "") -> None:
    """Have an exception that ends the process logged as all others are, not printed with its words.

    Where the log goes to a ``file``, the terminal is told so: somebody may be waiting there.
    """

    def crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            logging.getLogger("hemu").critical("ended by an exception", exc_info=(kind, error, trace))
            if file:
                print(f"{kind.__name__}: {file}", file=sys.stderr)

    sys.excepthook = crashed


def form_from(environment: "os._Environ[str] | dict[str, str]", *, https: bool) -> str:
    """Return the form asked for by HEMU_LOG; JSON behind https, readable elsewhere."""
    asked = environment.get("HEMU_LOG", "")
    return asked if asked in FORMS else ("json" if https else "text")
