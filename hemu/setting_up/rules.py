"""How far a community is set up, worked out from what is there: nobody ticks anything. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NEEDED_POSTS = ("office_director", "cs_supervisor", "frontdesk", "technician")
"""Without the first two nobody is told of what is late, without the others nobody registers and does the work."""
STANDS_IN = {"frontdesk": frozenset({"steward", "call_center"})}
"""Who does the work of a post that nobody holds."""
NEEDED_TRADES = ("repair", "security", "cleaning", "greening")


class State(StrEnum):
    """A step is done, begun (something is there, something is missing) or not begun."""

    DONE = "done"
    BEGUN = "begun"
    MISSING = "missing"


@dataclass(frozen=True)
class Facts:
    """What is there for one community.

    Attributes:
        named: of company, office and community those with names of their own.
        hours_set: the office has said its hours (or that the usual ones are right).
        posts: role → people who hold it at the office or for it.
        never_in: people who have not been in yet.
        homes, with_phone: homes of the community, and those where somebody's number is known.
        trades: trade → people in a department that carries it.
        shifts: shifts that end within the week to come.
        ready: channels that reach owners, as they are set up; ``passed``: those whose last test went out.
        copy_only: the office has chosen to tell owners by copied text for now.
        words: cases registered.
    """

    named: frozenset[str] = frozenset()
    hours_set: bool = False
    posts: Mapping[str, int] = field(default_factory=dict)
    never_in: int = 0
    homes: int = 0
    with_phone: int = 0
    trades: Mapping[str, int] = field(default_factory=dict)
    shifts: int = 0
    ready: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    copy_only: bool = False
    words: int = 0


@dataclass(frozen=True)
class Step:
    """One step: its name, how it stands, what is missing as ``area.code``."""

    name: str
    state: State
    lacks: tuple[str, ...] = ()


def steps_of(facts: Facts) -> list[Step]:
    """Return the steps in their order; a step without anything missing is done."""
    return [
        _step("place", _unnamed(facts), begun=bool(facts.named)),
        _step("hours", [] if facts.hours_set else ["hours"]),
        _step("staff", _posts_missing(facts), begun=bool(facts.posts)),
        _step("roster", _of_roster(facts), begun=bool(facts.homes)),
        _step("trades", _trades_missing(facts), begun=any(facts.trades.values())),
        _step("duty", [] if facts.shifts else ["shifts"]),
        _step("channels", _of_channels(facts), begun=bool(facts.ready)),
        _step("word", [] if facts.words else ["word"]),
    ]


def following(steps: list[Step]) -> Step | None:
    """Return the first step that is not done; None where all are."""
    return next((step for step in steps if step.state != State.DONE), None)


def _step(name: str, lacks: list[str], *, begun: bool = False) -> Step:
    state = State.BEGUN if lacks and begun else State.MISSING if lacks else State.DONE
    return Step(name, state, tuple(lacks))


def _unnamed(facts: Facts) -> list[str]:
    return [f"name.{what}" for what in ("company", "office", "community") if what not in facts.named]


def _posts_missing(facts: Facts) -> list[str]:
    return [
        f"post.{role}"
        for role in NEEDED_POSTS
        if not any(facts.posts.get(each) for each in {role} | STANDS_IN.get(role, frozenset()))
    ]


def _of_roster(facts: Facts) -> list[str]:
    if not facts.homes:
        return ["homes"]
    return [] if facts.with_phone * 2 >= facts.homes else ["phones"]


def _trades_missing(facts: Facts) -> list[str]:
    return [f"trade.{trade}" for trade in NEEDED_TRADES if not facts.trades.get(trade)]


def _of_channels(facts: Facts) -> list[str]:
    if not facts.ready:
        return [] if facts.copy_only else ["channel.none"]
    return [f"channel.{name}" for name in sorted(facts.ready - facts.passed)]
