"""The figures of the wall from counted groups of open cases. Pure."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hemu.supervision.rules import STATE_GROUPS


@dataclass(frozen=True)
class Group:
    """So many open cases that are alike in what the wall tells apart."""

    community: UUID
    state: str
    handler: UUID | None
    trade: str
    urged: bool
    reopened: bool
    major: bool
    count: int


@dataclass(frozen=True)
class LateCase:
    """An open case with a duty past its time."""

    community: UUID
    handler: UUID | None
    trade: str


@dataclass
class Figures:
    """How many cases are open, and how many of them are what; `late` is of those late for longest."""

    open: int = 0
    waiting: int = 0
    at_work: int = 0
    unconfirmed: int = 0
    urged: int = 0
    reopened: int = 0
    major: int = 0
    late: int = 0


def figures_of(groups: Iterable[Group], late: Iterable[LateCase]) -> Figures:
    """Return the figures of all groups together."""
    found = _by(groups, late, lambda each: "all")
    return found.get("all", Figures())


def by_handler(groups: Iterable[Group], late: Iterable[LateCase]) -> dict[UUID | None, Figures]:
    """Return the figures of each person who handles cases, the most laden first; None: nobody has them yet."""
    return _laden_first(_by(groups, late, lambda each: each.handler))


def by_trade(groups: Iterable[Group], late: Iterable[LateCase]) -> dict[str, Figures]:
    """Return the figures of each trade, the most laden first; "": not sorted yet."""
    return _laden_first(_by(groups, late, lambda each: each.trade))


def by_community(groups: Iterable[Group], late: Iterable[LateCase]) -> dict[UUID, Figures]:
    """Return the figures of each community, the most laden first."""
    return _laden_first(_by(groups, late, lambda each: each.community))


def _laden_first(found: dict[Any, Figures]) -> dict[Any, Figures]:
    return dict(sorted(found.items(), key=lambda each: (-each[1].late, -each[1].open)))


def _by(
    groups: Iterable[Group], late: Iterable[LateCase], key: Callable[[Any], Hashable]
) -> dict[Any, Figures]:
    found: dict[Any, Figures] = {}
    for group in groups:
        _add(found.setdefault(key(group), Figures()), group)
    for case in late:
        found.setdefault(key(case), Figures()).late += 1
    return found


def _add(figures: Figures, group: Group) -> None:
    figures.open += group.count
    for name in ("waiting", "at_work", "unconfirmed"):
        if group.state in STATE_GROUPS[name]:
            setattr(figures, name, getattr(figures, name) + group.count)
    for name in ("urged", "reopened", "major"):
        if getattr(group, name):
            setattr(figures, name, getattr(figures, name) + group.count)
