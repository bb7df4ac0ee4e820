"""The worker: it runs the rounds that the rooms declare, until it is asked to stop."""

import logging
import signal
import threading
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import DatabaseError, InterfaceError, close_old_connections

from hemu.infra import clock
from hemu.infra.database import fault_behind
from hemu.infra.models import Heartbeat, Trouble
from hemu.infra.rounds import Round
from hemu.infra.troubles import forget, note

log = logging.getLogger("hemu.worker")
NAME = "worker"
TICK_SECONDS = 0.5
_troubled: set[str] = set()
"""The rounds that failed when they last ran."""


def rounds() -> list[Round]:
    """Return what the rooms declare, lowest floor first."""
    found: list[Round] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.tasks"):
            found.extend(import_module(f"{room.name}.tasks").ROUNDS)
    return found


def run(*, once: bool = False) -> None:
    """Run every round when its time has come; with ``once`` until none of them finds anything to do."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    due: dict[str, datetime] = {}
    declared = rounds()
    _remember_troubles()
    while not stop.is_set():
        done = sum(_run_if_due(each, due) for each in declared)
        _beat()
        if once and not done:
            return
        if not done:
            stop.wait(TICK_SECONDS)


def _remember_troubles() -> None:
    with suppress(DatabaseError, InterfaceError):
        _troubled.update(Trouble.objects.filter(kind="round").values_list("key", flat=True))


def _beat() -> None:
    """Say that the worker lives; while the database is away it waits for it like everybody."""
    try:
        Heartbeat.objects.update_or_create(name=NAME, defaults={"beat_at": clock.now()})
    except (DatabaseError, InterfaceError) as error:
        _log(error, "the heartbeat")
    close_old_connections()


def _run_if_due(each: Round, due: dict[str, datetime]) -> int:
    now = clock.now()
    if each.name in due and now < due[each.name]:
        return 0
    try:
        done = each.run(now)
        _went_well(each)
    except Exception as error:  # one round that fails must not stop the others; it is logged and tried again
        _log(error, f"round {each.name}")
        _went_wrong(each, error, now)
        done = 0
    if not done:
        due[each.name] = now + each.every
    return done


def _log(error: Exception, what: str) -> None:
    """Say in one line that the database is away or full, which passes; of anything else where it came from."""
    fault = fault_behind(error)
    if fault:
        log.warning("%s waits: the database is %s", what, fault)
    else:
        log.error("%s failed", what, exc_info=error)


def _went_well(each: Round) -> None:
    if each.name in _troubled:
        forget(kind="round", key=each.name)
        _troubled.discard(each.name)


def _went_wrong(each: Round, error: Exception, now: datetime) -> None:
    """Note a round that fails, for a person to see, unless it is the database that is away."""
    close_old_connections()
    if fault_behind(error) is None:
        with suppress(DatabaseError, InterfaceError):
            note(kind="round", key=each.name, about="", error=error, now=now)
            _troubled.add(each.name)
