"""Where a job stands for the one who does it, what comes next, and what materials come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from hemu.foundation.errors import RuleViolation


class Stage(StrEnum):
    """Where a job stands on its way; each has one next step, or waits for somebody else."""

    TO_TAKE = "to_take"
    TO_APPOINT = "to_appoint"
    TO_SET_OUT = "to_set_out"
    ON_THE_WAY = "on_the_way"
    AT_WORK = "at_work"
    TO_PRICE = "to_price"
    PRICED = "priced"
    PAUSED = "paused"
    TO_SIGN = "to_sign"
    DONE = "done"


NEXT = {
    Stage.TO_TAKE: "accept",
    Stage.TO_APPOINT: "appoint",
    Stage.TO_SET_OUT: "set_out",
    Stage.ON_THE_WAY: "arrive",
    Stage.AT_WORK: "resolve",
    Stage.TO_PRICE: "quote",
    Stage.PRICED: "accept_quote",
    Stage.PAUSED: "resume",
    Stage.TO_SIGN: "confirm",
}
"""The one step that each stage puts under the thumb."""

AFTER = {
    "accept": Stage.TO_APPOINT,
    "appoint": Stage.TO_SET_OUT,
    "set_out": Stage.ON_THE_WAY,
    "arrive": Stage.AT_WORK,
    "nobody_home": Stage.TO_APPOINT,
    "quote": Stage.PRICED,
    "accept_quote": Stage.AT_WORK,
    "decline_quote": Stage.AT_WORK,
    "pause": Stage.PAUSED,
    "resume": Stage.TO_SET_OUT,
    "send_back": Stage.DONE,
    "resolve": Stage.TO_SIGN,
    "confirm": Stage.DONE,
}
"""Where the phone takes a job to stand after a step that the server has not heard of yet."""

BESIDES = {
    Stage.TO_TAKE: ("send_back",),
    Stage.TO_APPOINT: ("set_out", "arrive", "pause", "send_back"),
    Stage.TO_SET_OUT: ("appoint", "arrive", "nobody_home", "pause", "send_back"),
    Stage.ON_THE_WAY: ("nobody_home", "appoint", "pause", "send_back"),
    Stage.AT_WORK: ("quote", "nobody_home", "appoint", "pause", "send_back"),
    Stage.TO_PRICE: ("nobody_home", "appoint", "pause", "send_back"),
    Stage.PRICED: ("decline_quote", "quote", "pause", "send_back"),
    Stage.PAUSED: ("appoint", "send_back"),
    Stage.TO_SIGN: (),
    Stage.DONE: (),
}
"""What else may be done at a stage, the likeliest first."""

STEPS = frozenset(NEXT.values()) | frozenset(step for steps in BESIDES.values() for step in steps)
SIGNED = frozenset({"confirm", "accept_quote", "decline_quote"})
"""Steps that are the owner's: on the phone they rest on a signature on the glass."""
MOVES = (
    "request.dispatched",
    "request.accepted",
    "request.paused",
    "request.resumed",
    "request.appointed",
    "request.set_out",
    "request.arrived",
    "request.nobody_home",
    "request.resolved",
)
"""Kinds of entries that move a job on its way."""


@dataclass(frozen=True)
class Standing:
    """What a stage is worked out from.

    Attributes:
        state: of the case.
        last: the last of `MOVES`, with its time; None before the first.
        at_home: in a home, where somebody has to open the door.
        urgent: nobody waits for an appointment then.
        appointed_until: the end of the slot that was agreed on last.
        paid: paid work, not begun before the owner took the price.
        priced, accepted: a price was offered; the owner took it.
    """

    state: str
    last: tuple[str, datetime] | None = None
    at_home: bool = False
    urgent: bool = False
    appointed_until: datetime | None = None
    paid: bool = False
    priced: bool = False
    accepted: bool = False


def stage_of(standing: Standing) -> Stage:
    """Return the stage of a job."""
    signs = Stage.TO_SIGN if standing.at_home else Stage.DONE
    by_state = {
        "dispatched": Stage.TO_TAKE,
        "paused": Stage.PAUSED,
        "resolved": signs,
        "informed": signs,
        "accepted": None,
    }
    return by_state.get(standing.state, Stage.DONE) or _under_way(standing)


def _under_way(standing: Standing) -> Stage:
    kind, at = standing.last or ("request.accepted", None)
    if kind == "request.arrived":
        if standing.paid and not standing.accepted:
            return Stage.PRICED if standing.priced else Stage.TO_PRICE
        return Stage.AT_WORK
    if kind == "request.set_out":
        return Stage.ON_THE_WAY
    if kind == "request.nobody_home":
        return Stage.TO_APPOINT
    until = standing.appointed_until
    agreed = kind == "request.appointed" or (until is not None and (at is None or until > at))
    return Stage.TO_APPOINT if standing.at_home and not standing.urgent and not agreed else Stage.TO_SET_OUT


def in_order(
    jobs: Iterable[tuple[str, datetime | None, datetime | None]],
) -> list[str]:
    """Return jobs in order of promise: by the slot agreed on, else by when they are due; those without either last.

    Args:
        jobs: key, begin of the slot, due time. Of two promises the earlier counts.
    """

    def promise(job: tuple[str, datetime | None, datetime | None]) -> tuple[bool, float]:
        times = [each.timestamp() for each in job[1:] if each is not None]
        return (not times, min(times, default=0.0))

    return [job[0] for job in sorted(jobs, key=promise)]


UNITS = ("piece", "metre", "set", "roll", "kilogram", "litre")
MOST_LINES = 20
DEAREST_FEN = 10_000_000
MOST_OF_ONE = 10_000_000


def amount_of(quantity_milli: int, price_fen: int) -> int:
    """Return the amount in fen of thousandths of a unit at a price in fen, half a fen rounded up."""
    return (quantity_milli * price_fen + 500) // 1000


@dataclass(frozen=True)
class Material:
    """One line of materials.

    Attributes:
        name: what it is, in words; it lies in the closed part of the entry.
        quantity_milli: thousandths of the unit, 1 or more.
        price_fen: 0.01 CNY for one unit, 0 or more.
    """

    name: str
    quantity_milli: int
    unit: str
    price_fen: int

    @property
    def amount_fen(self) -> int:
        """The line's amount."""
        return amount_of(self.quantity_milli, self.price_fen)

    def facts(self) -> dict[str, int | str]:
        """Return the line without its words, as an entry states it."""
        return {"quantity_milli": self.quantity_milli, "unit": self.unit, "price_fen": self.price_fen}


def materials_said(
    names: Sequence[str], quantities: Sequence[str], units: Sequence[str], prices: Sequence[str]
) -> list[Material]:
    """Read the lines of a form; a line without a name is none.

    Raises:
        RuleViolation: ``material.too_many``, ``material.unreadable`` (line: the first is 1).
    """
    rows = list(zip(names, quantities, units, prices, strict=False))
    said = [(number, row) for number, row in enumerate(rows, 1) if row[0].strip()]
    if len(said) > MOST_LINES:
        raise RuleViolation("material.too_many", limit=MOST_LINES)
    return [_material(number, *row) for number, row in said]


def _material(number: int, name: str, quantity: str, unit: str, price: str) -> Material:
    milli, fen = _scaled(quantity or "1", 3), _scaled(price or "0", 2)
    if milli is None or fen is None or unit not in UNITS or len(name) > 60:
        raise RuleViolation("material.unreadable", line=number)
    if not 1 <= milli <= MOST_OF_ONE or fen > DEAREST_FEN:
        raise RuleViolation("material.unreadable", line=number)
    return Material(name.strip(), milli, unit, fen)


def money_said(text: str) -> int:
    """Read an amount in CNY, 0 or more, two decimals at most, as 0.01 CNY; empty is 0.

    Raises:
        RuleViolation: ``quote.unreadable``.
    """
    fen = _scaled(text.strip() or "0", 2)
    if fen is None or fen > DEAREST_FEN:
        raise RuleViolation("quote.unreadable", value=text[:20])
    return fen


def _scaled(text: str, digits: int) -> int | None:
    try:
        value = Decimal(text.strip()).scaleb(digits)
        whole = int(value) if value.is_finite() else -1
    except (InvalidOperation, OverflowError):
        return None
    return whole if whole == value and whole >= 0 else None


def total_fen(materials: Iterable[Material], *, labour_fen: int = 0) -> int:
    """Return what materials and labour come to together."""
    return labour_fen + sum(each.amount_fen for each in materials)


def month_said(text: str) -> date:
    """Return the first day of a month written ``2026-11``, 2000 to 2199.

    Raises:
        RuleViolation: ``field.unreadable_month``.
    """
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise RuleViolation("field.unreadable_month", value=text[:20]) from error
    if not 2000 <= first.year < 2200:
        raise RuleViolation("field.unreadable_month", value=text[:20])
    return first
