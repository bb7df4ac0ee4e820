"""The worker: it runs the rounds that the rooms declare, until it is asked to stop."""

import logging
import signal
import threading
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import close_old_connections

from hemu.infra import clock
from hemu.infra.models import Heartbeat
from hemu.infra.rounds import Round

log = logging.getLogger("hemu.worker")
NAME = "worker"
TICK_SECONDS = 0.5


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
    while not stop.is_set():
        done = sum(_run_if_due(each, due) for each in rounds())
        Heartbeat.objects.update_or_create(name=NAME, defaults={"beat_at": clock.now()})
        close_old_connections()
        if once and not done:
            return
        if not done:
            stop.wait(TICK_SECONDS)


def _run_if_due(each: Round, due: dict[str, datetime]) -> int:
    now = clock.now()
    if each.name in due and now < due[each.name]:
        return 0
    try:
        done = each.run(now)
    except Exception:  # one round that fails must not stop the others; it is logged and tried again
        log.exception("round %s failed", each.name)
        done = 0
    if not done:
        due[each.name] = now + each.every
    return done
