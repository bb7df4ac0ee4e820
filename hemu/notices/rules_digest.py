"""The complaint digest: what a month's complaints came to, so that no group points to fewer than five homes. Pure.

NT-10, RP-06: published without rooms and names; DESIGN §5: never shown for fewer than five homes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CLAUSE = "RP-06"
LEAST_HOMES = 5
HOME, PUBLIC, OTHER = "home", "public", ""
DONE, GOING_ON, ENDED_OTHERWISE = "done", "going_on", "otherwise"


@dataclass(frozen=True)
class Complaint:
    """What is counted of one complaint.

    Attributes:
        trade: whose work it is about.
        place: ``home`` or ``public``.
        household: whatever tells one household from another.
        result: ``done``, ``going_on`` or ``otherwise`` (referred, the owner's own matter).
        in_time: no duty of it was late.
    """

    trade: str
    place: str
    household: str
    result: str
    in_time: bool


@dataclass(frozen=True)
class Group:
    """Complaints told of together; ``trade`` or ``place`` is empty where several were put together."""

    trade: str
    place: str
    complaints: tuple[Complaint, ...]

    @property
    def key(self) -> str:
        """Return how forms name the group."""
        return f"{self.trade or 'other'}.{self.place or 'all'}"

    @property
    def homes(self) -> int:
        """Return how many households it points to."""
        return len({each.household for each in self.complaints})

    def counts(self) -> dict[str, int]:
        """Return how many there are in all, by result, and in time."""
        results = Counter(each.result for each in self.complaints)
        in_time = sum(each.in_time for each in self.complaints)
        return {"all": len(self.complaints), **{name: results[name] for name in RESULTS}, "in_time": in_time}


RESULTS = (DONE, GOING_ON, ENDED_OTHERWISE)


def groups(complaints: Iterable[Complaint]) -> list[Group]:
    """Return the complaints by trade and place, the largest group first, those put together at the end.

    A group of fewer than five households is put together with the rest of its trade, and where that is not enough
    with all the others that are too small; what is left over takes the smallest group in, so that nobody finds it by
    taking the groups from the whole. Empty where the whole month points to fewer than five.
    """
    rows = sorted(complaints, key=lambda each: (each.trade, each.place, each.household))
    if _homes(rows) < LEAST_HOMES:
        return []
    told: list[Group] = []
    left: list[Complaint] = []
    for trade in sorted({each.trade for each in rows}):
        of_trade = [each for each in rows if each.trade == trade]
        parts = [
            Group(trade, place, tuple(each for each in of_trade if each.place == place))
            for place in (HOME, PUBLIC)
        ]
        if all(not part.complaints or part.homes >= LEAST_HOMES for part in parts):
            told += [part for part in parts if part.complaints]
        elif _homes(of_trade) >= LEAST_HOMES:
            told.append(Group(trade, OTHER, tuple(of_trade)))
        else:
            left += of_trade
    told.sort(key=lambda group: (-len(group.complaints), group.trade, group.place))
    while left and _homes(left) < LEAST_HOMES:
        left += told.pop().complaints
    return [*told, Group(OTHER, OTHER, tuple(left))] if left else told


def _homes(complaints: Sequence[Complaint]) -> int:
    return len({each.household for each in complaints})


def subject_of(community: str, month: str) -> str:
    """Return the subject on which a month's digest is posted and owed: ``digest:<community>:2026-10``."""
    return f"digest:{community}:{month}"
