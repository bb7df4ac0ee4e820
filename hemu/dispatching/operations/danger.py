"""Danger at the desk: registered, sorted and sent to who is on duty in one press; the details come afterwards."""

from collections.abc import Sequence

from django.utils import translation

from hemu.access.actors import Actor
from hemu.dispatching import rules
from hemu.dispatching.queries import BOOK_LANGUAGE, Exchange
from hemu.dispatching.rules import DANGERS, Alarm, Danger
from hemu.dispatching.wording import DANGERS as WORDS
from hemu.dispatching.wording import alarm_said
from hemu.estate.models import Community, Home, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step
from hemu.service_requests.operations.asked import Ruled

ASKED_AFTERWARDS = "险情先登记派单，情况随后补问。"
"""The reason of the correction that brings the details: words of the book, so in its language."""


@operation
def raise_danger(
    *,
    kind: str,
    community: Community,
    act: Act,
    by: Actor,
    home: Home | None = None,
    place: str = "",
    text: str = "",
    caller: Caller | None = None,
    channel: str = "phone",
) -> Request:
    """Register a danger and send it at once to who is on duty, everybody of the trade with them.

    Nobody of the trade on duty: anybody on duty; nobody at all: the department head, the supervisor, the director
    in turn. The entry says so. Whoever presses acts: the office's own rule for danger lets the desk send.

    Args:
        kind: a `Danger`.
        text: what was said so far; may be empty.

    Raises:
        RuleViolation: ``danger.unknown`` (kind, known), and those of registering. Where nobody at all can be sent
            the case is registered and sorted and waits, reported to the director.
    """
    if kind not in tuple(Danger):
        raise RuleViolation("danger.unknown", kind=kind, known=list(Danger))
    type, trade = DANGERS[Danger(kind)]
    with translation.override(BOOK_LANGUAGE):
        name = str(WORDS[kind])
    request = register_request(
        community=community,
        home=home,
        type=type,
        text=f"{name}。{text.strip()}" if text.strip() else f"{name}。",
        caller=caller or Caller(),
        act=act,
        channel=channel,
        place=place,
        first_asked=Staff(id=by.staff_id),
    )
    sorting = {"type": type, "trade": trade, "urgency": "urgent", "limit": "danger"}
    take_step(number=request.number, step="classify", act=act, by=by, values=sorting)
    exchange = Exchange(community.office, at=act.recorded_at)
    anyone = sorted(exchange.people.on_duty)
    alarm = rules.who_goes(exchange.of_trade(trade), anyone, exchange.people)
    if alarm is None:
        with translation.override(BOOK_LANGUAGE):
            nobody = str(alarm_said("nobody", ""))
        return take_step(
            number=request.number,
            step="escalate",
            act=act,
            by=by,
            words=nobody,
            values={"role": "office_director"},
        )
    return _send(request, kind, alarm, exchange, act, by)


def _send(request: Request, kind: str, alarm: Alarm, exchange: Exchange, act: Act, by: Actor) -> Request:
    with translation.override(BOOK_LANGUAGE):
        why = alarm_said(alarm.rung, exchange.names[alarm.to])
    return take_step(
        number=request.number,
        step="dispatch",
        act=act,
        by=by,
        values={"to": exchange.logins[alarm.to], "helpers": _logins(exchange, alarm.helpers)},
        ruled=Ruled(f"danger:{kind}", why),
    )


def _logins(exchange: Exchange, staff: Sequence[str]) -> str:
    return ",".join(exchange.logins[each] for each in staff)


@operation
def tell_details(
    *,
    number: str,
    act: Act,
    by: Actor,
    text: str = "",
    home: str = "",
    place: str = "",
    name: str = "",
    phone: str = "",
) -> Request:
    """Put down what was asked after the danger was sent: where, who, what exactly; each where it was said.

    Raises:
        RuleViolation: ``correct.nothing``, ``home.unknown``, and those of the steps `correct` and `add`.
    """
    said = {"home": home, "place": place, "caller_name": name, "caller_phone": phone}
    values = {field: value.strip() for field, value in said.items() if value.strip()}
    if text.strip():
        request = take_step(number=number, step="add", act=act, by=by, words=text)
    if values or not text.strip():
        request = take_step(
            number=number, step="correct", act=act, by=by, words=ASKED_AFTERWARDS, values=values
        )
    return request
