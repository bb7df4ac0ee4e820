"""Waiting for what a browser set going: the page's words may run ahead of the server, so the database is asked again."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 30.0  # a busy machine is no failure
EVERY_SECONDS = 0.05


def eventually(read: Callable[[], object], equals: object) -> None:
    """Read until it equals what is expected; after half a minute say what was read last.

    The browser goes on meanwhile, but no ``page.route`` handler of the test does.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (found := read()) != equals and time.monotonic() < deadline:
        time.sleep(EVERY_SECONDS)
    assert found == equals
