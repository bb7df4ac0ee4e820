"""What a list of cases may be narrowed by. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

from hemu.foundation.errors import RuleViolation
from hemu.service_requests.rules import CHANNELS, OPEN, OUTSIDE_BODIES, TRADES, TYPES, State

S = State
STATE_GROUPS: Mapping[str, frozenset[State]] = {
    "open": OPEN,
    "waiting": frozenset({S.RECEIVED, S.CLASSIFIED, S.DISPATCHED}),
    "at_work": frozenset({S.ACCEPTED, S.PAUSED}),
    "unconfirmed": frozenset({S.RESOLVED, S.INFORMED}),
}
"""*waiting*: nobody has taken it on yet. *unconfirmed*: done, and the owner has not said whether it is right."""
ANY = "any"
NOBODY = "nobody"
"""The person of cases that lie with nobody."""


@dataclass(frozen=True)
class Filters:
    """By what a list is narrowed, as the texts of an address; all of them hold together, empty ones not at all.

    Attributes:
        q: a number, a room or words.
        state: a state or one of ``STATE_GROUPS``.
        body: the outside body that sent it, or ``any`` of them.
        person: the id of the member of staff who handles it, or ``nobody``.
        since, until: days on which it was registered, both inclusive.
        late, urged, reopened, major: any text asks for it.
    """

    q: str = ""
    state: str = ""
    type: str = ""
    trade: str = ""
    person: str = ""
    building: str = ""
    channel: str = ""
    body: str = ""
    community: str = ""
    office: str = ""
    since: str = ""
    until: str = ""
    late: str = ""
    urged: str = ""
    reopened: str = ""
    major: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the filters among ``given``; other names are passed over.

        Raises:
            RuleViolation: ``request.unknown_value``, ``request.unreadable_date``.
        """
        found = cls(**{name: str(given.get(name, "")).strip() for name in NAMES})
        for name, known in KNOWN.items():
            value = getattr(found, name)
            if value and value not in known:
                raise RuleViolation("request.unknown_value", field=name, value=value, known=list(known))
        for name in ("since", "until"):
            _day(name, getattr(found, name))
        for name, also in (("person", NOBODY), ("community", ""), ("office", "")):
            _id(name, getattr(found, name), also)
        return found

    @property
    def states(self) -> frozenset[State]:
        """The states asked for; empty where none is."""
        if not self.state:
            return frozenset()
        return STATE_GROUPS.get(self.state) or frozenset({State(self.state)})

    @property
    def first_day(self) -> date | None:
        """The first day asked for."""
        return _day("since", self.since)

    @property
    def last_day(self) -> date | None:
        """The last day asked for, which belongs to it."""
        return _day("until", self.until)

    @property
    def houses(self) -> str:
        """The building as the roster writes it: 3栋 and 3号楼 are 3."""
        return (
            self.building.removesuffix("号楼")
            .removesuffix("栋")
            .removesuffix("幢")
            .removesuffix("座")
            .strip()
        )

    def chosen(self) -> dict[str, str]:
        """Return the filters that narrow, as an address carries them."""
        return {name: value for name, value in asdict(self).items() if value}


NAMES = tuple(each.name for each in fields(Filters))
KNOWN: Mapping[str, tuple[str, ...]] = {
    "state": (*STATE_GROUPS, *(str(state) for state in State)),
    "type": TYPES,
    "trade": TRADES,
    "channel": CHANNELS,
    "body": (ANY, *OUTSIDE_BODIES),
}


def _day(name: str, text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day and not 2000 <= day.year < 2200:
        raise RuleViolation("request.unreadable_date", field=name, value=text[:40])
    return day


def _id(name: str, text: str, also: str) -> None:
    try:
        if text and text != also:
            UUID(text)
    except ValueError:
        raise RuleViolation("request.unknown_value", field=name, value=text[:40], known=[]) from None
