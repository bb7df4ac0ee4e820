"""Cases: registering, listing, one of them, its steps."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router
from ninja.params import functions

from hemu.access.actors import Integration
from hemu.access.operations import log_read
from hemu.access.web.bearer import TokenRequest
from hemu.duties.queries import duties_of
from hemu.estate.queries import caller_at, home_as_said
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import iso_local, office_day
from hemu.interface.rules import OWN_STEPS, may_take
from hemu.interface.web.codes import KEY, Key, StepName
from hemu.interface.web.paging import id_after, page_of
from hemu.interface.web.schemas import (
    ListAsked,
    Made,
    NewRequest,
    Registered,
    RequestDetail,
    RequestPage,
    StepGiven,
)
from hemu.interface.web.serving import Need, named_community, once_for
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request
from hemu.service_requests.operations.following import take_step_and_follow
from hemu.service_requests.operations.outside import Outside
from hemu.service_requests.queries import detail_of, request_for, summary_of, visible_to
from hemu.service_requests.rules import STEPS
from hemu.supervision.queries import narrowed
from hemu.supervision.rules import NAMES, Filters

router = Router(tags=["requests"])
FULL = functions.Query(False)


@router.post(
    "/requests",
    response={201: Registered},
    auth=Need("request.register"),
    url_name="api_requests",
    operation_id="register_request",
)
def register(request: HttpRequest, given: NewRequest, key: Key = KEY) -> Any:
    """登记一件诉求 · register a word of an owner."""
    caller = cast("TokenRequest", request)
    body = {"register": given.model_dump(mode="json")}
    return once_for(caller, key, body, lambda: _registered(caller, given))


def _registered(caller: TokenRequest, given: NewRequest) -> dict[str, Any]:
    actor, now = caller.actor, caller.now
    community = named_community(actor.communities("request.register"), given.community)
    home, said = home_as_said(community, given.home)
    person = None
    if not given.anonymous:
        person = caller_at(home, given.phone, given.name, on=office_day(now))
    outside = given.outside
    made = register_request(
        community=community,
        home=home,
        place=given.place or said,
        type=given.type,
        text=given.text,
        caller=Caller(person, given.name, given.phone, given.anonymous),
        act=actor.act(now=now, at=given.at),
        channel=given.channel,
        late_reason=given.late_reason,
        outside=Outside(outside.body, outside.number.strip(), outside.due_at) if outside else None,
        files=[str(each) for each in given.files],
    )
    duties = [{"clause": duty.clause, "due": iso_local(duty.due_at)} for duty in duties_of(made.subject)]
    return {**_stands(made), "duties": duties}


def _stands(case: Request) -> dict[str, Any]:
    return {"number": case.number, "state": str(case.state), "version": case.version}


@router.get(
    "/requests",
    response=RequestPage,
    auth=Need("request.view"),
    url_name="api_requests",
    operation_id="list_requests",
)
def listing(request: HttpRequest, asked: Query[ListAsked]) -> Any:
    """诉求清单，新的在前 · cases, the newest first."""
    caller = cast("TokenRequest", request)
    actor, now = caller.actor, caller.now
    rows = narrowed(visible_to(actor), _filters(asked), offices=actor.offices_with("request.view"), now=now)
    if asked.cursor:
        rows = rows.filter(id__lt=id_after(asked.cursor))
    found = list(rows.order_by("-id")[: asked.limit + 1])
    page, following = page_of(found, asked.limit)
    return {"items": [summary_of(case) for case in page], "next": following}


def _filters(asked: ListAsked) -> Filters:
    given = {name: getattr(asked, name, None) for name in NAMES}
    return Filters.of({name: "1" if value is True else str(value) for name, value in given.items() if value})


@router.get(
    "/requests/{number}",
    response=RequestDetail,
    auth=Need("request.view"),
    url_name="api_request",
    operation_id="show_request",
)
def show(request: HttpRequest, number: str, full_phone: bool = FULL) -> Any:
    """一件诉求及其台账；full_phone 要“看全号”权限，并留查阅记录 · one case with its timeline."""
    caller = cast("TokenRequest", request)
    actor, now = caller.actor, caller.now
    found = request_for(actor, number)
    office = found.community.office_id
    if full_phone:
        actor.require("estate.reveal", office)
        log_read(by=actor, subject=found.subject, what="phone", now=now)
    detail = detail_of(found, now=now)
    return {
        **detail,
        "caller": _caller(found, full=full_phone),
        "timeline": [_without_phone(line) if not full_phone else line for line in detail["timeline"]],
        "steps": _steps(actor, found),
    }


def _caller(case: Request, *, full: bool) -> dict[str, str]:
    return {
        "name": case.caller_name,
        "phone": case.caller_phone if full or not case.caller_phone else mask_phone(case.caller_phone),
    }


def _without_phone(line: dict[str, Any]) -> dict[str, Any]:
    """Mask the numbers among the words of an entry: the caller's, and those before and after a correction."""
    words = line["words"]
    if not words:
        return line
    masked = {
        name: mask_phone(value) if "phone" in name and value else value for name, value in words.items()
    }
    return {**line, "words": masked}


def _steps(actor: Integration, case: Request) -> list[str]:
    if not actor.may("request.step", case.community.office_id):
        return []
    allowed = STEPS.allowed(case.state, actor.roles_at(case.community.office_id))
    return sorted({row.name for row in allowed} - OWN_STEPS)


@router.post(
    "/requests/{number}/steps/{step}",
    response=Made,
    auth=Need("request.step"),
    url_name="api_request_step",
    operation_id="take_step",
)
def take(
    request: HttpRequest,
    number: str,
    step: StepName,
    given: StepGiven,
    key: Key = KEY,
) -> Any:
    """办一步；expected_version 过时答 409 并给出现在的 version · take a step."""
    caller = cast("TokenRequest", request)
    body = {"number": number, "step": step, **given.model_dump(mode="json")}
    return once_for(caller, key, body, lambda: _taken(caller, number, step, given))


def _taken(caller: TokenRequest, number: str, step: str, given: StepGiven) -> dict[str, Any]:
    actor = caller.actor
    found = request_for(actor, number, "request.step")
    may_take(step)
    made = take_step_and_follow(
        number=found.number,
        step=step,
        act=actor.act(now=caller.now, at=given.at),
        by=actor,
        version=given.expected_version,
        words=given.words,
        values=dict(given.values),
        files=[str(each) for each in given.files],
    )
    return _stands(made)
