"""Sending cases by the office's rules, many at once, and taking one out of the pool."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from hemu.access.actors import Actor
from hemu.dispatching.models import Arrangement
from hemu.dispatching.queries import Chosen, Exchange
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.refusals import words_for
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.operations.asked import Ruled
from hemu.service_requests.queries import request_by_number
from hemu.service_requests.rules import State

MOST_AT_ONCE = 100


@operation
def dispatch_by_rule(*, number: str, act: Act, by: Actor) -> Request:
    """Send a case to whom the office's rules choose at this moment (RQ-04); the entry names the rule.

    Raises:
        RuleViolation: ``dispatch_rule.none``, and those of the step `dispatch`.
    """
    request = request_by_number(number)
    chosen = Exchange(request.community.office, at=act.recorded_at).chosen_for(request)
    if chosen is None:
        raise RuleViolation("dispatch_rule.none")
    return _send(request, chosen, act, by)


def dispatch_when_sorted(request: Request, act: Act, by: Actor) -> Request | None:
    """Send a case just sorted by rule, as the next act of whoever sorted it; None where the office did not ask for it.

    Where no rule gives anybody the case waits for a person as before.
    """
    office = request.community.office
    if not Arrangement.objects.filter(office=office, at_sorting=True).exists():
        return None
    chosen = Exchange(office, at=act.recorded_at).chosen_for(request)
    return _send(request, chosen, act, by) if chosen else None


def _send(request: Request, chosen: Chosen, act: Act, by: Actor) -> Request:
    target = {"to": chosen.login} if chosen.login else {"department": chosen.department}
    return take_step(
        number=request.number,
        step="dispatch",
        act=act,
        by=by,
        values=target,
        ruled=Ruled(chosen.choice.rule, chosen.why),
    )


@operation
def take(*, number: str, act: Act, by: Actor) -> Request:
    """Take a case out of the pool; of two who press at once one gets it and the other is told who.

    Raises:
        RuleViolation: ``pool.taken`` (name), ``pool.not_there``, ``accept.other_department``, and those of `accept`.
    """
    # Who has it is asked after the lock: a row joined to it would be that of the time before.
    standing = Request.objects.select_for_update().filter(number=number).first()
    if standing is not None and standing.handler and standing.handler_id != by.staff_id:
        raise RuleViolation("pool.taken", name=standing.handler.name)
    if standing is not None and standing.state != State.DISPATCHED:
        raise RuleViolation("pool.not_there")
    return take_step(number=number, step="accept", act=act, by=by)


@dataclass(frozen=True)
class Row:
    """What became of one case of many: where it stands now, or why it was not sent."""

    number: str
    state: str = ""
    handler: str = ""
    refusal: str = ""
    code: str = ""


def dispatch_many(
    *,
    numbers: Iterable[str],
    act: Act,
    by: Actor,
    to: str = "",
    department: str = "",
    by_rule: bool = False,
    reason: str = "",
    key: str = "",
) -> list[Row]:
    """Send each of the cases, each with an entry and a transaction of its own; return what became of each.

    What waits is dispatched; what somebody has already is transferred, for which the reason must be given; what is
    not sorted yet is refused (``dispatch.not_sorted``).

    Args:
        to, department: a login, a department's name or both; none of them where ``by_rule``.
        key: of the press; a second press with it does nothing again.

    Raises:
        RuleViolation: ``dispatch.nothing_chosen``, ``dispatch.no_target``, ``dispatch.too_many`` (most); nothing is
            sent then.
    """
    chosen = list(dict.fromkeys(filter(None, (number.strip() for number in numbers))))
    if not chosen:
        raise RuleViolation("dispatch.nothing_chosen")
    if len(chosen) > MOST_AT_ONCE:
        raise RuleViolation("dispatch.too_many", most=MOST_AT_ONCE)
    if not (to or department or by_rule):
        raise RuleViolation("dispatch.no_target")
    values = {name: value for name, value in (("to", to), ("department", department)) if value}

    def send(number: str) -> Request:
        if by_rule:
            return dispatch_by_rule(number=number, act=act, by=by)
        state = request_by_number(number).state
        if state == State.RECEIVED:
            raise RuleViolation("dispatch.not_sorted")
        held = state != State.CLASSIFIED
        return take_step(
            number=number,
            step="transfer" if held else "dispatch",
            act=act,
            by=by,
            words=reason if held else "",
            values=values,
        )

    body = values | {"by_rule": str(by_rule), "reason": reason}
    return each_apart(chosen, send, act=act, by=by, key=key, body=body)


def each_apart(
    numbers: Iterable[str],
    do: Callable[[str], Request],
    *,
    act: Act,
    by: Actor,
    key: str,
    body: Mapping[str, str],
) -> list[Row]:
    """Do the same with each case in a transaction of its own; one refused does not keep the others back."""
    rows = []
    for number in numbers:

        def one(number: str = number) -> dict[str, str]:
            done = do(number)
            name = done.handler.name if done.handler else done.department.name if done.department else ""
            return {"state": str(done.state), "handler": name}

        try:
            with transaction.atomic():  # inside another one too: what is refused leaves nothing behind
                answer = once(
                    account=by.key,
                    key=f"{key}:{number}" if key else "",
                    body={**body, "number": number},
                    now=act.recorded_at,
                    act=one,
                )
        except RuleViolation as refusal:
            rows.append(Row(number, refusal=words_for(refusal), code=refusal.code))
        else:
            rows.append(Row(number, answer["state"], answer["handler"]))
    return rows
