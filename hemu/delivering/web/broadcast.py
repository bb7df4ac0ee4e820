"""The emergency broadcast: words, whom they are for, whose consent was heard by phone; sent at once."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.delivering.operations_broadcast import broadcast_emergency
from hemu.delivering.queries import consenters
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day, typed_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.notices.models import Notice
from hemu.notices.queries_notices import audience_of, reach_of
from hemu.notices.rules_notices import Audience
from hemu.notices.web.notices import read_parts
from hemu.service_requests.queries import communities_of

TYPED = ("community", "title", "body", "audience", "consented_by", "consented_at", "heard")


@needs("notice.post")
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: community); tell the emergency (POST: as ``TYPED``, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        now = staff.now.astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M")
        return _form(staff, {"community": staff.GET.get("community", ""), "consented_at": now})
    typed = {name: staff.POST.get(name, "") for name in TYPED}
    try:
        answer = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=typed,
            now=staff.now,
            act=lambda: {"document": str(_told(staff, typed).document_id)},
        )
    except RuleViolation as refusal:
        return _form(staff, typed, refusal)
    return redirect("notice_delivery", answer["document"])


def _told(staff: StaffRequest, typed: Mapping[str, str]) -> Notice:
    try:
        consented_at = typed_moment(typed["consented_at"]) if typed["consented_at"] else None
    except ValueError as error:
        raise RuleViolation("broadcast.no_time") from error
    return broadcast_emergency(
        community=community_asked(staff, "notice.post", typed["community"]),
        title=typed["title"],
        body=typed["body"],
        consented_by=typed["consented_by"],
        consented_at=consented_at,
        heard=bool(typed["heard"]),
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        audience=read_parts(typed["audience"]),
    )


def _form(
    staff: StaffRequest, typed: Mapping[str, Any], refusal: RuleViolation | None = None
) -> HttpResponse:
    community = community_asked(staff, "notice.post", typed.get("community", ""))
    people = list(consenters(community.office, now=staff.now).items())
    try:
        whom = audience_of(community, read_parts(typed.get("audience", "")))
    except RuleViolation:
        whom = Audience()
    context = {
        "typed": {"consented_by": people[0][0] if len(people) == 1 else "", **typed},
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "notice.post")],
        "community": str(community.id),
        "people": people,
        "reach": reach_of(community, whom, on=office_day(staff.now)),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "delivering/emergency.html", context, status=status_of(refusal) if refusal else 200)
