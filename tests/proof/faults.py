"""What a fault is, and what trying it came to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

DATABASES = ("sqlite", "postgresql")


@dataclass
class Outcome:
    """What a run came to.

    Attributes:
        problems: one line for each thing that must not be; a control must have some.
        counts: what was tried and seen.
    """

    problems: list[str] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """How a fault is tried this time: so often, by that seed, whether as its own negative control.

    Attributes:
        strict: whether bounds in seconds decide; they do in `make proof`, never in `make test`.
    """

    database: str
    size: int
    seed: int
    control: bool = False
    strict: bool = True


@dataclass(frozen=True)
class Fault:
    """One scenario.

    Attributes:
        says: what disturbs, and what must hold.
        control: which protection the control takes away.
        run: tries it.
        small: how often in a few minutes; full: as often as `make proof FULL=1` asks.
        again: how often the control tries, enough to be caught.
    """

    id: str
    says: str
    control: str
    run: Callable[[Run], Outcome]
    small: int
    full: int
    again: int
    databases: tuple[str, ...] = DATABASES
