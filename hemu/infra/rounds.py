"""What a room declares about its work in the background, in `tasks.py` as ``ROUNDS``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Round:
    """A function that the worker calls again and again; it must bear being run twice and by several workers.

    Attributes:
        every: the pause after a run that found nothing to do.
        run: takes the edge's clock and returns how much it did; after a run that did something it runs again at once.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]
