"""What a step is asked to do, and what it comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from hemu.access.actors import Actor
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import parse_moment
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.service_requests import rules
from hemu.service_requests.models import Request


@dataclass(frozen=True)
class Ruled:
    """A choice that a rule of the office made: which one, and why, in words that may name people."""

    rule: str
    why: str


@dataclass
class Asked:
    """What a step was asked to do; `take` hands out its values once, so that what is left over is refused."""

    request: Request
    act: Act
    values: dict[str, str]
    said: str
    by: Actor | None
    ruled: Ruled | None = None

    def take(self, name: str, default: str = "") -> str:
        """Return a value, trimmed; it is then no longer among those asked."""
        return self.values.pop(name, default).strip() or default

    def code(self, name: str, known: tuple[str, ...], default: str = "") -> str:
        """Return a value that must be one of the known codes; "" where nothing was said."""
        value = self.take(name, default)
        return rules.one_of(name, value, known) if value else ""

    def flag(self, name: str) -> bool | None:
        """Return ``true`` or ``false`` as a boolean; None where nothing was said."""
        value = self.take(name)
        return None if not value else rules.one_of(name, value.lower(), ("true", "false")) == "true"


@dataclass
class Effect:
    """The facts and words of the entry, the fields that change, and what follows once it is written."""

    said: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    afterwards: list[Callable[[Entry], object]] = field(default_factory=list)


def place_of(type: str) -> str:
    """Return ``public`` or ``home``: where a matter of this type is repaired."""
    return "public" if type == "repair_public" else "home"


def last_entry(request: Request, *kinds: str) -> str:
    """Return the id of a case's last entry of these kinds, which a mending entry names.

    Raises:
        RuleViolation: ``entry.nothing_to_mend``.
    """
    last = Entry.objects.filter(subject=request.subject, kind__in=kinds).order_by("-seq").first()
    if last is None:
        raise RuleViolation("entry.nothing_to_mend")
    return str(last.id)


def day_of(text: str, name: str) -> date:
    """Read a day, 2000 to 2199.

    Raises:
        RuleViolation: ``request.unreadable_date``.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field=name, value=text) from error
    return _of_our_time(day, name)


def moment_of(text: str, name: str) -> datetime:
    """Read a moment, in the office's zone where it names none; refusals as ``day_of``."""
    try:
        moment = parse_moment(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field=name, value=text) from error
    return _of_our_time(moment, name)


Day = TypeVar("Day", bound=date)


def _of_our_time(day: Day, name: str) -> Day:
    if not 2000 <= day.year < 2200:
        raise RuleViolation("request.unreadable_date", field=name, value=day.isoformat())
    return day
