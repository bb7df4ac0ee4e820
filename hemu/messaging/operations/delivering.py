"""Emptying the outbox. In-app exactly once; outward at most once without a person's word, and never silently twice.

A row is claimed by a conditional update that counts the try; no transaction is open while a gateway is spoken to.
What a sender learned is written only under its own try. A sender that vanished leaves its row *sending*: when the
lease has ended nobody knows whether the message went out, and the row becomes *unknown*.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

from hemu.infra.database import fault_behind
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.infra.troubles import Pieces
from hemu.messaging.channels import CHANNELS
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure
from hemu.messaging.models import Message, Outgoing
from hemu.messaging.operations.composing import letter_of
from hemu.messaging.rules import OUTWARD, TURN, Channel, State, ask_at, next_in_turn, retry_at

log = logging.getLogger("hemu.messaging")
LEASE = timedelta(minutes=5)
"""Longer than a round of slow gateways takes: a turn's messages, each until its time-out, and something over."""
TOGETHER = 50
"""In-app messages written in one transaction."""
ROUND = timedelta(seconds=2)
"""So long messages go out before the worker's other rounds have theirs; a turn that has begun is ended."""
ASKED_AT_ONCE = 50
BROKEN = "broken"
"""Our own words could not be put together: no fault of the gateway, which goes on with the next message."""
REST = timedelta(minutes=1)
"""A gateway that hangs or cannot be reached is left alone so long."""


def deliver(*, now: datetime, at_most: int = 200, within: timedelta = ROUND) -> int:
    """Deliver what waits in the outbox: in-app first, then outward by its place; return how many rows it dealt with.

    Any number of workers may run this at once. In-app messages go first: no gateway keeps them waiting.

    Args:
        at_most: in-app messages.
        within: for so long messages are handed to gateways, and for so long gateways are asked; one turn, and one
            question, however slow they are.
    """
    told = _write_messages(now, at_most) + _give_up_lost(now)
    return told + _send_outward(now, within) + _ask_gateways(now, within)


def _write_messages(now: datetime, at_most: int) -> int:
    """Turn what waits in-app into messages, some at a time; a row that cannot be turned keeps no other waiting."""
    pieces = Pieces("message", now)
    waiting = Outgoing.objects.filter(channel=Channel.IN_APP, state=State.WAITING, not_before__lte=now)
    rows = list(waiting.exclude(id__in=pieces.resting()).order_by("not_before")[:at_most])
    return sum(
        _write_some(rows[begin : begin + TOGETHER], pieces, now) for begin in range(0, len(rows), TOGETHER)
    )


def _write_some(rows: Sequence[Outgoing], pieces: Pieces, now: datetime) -> int:
    """Write some rows in one transaction, so that the desk waits for one and not for each; one that fails, one by one."""
    try:
        if not any(pieces.has_failed(row.id.hex) for row in rows):
            return _write(rows, now)
    except Exception as error:  # one of them: found out by taking each by itself
        if fault_behind(error):
            raise
    return sum(pieces.do(row.id.hex, partial(_write, [row], now), about=row.subject) for row in rows)


@operation
def _write(rows: Sequence[Outgoing], now: datetime) -> int:
    """Turn rows into their people's messages; the rows' lock and the unique key make each of them one."""
    mine = Outgoing.objects.filter(pk__in=[row.pk for row in rows], state=State.WAITING).order_by("pk")
    taken = set(mine.select_for_update().values_list("pk", flat=True))
    Outgoing.objects.filter(pk__in=taken).update(state=State.SENT, sent_at=now, tries=1)
    messages = [_message(row, now) for row in rows if row.pk in taken]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def _message(row: Outgoing, now: datetime) -> Message:
    assert row.staff_id is not None  # of an in-app row: the table's own constraint
    return Message(
        id=new_id(now),
        key=row.key,
        staff_id=row.staff_id,
        topic=row.topic,
        subject=row.subject,
        facts=row.facts,
        sent_at=now,
    )


def _give_up_lost(now: datetime) -> int:
    lost = Outgoing.objects.filter(state=State.SENDING, claimed_until__lt=now)
    return sum(
        lost.filter(channel=name).update(
            state=State.UNKNOWN, error="lost", claimed_until=None, ask_at=_first_question(name, now)
        )
        for name in OUTWARD
    )


def _send_outward(now: datetime, within: timedelta) -> int:
    done, ends = 0, monotonic() + within.total_seconds()
    while turn := _turn(now):
        for row in turn:
            if _claimed(row, now):
                _send(row, now)
        done += len(turn)
        if monotonic() >= ends:
            break
    return done


def _turn(now: datetime) -> list[Outgoing]:
    """Return what goes out next, a few at a time, so that what comes meanwhile finds its place."""
    placed: list[Outgoing] = []
    longest: list[Outgoing] = []
    for name in OUTWARD:  # each by itself: asked of all together, no index gives them in their order
        waiting = Outgoing.objects.filter(channel=name, state=State.WAITING, not_before__lte=now)
        placed += waiting.filter(place__isnull=False).order_by("place", "not_before")[:TURN]
        longest += waiting.order_by("not_before")[:TURN]
    placed.sort(key=lambda row: (row.place, row.not_before, row.id))
    longest.sort(key=lambda row: (row.not_before, row.id))
    return next_in_turn(placed=placed, longest=longest)


def _claimed(row: Outgoing, now: datetime) -> bool:
    """Claim a row for one try, unless somebody else did or its gateway was told to rest since it was read."""
    waiting = Outgoing.objects.filter(pk=row.pk, state=State.WAITING, tries=row.tries, not_before__lte=now)
    row.tries += 1
    return bool(waiting.update(state=State.SENDING, tries=row.tries, claimed_until=now + LEASE))


def _send(row: Outgoing, now: datetime) -> None:
    channel = CHANNELS[row.channel]
    try:
        if not channel.ready():
            raise Refused("not_set_up")
        receipt = channel.send(_composed(row, now))
    except Refused as refusal:
        _refused(row, refusal, now)
    except Unsure as doubt:
        _learned(row, state=State.UNKNOWN, error=doubt.code, ask_at=_first_question(row.channel, now))
        _rest(row.channel, now)
    else:
        _accepted(row, receipt, now)


def _composed(row: Outgoing, now: datetime) -> Letter:
    """Return the letter; one that cannot be put together has surely not gone out, and a person sees it on the case."""
    try:
        return letter_of(row, now)
    except Refused:
        raise
    except Exception as error:  # the rows behind it must go out
        if fault_behind(error):
            raise
        log.exception("message %s could not be put together", row.id)
        raise Refused(BROKEN, again=True) from error


def _accepted(row: Outgoing, receipt: Receipt, now: datetime) -> None:
    _learned(
        row,
        state=State.SENT,
        sent_at=now,
        error="",
        provider_id=receipt.provider_id[:100],
        ask_at=_first_question(row.channel, now),
    )


def _refused(row: Outgoing, refusal: Refused, now: datetime) -> None:
    again = retry_at(tries=row.tries, now=now) if refusal.again else None
    if again:
        _learned(row, state=State.WAITING, error=refusal.code[:40], not_before=again)
        if refusal.code != BROKEN:
            _rest(row.channel, now)
    else:
        _learned(row, state=State.FAILED, error=refusal.code[:40])


def _learned(row: Outgoing, **changes: object) -> None:
    """Write down what this try came to, unless a later try has begun or somebody has settled the row."""
    mine = Outgoing.objects.filter(pk=row.pk, tries=row.tries, state__in=(State.SENDING, State.UNKNOWN))
    mine.update(claimed_until=None, **changes)


def _rest(channel: str, now: datetime) -> None:
    due = Outgoing.objects.filter(state=State.WAITING, channel=channel, not_before__lte=now)
    due.update(not_before=now + REST)


def _first_question(channel: str, now: datetime) -> datetime | None:
    return ask_at(asked=0, now=now) if CHANNELS[channel].can_ask() else None


def _ask_gateways(now: datetime, within: timedelta) -> int:
    done, ends = 0, monotonic() + within.total_seconds()
    for row in Outgoing.objects.filter(ask_at__lte=now).order_by("ask_at")[:ASKED_AT_ONCE]:
        done += _ask(row, now)
        if monotonic() >= ends:
            break
    return done


def _ask(row: Outgoing, now: datetime) -> bool:
    """Ask the gateway what became of a message; what it never got may be sent again."""
    claim = Outgoing.objects.filter(pk=row.pk, ask_at=row.ask_at)
    if not claim.update(ask_at=ask_at(asked=row.asked_count + 1, now=now), asked_count=row.asked_count + 1):
        return False
    letter = Letter(row.id, "", "", "", now, row.provider_id)
    answer = CHANNELS[row.channel].ask(letter)
    asked = Outgoing.objects.filter(pk=row.pk, tries=row.tries, state__in=(State.UNKNOWN, State.SENT))
    if answer == "delivered":
        asked.update(state=State.DELIVERED, sent_at=row.sent_at or now, ask_at=None)
    elif answer == "failed":
        asked.update(state=State.FAILED, sent_at=None, error="gateway.failed", ask_at=None)
    elif answer == "sent":
        asked.filter(state=State.UNKNOWN).update(state=State.SENT, sent_at=now)
    elif answer == "missing":
        _never_got(row, now)
    return True


def _never_got(row: Outgoing, now: datetime) -> None:
    again = retry_at(tries=row.tries, now=now)
    changes: dict[str, object] = (
        {"state": State.WAITING, "not_before": now} if again else {"state": State.FAILED}
    )
    unknown = Outgoing.objects.filter(pk=row.pk, tries=row.tries, state=State.UNKNOWN)
    unknown.update(ask_at=None, asked_count=0, **changes)
