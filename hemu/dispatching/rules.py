"""Whom a case goes to by an office's rules, and why: one pure function over the rules and who is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import DAY_MINUTES, parse_interval

OFFICE_HOURS, OFF_HOURS = "office", "off"
MOST_BUILDINGS = 200
_RANGE = re.compile(r"(\d{1,3})-(\d{1,3})", re.ASCII)
_ONE = re.compile(r"[0-9A-Za-z一-鿿]{1,6}")


@dataclass(frozen=True)
class Rule:
    """One readable rule; what is empty does not narrow it. It has one target.

    Attributes:
        hours: ``office``, ``off``, or an interval such as ``20:00-08:00``; a rule without hours holds always.
        place: words that a public place carries.
        on_duty: only somebody on duty is chosen; of a department without one the pool is.
    """

    id: str
    community: str = ""
    type: str = ""
    trade: str = ""
    buildings: frozenset[str] = frozenset()
    place: str = ""
    hours: str = ""
    to_staff: str = ""
    to_department: str = ""
    to_role: str = ""
    on_duty: bool = False


@dataclass(frozen=True)
class Matter:
    """What a rule may ask of a case and its moment; ``minute`` is that of the day, 0 to 1439."""

    community: str
    type: str
    trade: str
    building: str = ""
    place: str = ""
    is_office_hours: bool = True
    minute: int = 720


@dataclass(frozen=True)
class People:
    """Who is there. Ids of staff; ``away`` names the stand-in, or nobody; ``load`` counts the jobs in hand."""

    on_duty: frozenset[str] = frozenset()
    of_department: Mapping[str, Sequence[str]] = field(default_factory=dict)
    of_role: Mapping[str, Sequence[str]] = field(default_factory=dict)
    handlers: frozenset[str] = frozenset()
    away: Mapping[str, str] = field(default_factory=dict)
    load: Mapping[str, int] = field(default_factory=dict)
    barred: frozenset[str] = frozenset()


class Passed(StrEnum):
    """Why a rule that fits gave nobody."""

    OFF_DUTY = "off_duty"
    AWAY = "away"
    NOBODY = "nobody"
    NAMED = "named"


@dataclass(frozen=True)
class Choice:
    """Whom a case goes to: a person, or a department of which anyone takes it.

    Attributes:
        stands_in_for: who is away and would have got it.
        passed: rules that fit but gave nobody, with why.
    """

    rule: str
    to: str = ""
    department: str = ""
    on_duty: bool = False
    stands_in_for: str = ""
    passed: tuple[tuple[str, Passed], ...] = ()


def choose(rules: Iterable[Rule], matter: Matter, people: People) -> Choice | None:
    """Return the choice of the first rule that fits and gives somebody; None where no rule does."""
    passed: list[tuple[str, Passed]] = []
    for rule in rules:
        if not fits(rule, matter):
            continue
        found = _target(rule, people)
        if isinstance(found, Passed):
            passed.append((rule.id, found))
        else:
            to, stands_in_for = found
            return Choice(
                rule.id,
                to,
                "" if to else rule.to_department,
                to in people.on_duty,
                stands_in_for,
                tuple(passed),
            )
    return None


def fits(rule: Rule, matter: Matter) -> bool:
    """Tell whether everything that a rule asks is so."""
    return (
        rule.community in ("", matter.community)
        and rule.type in ("", matter.type)
        and rule.trade in ("", matter.trade)
        and (not rule.buildings or matter.building in rule.buildings)
        and rule.place in matter.place
        and _in_hours(rule.hours, matter)
    )


def _in_hours(hours: str, matter: Matter) -> bool:
    if hours in (OFFICE_HOURS, OFF_HOURS):
        return matter.is_office_hours is (hours == OFFICE_HOURS)
    if not hours:
        return True
    span = parse_interval(hours)
    return span.start <= matter.minute < span.end or matter.minute + DAY_MINUTES < span.end


def _target(rule: Rule, people: People) -> tuple[str, str] | Passed:
    if rule.to_staff:
        return _person(rule.to_staff, rule, people)
    members = (people.of_department if rule.to_department else people.of_role).get(
        rule.to_department or rule.to_role, ()
    )
    ready = [each for each in members if each not in people.barred and each not in people.away]
    on_duty = [each for each in ready if each in people.on_duty]
    if rule.on_duty and on_duty:
        return least_loaded(on_duty, people.load), ""
    if rule.to_department:
        return "", ""
    if rule.on_duty:
        return Passed.OFF_DUTY
    return (least_loaded(on_duty or ready, people.load), "") if ready else Passed.NOBODY


def _person(staff: str, rule: Rule, people: People) -> tuple[str, str] | Passed:
    chosen, away = staff, ""
    if staff in people.away:
        chosen, away = people.away[staff], staff
        if not chosen or chosen in people.away:
            return Passed.AWAY
    if chosen in people.barred:
        return Passed.NAMED
    if chosen not in people.handlers:
        return Passed.NOBODY
    if rule.on_duty and chosen not in people.on_duty:
        return Passed.OFF_DUTY
    return chosen, away


def least_loaded(staff: Sequence[str], load: Mapping[str, int]) -> str:
    """Return who of them has the fewest jobs in hand, the first of those who have as few."""
    return min(staff, key=lambda each: load.get(each, 0))


# ── danger ───────────────────────────────────────────────────────────────────


class Danger(StrEnum):
    """What the danger button knows."""

    SHUT_IN = "shut_in"
    GAS = "gas"
    BURST_PIPE = "burst_pipe"
    FIRE = "fire"
    FALL = "fall"


DANGERS: Mapping[Danger, tuple[str, str]] = {
    Danger.SHUT_IN: ("repair_public", "repair"),
    Danger.GAS: ("repair_public", "repair"),
    Danger.BURST_PIPE: ("repair_public", "repair"),
    Danger.FIRE: ("help", "security"),
    Danger.FALL: ("help", "security"),
}
"""The type and trade under which each is registered; put right afterwards where it was otherwise."""
DANGER_RUNGS = ("department_head", "cs_supervisor", "office_director")
"""Who is asked in turn where nobody is on duty."""


@dataclass(frozen=True)
class Alarm:
    """Who goes to a danger: the first and those with them; ``rung`` is empty, ``anyone`` or the post it climbed to."""

    to: str
    helpers: tuple[str, ...] = ()
    rung: str = ""


ANYONE = "anyone"


def who_goes(trade: Sequence[str], anyone: Sequence[str], people: People) -> Alarm | None:
    """Return who goes to a danger at once; None where nobody at all is there.

    Args:
        trade: those on duty whose trade it is.
        anyone: all who are on duty and may handle a case.
    """
    for found, rung in ((trade, ""), (anyone, ANYONE)):
        ready = _ready(found, people)
        if ready:
            first = least_loaded(ready, people.load)
            return Alarm(first, tuple(each for each in ready if each != first)[:10], rung)
    for role in DANGER_RUNGS:
        if ready := _ready(people.of_role.get(role, ()), people):
            return Alarm(least_loaded(ready, people.load), (), role)
    return None


def _ready(staff: Sequence[str], people: People) -> list[str]:
    return [each for each in staff if each in people.handlers and each not in people.away]


# ── reading ──────────────────────────────────────────────────────────────────


def read_buildings(text: str) -> tuple[str, ...]:
    """Read ``1-3栋、5``: the buildings a rule speaks of, in their order, each once.

    Raises:
        RuleViolation: ``dispatch_rule.buildings`` (text).
    """
    found: dict[str, None] = {}
    for part in re.split(r"[,，、;；\s]+", text.replace("–", "-").replace("—", "-").replace("~", "-")):
        part = part.replace("栋", "").replace("座", "").replace("号楼", "")
        if not part:
            continue
        if span := _RANGE.fullmatch(part):
            first, last = int(span[1]), int(span[2])
            if first > last:
                raise RuleViolation("dispatch_rule.buildings", text=text)
            found |= dict.fromkeys(str(number) for number in range(first, last + 1))
        elif _ONE.fullmatch(part):
            found[part] = None
        else:
            raise RuleViolation("dispatch_rule.buildings", text=text)
    if len(found) > MOST_BUILDINGS:
        raise RuleViolation("dispatch_rule.buildings", text=text)
    return tuple(found)


def read_hours(text: str) -> str:
    """Read the hours of a rule: empty, ``office``, ``off`` or ``20:00-08:00``.

    Raises:
        RuleViolation: ``hours.unreadable``.
    """
    text = text.strip().replace("–", "-").replace("：", ":")
    if text and text not in (OFFICE_HOURS, OFF_HOURS):
        parse_interval(text)
    return text
