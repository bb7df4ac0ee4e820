"""The lists of a member's page, made of what the rooms below offer."""

from collections.abc import Callable, Iterable
from datetime import datetime

import hemu.meetings.queries as meetings
import hemu.statements.queries as statements
import hemu.statements.queries_audit as audits
from hemu.committee.queries import Item, Seat
from hemu.correspondence.web import panels as correspondence

Offer = Callable[..., list[Item]]
TO_ANSWER: tuple[Offer, ...] = (correspondence.to_answer, meetings.to_answer)
RECEIVED: tuple[Offer, ...] = (correspondence.received, meetings.received, statements.received)
AUDIT: tuple[Offer, ...] = (audits.audit,)
SHOWN = 20


def to_answer(seat: Seat, *, now: datetime) -> list[Item]:
    """Return what waits for the committee's answer, what is due first, first."""
    found = _all(TO_ANSWER, seat, now)
    return sorted(found, key=lambda each: (each.due_at is None, each.due_at or each.at or now))[:SHOWN]


def received(seat: Seat, *, now: datetime) -> list[Item]:
    """Return what came from the company, newest first."""
    found = sorted(_all(RECEIVED, seat, now), key=lambda each: each.at or now, reverse=True)
    return found[:SHOWN]


def audit(seat: Seat, *, now: datetime) -> list[Item]:
    """Return what is laid open to be audited."""
    return list(_all(AUDIT, seat, now))


def _all(offers: Iterable[Offer], seat: Seat, now: datetime) -> Iterable[Item]:
    return [item for offer in offers for item in offer(seat, now=now)]
