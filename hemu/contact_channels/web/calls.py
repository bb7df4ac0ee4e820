"""Calls to the office: what is to be called back, how fast calls were taken, entering one."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.contact_channels.models import Call
from hemu.contact_channels.operations import explain_call, note_call, return_call
from hemu.contact_channels.queries import (
    TO_RETURN,
    calls_of,
    explained_by,
    figures_of,
    latest,
    names_by_phone,
    to_return,
)
from hemu.contact_channels.rules import IN_TIME
from hemu.estate.models import Office
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs

TYPED = ("office", "phone", "rings", "taken", "number", "about")
MORE = "4"
"""What the form sends for *more than three*: how many exactly nobody counts."""


@needs("call.view")
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """Show the calls to one's offices."""
    return _page(cast("StaffRequest", request))


@needs("call.keep")
@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Enter a call (POST: office, phone, rings, taken: yes or no, number, about, key)."""
    staff = cast("StaffRequest", request)
    typed = {name: staff.POST.get(name, "").strip() for name in TYPED}
    return _done(staff, typed, lambda: {"call": str(_noted(staff, typed).id)})


def _noted(staff: StaffRequest, typed: Mapping[str, str]) -> Call:
    offices = offices_of(staff.actor)
    office = next((each for each in offices if str(each.id) == typed["office"]), None)
    if office is None:
        raise Http404
    rings = typed["rings"]
    return note_call(
        office=office,
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        phone=typed["phone"],
        rings=int(rings) if rings.isascii() and rings.isdigit() and len(rings) < 4 else 0,
        answered=typed["taken"] != "no",
        request=typed["number"],
        about=typed["about"],
    )


@needs("call.keep")
@require_POST
def returned(request: HttpRequest, call: UUID) -> HttpResponse:
    """Write down that a missed call was returned (POST: reached: yes or no, about, key)."""
    staff = cast("StaffRequest", request)
    reached, about = staff.POST.get("reached") == "yes", staff.POST.get("about", "")

    def act() -> dict[str, Any]:
        entry = return_call(
            call=call, by=staff.actor, act=staff.actor.act(now=staff.now), reached=reached, about=about
        )
        return {"entry": str(entry.id)}

    return _done(staff, {"call": str(call), "reached": str(reached), "about": about}, act)


@needs("call.keep")
@require_POST
def explained(request: HttpRequest, call: UUID) -> HttpResponse:
    """Write down afterwards what a call was about (POST: number, about, key)."""
    staff = cast("StaffRequest", request)
    typed = {name: staff.POST.get(name, "").strip() for name in ("number", "about")}

    def act() -> dict[str, Any]:
        entry = explain_call(
            call=call,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            request=typed["number"],
            about=typed["about"],
        )
        return {"entry": str(entry.id)}

    return _done(staff, {"call": str(call), **typed}, act)


def _done(staff: StaffRequest, body: Mapping[str, str], act: Any) -> HttpResponse:
    try:
        once(account=staff.actor.key, key=staff.POST.get("key", ""), body=body, now=staff.now, act=act)
    except RuleViolation as refusal:
        if refusal.code == "call.not_found":
            raise Http404 from refusal
        return _page(staff, refusal, body)
    return redirect("calls")


def offices_of(actor: Actor) -> list[Office]:
    """Return the offices whose calls this person enters, by name."""
    held = actor.offices_with("call.keep")
    rows = Office.objects.filter(communities__isnull=False).distinct()
    return list((rows if held is None else rows.filter(id__in=held)).order_by("name"))


def _page(
    staff: StaffRequest, refusal: RuleViolation | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    rows = calls_of(staff.actor)
    waiting, found = list(to_return(rows)[:TO_RETURN]), latest(rows)
    names = names_by_phone(each.phone for each in [*waiting, *found])
    said = explained_by(found)
    figures = figures_of(rows, now=staff.now)
    offices = offices_of(staff.actor)
    context = {
        "stats": _stats(figures),
        "waiting": [_row(each, names) for each in waiting],
        "rows": [{**_row(each, names), "explained": said.get(each.id)} for each in found],
        "offices": [(str(each.id), each.name) for each in offices],
        "rings": [("1", _("第一声")), ("2", _("第二声")), ("3", _("第三声")), (MORE, _("三声以后"))],
        "taken": [("yes", _("接到了")), ("no", _("没接到"))],
        "typed": typed or {},
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(
        staff, "contact_channels/calls.html", context, status=status_of(refusal) if refusal else 200
    )


def _stats(figures: Any) -> list[dict[str, Any]]:
    share = f"{100 * figures.in_time // figures.answered}%" if figures.answered else "–"
    return [
        {"label": _("七天来电"), "number": figures.calls, "unit": _("通"),
         "than": _("接听 %(n)s 通") % {"n": figures.answered}},
        {"label": _("三声内接听"), "number": share, "unit": "",
         "than": _("%(n)s 通，应为全部") % {"n": figures.in_time}},
        {"label": _("漏接还没打通"), "number": figures.to_return, "unit": _("通"), "than": _("应为 0"),
         "tone": "brick" if figures.to_return else ""},
    ]  # fmt: skip


def _row(each: Call, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": each.id,
        "at": each.called_at,
        "phone": mask_phone(each.phone) if each.phone else "",
        "name": names.get(each.phone, ""),
        "rings": each.rings,
        "answered": each.answered,
        "in_time": each.answered and each.rings <= IN_TIME,
        "returned_at": each.returned_at,
        "about": each.about,
        "number": each.request.number if each.request else "",
        "who": each.staff.name if each.staff else "",
        "office": each.office.name,
    }
