"""A member's own pages: to answer, received, late with the company, audit; the sheet of what is owed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hemu.committee.queries import Seat
from hemu.committee.wording import POSTS
from hemu.committee_desk.queries import late_to
from hemu.committee_desk.web.panels import audit, received, to_answer
from hemu.committee_desk.web.sheets import asked_sheet, sheet_context, sheet_paper
from hemu.infra.web.needs import PUBLIC, needs
from hemu.portal.web.gate import MemberRequest, frame, members, seat_in


@needs(PUBLIC)
@require_GET
@members
def desk(request: MemberRequest) -> HttpResponse:
    """Show the four things, community by community."""
    context = {**frame(request, "my_committee"), "seats": [_seat(request, each) for each in request.seats]}
    return render(request, "committee_desk/member.html", context)


def _seat(request: MemberRequest, seat: Seat) -> dict[str, Any]:
    return {
        "community": seat.community.name,
        "community_id": seat.community.id,
        "post": POSTS[seat.post],
        "helper": seat.helper is not None,
        "to_answer": to_answer(seat, now=request.now),
        "received": received(seat, now=request.now),
        "late": late_to(seat.community, now=request.now),
        "audit": audit(seat, now=request.now),
        "owed_url": reverse("my_committee_owed", args=[seat.community.id]),
        "book_url": reverse("book_community", args=[seat.community.code]),
    }


@needs(PUBLIC)
@require_GET
@members
def owed(request: MemberRequest, community: UUID) -> HttpResponse:
    """Show what was owed to the committee and how it stands (GET: span)."""
    seat = seat_in(request, community)
    shown = sheet_context(
        asked_sheet(request, seat.community, now=request.now),
        page=reverse("my_committee_owed", args=[community]),
        paper=reverse("my_committee_owed_paper", args=[community]),
    )
    context = {**frame(request, "my_committee"), "sheet": shown, "community": seat.community}
    return render(request, "committee_desk/member_owed.html", context)


@needs(PUBLIC)
@require_GET
@members
def owed_paper(request: MemberRequest, community: UUID) -> HttpResponse:
    """Give the sheet as PDF, with the code to keep (GET: span)."""
    seat = seat_in(request, community)
    return sheet_paper(asked_sheet(request, seat.community, now=request.now), seat.community, now=request.now)
