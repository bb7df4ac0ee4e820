"""Effects of the steps around a visit to the home: the slot, the way, the price before paid work."""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc
from hemu.service_requests.operations.asked import Asked, Effect, moment_of
from hemu.service_requests.rules import OWN_SLOT_DAYS

DEAREST_FEN = 100_000_000


def appoint(asked: Asked) -> Effect:
    """Agree on a slot, or move it; either side may. Values: `from` and `until`, moments, not in the past.

    Raises:
        RuleViolation: ``appoint.unreadable``, ``request.unreadable_date``, ``appoint.too_far`` (by the owner).
    """
    begins = moment_of(asked.take("from"), "from")
    ends = moment_of(asked.take("until"), "until")
    if not asked.act.recorded_at < ends or not begins < ends:
        raise RuleViolation("appoint.unreadable")
    if asked.by is None and begins > asked.act.recorded_at + timedelta(days=OWN_SLOT_DAYS):
        raise RuleViolation("appoint.too_far", days=OWN_SLOT_DAYS)
    return Effect(
        asked.said,
        facts={"from": iso_utc(begins), "until": iso_utc(ends)},
        changes={"appointed_from": begins, "appointed_until": ends},
    )


def happened(asked: Asked) -> Effect:
    """Record that it happened; nothing of the case changes."""
    return Effect(asked.said)


def nobody_home(asked: Asked) -> Effect:
    """Nobody opened the door; counted, the second time sends the job back to the desk."""
    tries = asked.request.tries_count + 1
    return Effect(asked.said, facts={"tries": tries}, changes={"tries_count": tries})


def quote(asked: Asked) -> Effect:
    """Offer a price before paid work begins (RQ-14). Value: `amount` in CNY, up to two decimals, below a million.

    Raises:
        RuleViolation: ``quote.unreadable``.
    """
    amount = asked.take("amount")
    try:
        fen = Decimal(amount) * 100
    except InvalidOperation as error:
        raise RuleViolation("quote.unreadable", value=amount[:20]) from error
    if not fen.is_finite() or not 0 < fen < DEAREST_FEN or fen != int(fen):
        raise RuleViolation("quote.unreadable", value=amount[:20])
    changes = {"quote_fen": int(fen), "quote_accepted_at": None, "paid": True}
    return Effect(asked.said, facts={"amount_fen": int(fen)}, changes=changes)


def accept_quote(asked: Asked) -> Effect:
    """The owner accepts the offer that stands; only then may paid work begin (RQ-14)."""
    return _on_quote(asked, {"quote_accepted_at": asked.act.at})


def decline_quote(asked: Asked) -> Effect:
    """The owner does not take the offer that stands."""
    return _on_quote(asked, {"quote_accepted_at": None, "quote_fen": None, "paid": False})


def _on_quote(asked: Asked, changes: dict[str, Any]) -> Effect:
    if asked.request.quote_fen is None:
        raise RuleViolation("quote.none")
    return Effect(asked.said, facts={"amount_fen": asked.request.quote_fen}, changes=changes)
