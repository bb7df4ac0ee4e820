"""What is counted of answers, for Prometheus: by the names of routes, never by paths. Several processes add up
where PROMETHEUS_MULTIPROC_DIR names a folder that they share (`hemu/config/serving.py`).
"""

import logging
import os
import sys
from typing import Any

from django.core.signals import got_request_exception
from django.db import DatabaseError
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

log = logging.getLogger("hemu.web")
STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds up to which an answer counts in each step of the histogram."""

ANSWERS = Counter("hemu_requests", "Answers by route, method and status.", ["route", "method", "status"])
SECONDS = Histogram("hemu_request_seconds", "How long answers took.", ["route", "method"], buckets=STEPS)
DATABASE_ERRORS = Counter(
    "hemu_database_errors", "Requests that failed with an error of the database, by its type.", ["type"]
)


def count_answer(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count one answer."""
    ANSWERS.labels(route, method, str(status)).inc()
    SECONDS.labels(route, method).observe(seconds)


def exposed() -> bytes:
    """Return the counters of all processes in Prometheus's text form."""
    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _failed(sender: object, **facts: Any) -> None:
    error = sys.exc_info()[1]
    if isinstance(error, DatabaseError):
        DATABASE_ERRORS.labels(type(error).__name__).inc()
    if sender is None:  # the page for an error failed itself: Django tells nobody why
        log.exception("the page of an error failed")


got_request_exception.connect(_failed, dispatch_uid="hemu.measures")
