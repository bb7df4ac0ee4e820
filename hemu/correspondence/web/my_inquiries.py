"""What a member asks from the phone: writing it, seeing where it stands, saying that an answer was none."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.queries import Seat
from hemu.correspondence.models import Inquiry
from hemu.correspondence.operations_inquiries import ask, settle_inquiry
from hemu.correspondence.queries_inquiries import Listed, inquiries_by, inquiry_by, listed, time_of
from hemu.correspondence.queries_sheets import sheet_of
from hemu.correspondence.web.asking import chosen, posted, read_version
from hemu.correspondence.web.history import history_of
from hemu.correspondence.web.inquiries import answer_rows
from hemu.correspondence.wording import INQUIRY_SORTS, INQUIRY_STATES, INQUIRY_WAYS, UP_TO
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import PUBLIC, needs
from hemu.papers.typesetting import typeset
from hemu.portal.web.gate import MemberRequest, frame, members

TYPED = ("community", "sort", "text", "about")
STEP = ("step", "version", "words")


@needs(PUBLIC)
@require_GET
@members
def inquiries(request: MemberRequest) -> HttpResponse:
    """Show what one's committee asked, late first (GET: state)."""
    state = "all" if request.GET.get("state") == "all" else "open"
    rows = []
    for seat in request.seats:
        found, _following = listed(inquiries_by(seat), seat.community, state=state, now=request.now)
        rows += [_row(each, several=len(request.seats) > 1) for each in found]
    context = {
        **frame(request, "my_committee"),
        "rows": rows,
        "states": [
            {
                "label": label,
                "url": f"{reverse('my_committee_inquiries')}?state={each}",
                "current": each == state,
            }
            for each, label in (("open", _("待答复")), ("all", _("全部")))
        ],
        "state": state,
        "ask_url": reverse("my_committee_ask"),
    }
    return render(request, "correspondence/my_inquiries.html", context)


def _row(each: Listed, *, several: bool) -> dict[str, Any]:
    inquiry = each.inquiry
    return {
        "url": reverse("my_committee_inquiry", args=[inquiry.id]),
        "text": inquiry.text,
        "number": inquiry.number,
        "sort": INQUIRY_SORTS[inquiry.sort],
        "status": INQUIRY_STATES[inquiry.state],
        "community": inquiry.community.name if several else "",
        "time": each.time,
        "at": inquiry.received_at,
    }


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@members
def new_inquiry(request: MemberRequest) -> HttpResponse:
    """Show the form (GET: about, community); register what is asked (POST: community, sort, text, about, files, key)."""
    if request.method == "GET":
        return _form(request, dict(chosen(request, TYPED)))
    typed, by = posted(request, TYPED), request.owner.key()
    seat = _seat(request, typed["community"])

    def act(files: list[str]) -> Mapping[str, Any]:
        said = {name: typed[name] for name in ("sort", "text", "about")}
        return {"inquiry": str(ask(seat=seat, **said, files=files, kept_by=by, now=request.now).id)}

    tried = try_act(request, by=by, now=request.now, typed=typed, act=act)
    if tried.refusal:
        return _form(request, typed, tried)
    return redirect("my_committee_inquiry", tried.answer["inquiry"])


def _seat(request: MemberRequest, community: str) -> Seat:
    """Return the seat in the community of a form; the first one where it names none of theirs."""
    found = (seat for seat in request.seats if str(seat.community.id) == community)
    return next(found, request.seats[0])


def _form(request: MemberRequest, typed: dict[str, str], tried: Tried = UNTRIED) -> HttpResponse:
    context = {
        **frame(request, "my_committee"),
        "typed": typed,
        "sorts": list(INQUIRY_SORTS.items()),
        "communities": [(str(each.community.id), each.community.name) for each in request.seats],
        **tried.form(request.owner.key(), now=request.now, owners=True),
    }
    return render(request, "correspondence/my_ask.html", context, status=tried.status)


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@members
def inquiry(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Show an inquiry with its answers (GET); say that it was answered, or not (POST: step, version, words, key)."""
    found, seat = _found(request, inquiry)
    if request.method == "GET":
        return _page(request, found)
    typed = posted(request, STEP)

    def act(files: list[str]) -> Mapping[str, Any]:
        settle_inquiry(
            inquiry=inquiry,
            answered=typed["step"] == "accept",
            words=typed["words"],
            seat=seat,
            now=request.now,
            version=read_version(typed["version"]),
        )
        return {"inquiry": str(inquiry)}

    body = typed | {"inquiry": str(inquiry)}
    tried = try_act(request, by=request.owner.key(), now=request.now, typed=body, act=act)
    if tried.refusal:
        return _page(request, _found(request, inquiry)[0], typed, tried)
    return redirect("my_committee_inquiry", inquiry)


def _found(request: MemberRequest, inquiry: UUID) -> tuple[Inquiry, Seat]:
    try:
        return inquiry_by(request.seats, inquiry)
    except RuleViolation as refusal:
        raise Http404(str(inquiry)) from refusal


def _page(
    request: MemberRequest,
    found: Inquiry,
    typed: Mapping[str, str] | None = None,
    tried: Tried = UNTRIED,
) -> HttpResponse:
    context = {
        **frame(request, "my_committee"),
        "inquiry": found,
        "sort": INQUIRY_SORTS[found.sort],
        "way": INQUIRY_WAYS[found.way],
        "who": found.member.person.name if found.member else "",
        "status": INQUIRY_STATES[found.state],
        "time": time_of(found, now=request.now),
        "again": found.round - 1,
        "up_to": UP_TO.get(found.escalated_to, ""),
        "answers": answer_rows(found),
        "may_settle": found.state == "answered",
        "typed": typed or {},
        "timeline": history_of(found.subject, found.community, now=request.now, member=True),
        **tried.form(request.owner.key(), now=request.now, owners=True),
    }
    return render(request, "correspondence/my_inquiry.html", context, status=tried.status)


@needs(PUBLIC)
@require_GET
@members
def inquiry_sheet(request: MemberRequest, inquiry: UUID) -> HttpResponse:
    """Return an inquiry with its answers as PDF."""
    found, _seat_there = _found(request, inquiry)
    return HttpResponse(typeset([sheet_of(found)], at=request.now), content_type="application/pdf")
