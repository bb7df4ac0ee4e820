"""Sending cases from the list: rows are chosen, one dialog asks to whom, and each says what became of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.access.web.gate import StaffRequest
from hemu.dispatching.operations import Row, dispatch_many
from hemu.dispatching.operations.sending import MOST_AT_ONCE
from hemu.dispatching.queries import receivers
from hemu.estate.queries_standing import department_names
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.service_requests.rules import DISPATCHERS
from hemu.supervision.queries import PEOPLE, Handler


def dialog_of(staff: StaffRequest, found: list[Request], handlers: list[Handler]) -> dict[str, Any]:
    """Return what the dialog offers for the rows shown; empty for who sends nothing.

    Args:
        handlers: what the page knows already of who handles cases; asked for anew where they are too many.
    """
    may_send = {office for office, roles in staff.actor.offices.items() if roles & DISPATCHERS}
    offices = {
        each.community.office_id: each.community.office.name
        for each in found
        if each.community.office_id in may_send
    }
    if not offices:
        return {}
    return {
        "people": receivers(offices, on=office_day(staff.now))
        if len(handlers) > PEOPLE
        else _receivers(offices, handlers),
        "departments": [(name, name) for name in department_names(offices)],
        "key": new_id(staff.now).hex,
        "url": f"{reverse('requests_send')}?{staff.GET.urlencode()}",
    }


def _receivers(offices: Mapping[UUID, str], handlers: list[Handler]) -> list[tuple[str, str]]:
    """Return the same as `receivers` out of the handlers at hand, the offices' names beside their ids."""
    here = [each for each in handlers if each.office in offices and each.login]
    if len(offices) == 1:
        return list({each.login: each.name for each in here}.items())
    placed = sorted((offices[each.office], each.name, each.login) for each in here if each.office)
    return list({login: f"{name}（{office}）" for office, name, login in placed}.items())


def sent(staff: StaffRequest) -> dict[str, Any]:
    """Send the rows chosen and return what became of each.

    Raises:
        RuleViolation: those of `dispatch_many`; nothing is sent then.
    """
    post = staff.POST
    asked = post.getlist("number")[: MOST_AT_ONCE + 1]
    seen = set(visible_to(staff.actor).filter(number__in=asked).values_list("number", flat=True))
    rows = dispatch_many(
        numbers=[number for number in asked if number in seen],
        act=staff.actor.act(now=staff.now),
        by=staff.actor,
        to=post.get("to", ""),
        department=post.get("department", ""),
        by_rule=bool(post.get("by_rule")),
        reason=post.get("reason", ""),
        key=post.get("key", ""),
    )
    return {
        "results": [_result(row) for row in rows],
        "sent": sum(1 for row in rows if not row.refusal),
    }


def _result(row: Row) -> dict[str, Any]:
    return {
        "number": row.number,
        "url": reverse("request", args=[row.number]),
        "words": row.refusal or _("已派给%(who)s") % {"who": row.handler},
        "failed": bool(row.refusal),
    }
