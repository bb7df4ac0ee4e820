"""Who sits on the owners' committee, in which term, with which helper; who of the office speaks with it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.models import Helper, Member
from hemu.committee.operations import appoint_liaison, end_helper, end_seat, name_helper, seat_member
from hemu.committee.queries import liaison_of, member_in, terms_of
from hemu.committee.rules import Post, is_in_office, quorum
from hemu.committee.web.frame import frame
from hemu.committee.wording import LEAVINGS, POSTS
from hemu.estate.models import Community
from hemu.estate.queries import colleagues_of, find_home
from hemu.foundation.errors import RuleViolation
from hemu.foundation.redaction import mask_phone
from hemu.infra.moments import office_day, typed_day
from hemu.infra.web.needs import needs

TERM = timedelta(days=5 * 365)
FIELDS = (
    "room",
    "name",
    "post",
    "since",
    "until",
    "election",
    "leaving",
    "left_on",
    "words",
    "phone",
    "staff",
)


@needs("committee.view")
@require_GET
def committee(request: HttpRequest) -> HttpResponse:
    """Show who sits, who sat, and the forms to change it (GET: community)."""
    staff = cast("StaffRequest", request)
    return _page(staff, community_asked(staff, "committee.view", staff.GET.get("community", "")))


@needs("committee.keep")
@require_POST
def seat(request: HttpRequest) -> HttpResponse:
    """Enter a member (POST: community, room, name, post, since, until, election, files, key)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "committee.keep", staff.POST.get("community", ""))

    def act(typed: Mapping[str, str], files: list[str]) -> UUID:
        return seat_member(
            home=find_home(community, typed["room"]),
            name=typed["name"],
            post=typed["post"],
            since=_day(typed["since"]),
            until=_day(typed["until"]),
            election=typed["election"],
            files=files,
            **_known(staff),
        ).id

    return _done(staff, community, "seat", act)


@needs("committee.keep")
@require_POST
def leave(request: HttpRequest, member: UUID) -> HttpResponse:
    """Say that a member sits no more (POST: leaving, left_on, words, files, key)."""
    staff, found = _found(request, member)

    def act(typed: Mapping[str, str], files: list[str]) -> UUID:
        end_seat(
            member=found,
            reason=typed["leaving"],
            on=_day(typed["left_on"]),
            words=typed["words"],
            files=files,
            **_known(staff),
        )
        return found.id

    return _done(staff, found.community, str(found.id), act)


@needs("committee.keep")
@require_POST
def helper(request: HttpRequest, member: UUID) -> HttpResponse:
    """Enter a member's helper (POST: name, phone, files, key)."""
    staff, found = _found(request, member)

    def act(typed: Mapping[str, str], files: list[str]) -> UUID:
        known = _known(staff)
        return name_helper(member=found, name=typed["name"], phone=typed["phone"], files=files, **known).id

    return _done(staff, found.community, str(found.id), act)


@needs("committee.keep")
@require_POST
def helper_end(request: HttpRequest, helper: UUID) -> HttpResponse:
    """Say that a helper helps no more (POST: key)."""
    staff = cast("StaffRequest", request)
    rows = Helper.objects.select_related("member__community__office", "member__person")
    found = rows.filter(
        staff.actor.within("committee.keep", community="member__community"), id=helper
    ).first()
    if found is None:
        raise Http404(str(helper))

    def act(typed: Mapping[str, str], files: list[str]) -> UUID:
        end_helper(helper=found, **_known(staff))
        return found.id

    return _done(staff, found.member.community, str(found.member_id), act)


@needs("committee.keep")
@require_POST
def liaison(request: HttpRequest) -> HttpResponse:
    """Say who of the office speaks with the committee (POST: community, staff, since, key)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "committee.keep", staff.POST.get("community", ""))

    def act(typed: Mapping[str, str], files: list[str]) -> UUID:
        known = _known(staff)
        return appoint_liaison(
            community=community, staff=_id(typed["staff"]), since=_day(typed["since"]), **known
        ).id

    return _done(staff, community, "liaison", act)


def _done(
    staff: StaffRequest,
    community: Community,
    where: str,
    act: Callable[[Mapping[str, str], list[str]], UUID],
) -> HttpResponse:
    """Do an act once and go back to the roster; a refusal shows the page again, the form that was sent open."""
    typed = {name: staff.POST.get(name, "") for name in FIELDS} | {"where": where}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=typed | {"community": str(community.id)},
        act=lambda files: {"id": str(act(typed, files))},
    )
    if tried.refusal:
        return _page(staff, community, typed, tried)
    return redirect(f"{reverse('committee')}?{urlencode({'community': str(community.id)})}")


def _page(
    staff: StaffRequest,
    community: Community,
    typed: Mapping[str, str] | None = None,
    tried: Tried = UNTRIED,
) -> HttpResponse:
    today = office_day(staff.now)
    rows = [_row(each, today) for each in terms_of(community)]
    sitting = sum(1 for each in rows if each["sits"])
    keeps = staff.actor.may("committee.keep", community.office_id)
    spoken = liaison_of(community, on=today)
    context = frame(staff, community, "committee") | {
        "rows": sorted((each for each in rows if not each["over"]), key=lambda each: each["order"]),
        "past": [each for each in rows if each["over"]],
        "sitting": sitting,
        "quorum": quorum(sitting) if sitting else 0,
        "liaison": spoken.staff.name if spoken else "",
        "may_keep": keeps,
        "posts": list(POSTS.items()),
        "leavings": list(LEAVINGS.items()),
        "colleagues": colleagues_of(community, on=today) if keeps else [],
        "today": today.isoformat(),
        "term_end": (today + TERM).isoformat(),
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "committee/roster.html", context, status=tried.status)


def _row(member: Member, today: date) -> dict[str, Any]:
    return {
        "id": str(member.id),
        "name": member.person.name,
        "post": POSTS[member.post],
        "order": (member.until < today, list(Post).index(Post(member.post)), member.since),
        "since": member.since,
        "until": member.left_on or member.until,
        "left": LEAVINGS.get(member.left_why, ""),
        "election": member.election,
        "sits": is_in_office(member.since, member.until, member.left_on, today),
        "over": (member.left_on or member.until + timedelta(days=1)) <= today,
        "helpers": [
            {"id": str(each.id), "name": each.name, "phone": mask_phone(each.phone)}
            for each in member.helpers.all()
            if each.until is None
        ],
    }


def _found(request: HttpRequest, member: UUID) -> tuple[StaffRequest, Member]:
    staff = cast("StaffRequest", request)
    found = member_in(staff.actor.communities("committee.keep"), member)
    if found is None:
        raise Http404(str(member))
    return staff, found


def _known(staff: StaffRequest) -> dict[str, Any]:
    return {"by": staff.actor, "act": staff.actor.act(now=staff.now)}


def _day(text: str) -> date:
    try:
        return typed_day(text)
    except ValueError:
        raise RuleViolation("committee.no_term") from None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise RuleViolation("committee.unknown_colleague") from None
