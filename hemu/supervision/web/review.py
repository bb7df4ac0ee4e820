"""The daily stock-take of complaints: one after the other, then one signature."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Office
from hemu.estate.queries import staff_names
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.wording import date_words
from hemu.ledger.models import Entry
from hemu.service_requests.wording import STATES, place_words
from hemu.supervision.operations_review import review_case, sign_review
from hemu.supervision.queries_review import Complaint, Finding, answerable, signed_today, stock
from hemu.supervision.rules_review import ON_TRACK
from hemu.supervision.web.wall import chosen_office, offices_of
from hemu.supervision.wording import ROOTS

Typed = dict[str, str]


@needs("review.sign")
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """Show the complaint that comes next, or the one asked for (GET: office, number)."""
    staff = cast("StaffRequest", request)
    return _page(staff, _office(staff), request.GET.get("number", ""))


@needs("review.sign")
@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Write down what was found of one (POST: office, number, to, root, measure, key) and go on to the next."""
    staff = cast("StaffRequest", request)
    office = _office(staff)
    typed = {name: request.POST.get(name, "") for name in ("number", "to", "root", "measure")}
    try:
        once(
            account=staff.actor.key,
            key=request.POST.get("key", ""),
            body=typed,
            now=staff.now,
            act=lambda: _reviewed(staff, typed),
        )
    except RuleViolation as refusal:
        return _page(staff, office, typed["number"], refusal, typed)
    return redirect(_url(office))


@needs("review.sign")
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the day's stock-take (POST: office, key)."""
    staff = cast("StaffRequest", request)
    office = _office(staff)
    try:
        once(
            account=staff.actor.key,
            key=request.POST.get("key", ""),
            body={"office": str(office.id)},
            now=staff.now,
            act=lambda: _signed(staff, office),
        )
    except RuleViolation as refusal:
        return _page(staff, office, "", refusal)
    return redirect(_url(office))


def _reviewed(staff: StaffRequest, typed: Typed) -> dict[str, Any]:
    entry = review_case(by=staff.actor, act=staff.actor.act(now=staff.now), **typed)
    return {"entry": str(entry.id)}


def _signed(staff: StaffRequest, office: Office) -> dict[str, Any]:
    return {"entry": str(sign_review(office=office, by=staff.actor, act=staff.actor.act(now=staff.now)).id)}


def _office(staff: StaffRequest) -> Office:
    offices = offices_of(staff.actor, "review.sign")
    office = chosen_office(staff, offices) or (offices[0] if offices else None)
    if office is None:
        raise Http404
    return office


def _url(office: Office, number: str = "") -> str:
    asked = {"office": str(office.id)} | ({"number": number} if number else {})
    return f"{reverse('review')}?{urlencode(asked)}"


def _page(
    staff: StaffRequest,
    office: Office,
    number: str,
    refusal: RuleViolation | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    complaints = stock(staff.actor, office, now=staff.now)
    left = [each for each in complaints if not each.done]
    current = next((each for each in complaints if each.case.number == number), left[0] if left else None)
    names = staff_names({UUID(each.finding.to[6:]) for each in complaints if each.finding})
    offices = offices_of(staff.actor, "review.sign")
    context = {
        "today": date_words(office_day(staff.now)),
        "office": {"name": office.name},
        "office_id": str(office.id),
        "offices": [(str(each.id), each.name) for each in offices] if len(offices) > 1 else [],
        "done": len(complaints) - len(left),
        "total": len(complaints),
        "rows": [_row(each, office, names, current) for each in complaints],
        "current": _current(current, office, names, typed) if current else None,
        "people": answerable(office, now=staff.now) if current else [],
        "roots": [
            (code, word)
            for code, word in ROOTS.items()
            if not (current and current.late and code == ON_TRACK)
        ],
        **_beside(complaints, current, office),
        "may_sign": not left,
        "signed": [_signature(each) for each in signed_today(office, now=staff.now)],
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
        "wall_url": reverse("wall"),
    }
    return render(staff, "supervision/review.html", context, status=status_of(refusal) if refusal else 200)


def _beside(complaints: list[Complaint], current: Complaint | None, office: Office) -> dict[str, str]:
    """Return the addresses of the complaint before and after the one shown."""
    if current is None:
        return {"before_url": "", "after_url": ""}
    at = complaints.index(current)
    before = complaints[at - 1].case.number if at else ""
    after = complaints[at + 1].case.number if at + 1 < len(complaints) else ""
    return {
        "before_url": _url(office, before) if before else "",
        "after_url": _url(office, after) if after else "",
    }


def _row(
    each: Complaint, office: Office, names: dict[UUID, str], current: Complaint | None
) -> dict[str, Any]:
    finding = each.finding if each.done else None
    return {
        "number": each.case.number,
        "url": _url(office, each.case.number),
        "done": each.done,
        "late": each.late,
        "current": current is each,
        "root": ROOTS[finding.root] if finding else "",
        "who": _name(finding, names) if finding else "",
    }


def _current(each: Complaint, office: Office, names: dict[UUID, str], typed: Typed | None) -> dict[str, Any]:
    case, last = each.case, each.finding
    handler = f"staff:{case.handler_id}" if case.handler_id else ""
    usual = {
        "to": last.to if last else handler,
        "root": last.root if last else "" if each.late else ON_TRACK,
        "measure": last.measure if last else "",
    }
    if each.late and usual["root"] == ON_TRACK:
        usual["root"] = ""
    return {
        "number": case.number,
        "url": reverse("request", args=[case.number]),
        "words": case.text,
        "place": place_words(case),
        "community": case.community.name,
        "status": STATES[case.state],
        "handler": case.handler.name if case.handler else "",
        "urged": case.urged_count,
        "reopened": case.reopened_count,
        "major": case.major,
        "at": case.happened_at,
        "due": each.due,
        "late": each.late,
        "last": {"root": ROOTS[last.root], "who": _name(last, names), "measure": last.measure, "at": last.at}
        if last
        else None,
        **(typed or usual),
    }


def _name(finding: Finding, names: dict[UUID, str]) -> str:
    return names.get(UUID(finding.to[6:]), _("已离职员工"))


def _signature(entry: Entry) -> dict[str, Any]:
    names = staff_names({UUID(entry.actor[6:])})
    return {
        "by": next(iter(names.values()), _("已离职员工")),
        "at": entry.at,
        "open": entry.facts["open"],
        "late": entry.facts["late"],
    }
