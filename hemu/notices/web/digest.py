"""The complaint digest of a month: its figures, the words that staff write to them, and the notice drafted from both."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.foundation.due import Period
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day, parse_moment
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.notices.operations_digest import draft_digest
from hemu.notices.queries_digest import Digest, digest_of, month_of
from hemu.notices.web.notices import read_day, read_parts
from hemu.service_requests.queries import communities_of

HANGS = timedelta(days=14)
WORDS = "words."


@needs("notice.post")
@require_http_methods(["GET", "POST"])
def new_digest(request: HttpRequest) -> HttpResponse:
    """Show a month's figures (GET: community, month); draft the notice (POST: and words.GROUP, since, until, places, key)."""
    staff = cast("StaffRequest", request)
    asked = staff.POST if staff.method == "POST" else staff.GET
    community = community_asked(staff, "notice.post", asked.get("community", ""))
    month = _month(staff, community, asked.get("month", ""))
    digest = digest_of(community, month)
    if staff.method == "GET":
        return _page(staff, community, month, digest, {})
    typed = {name: asked.get(name, "") for name in ("since", "until", "places")}
    typed |= {WORDS + each.key: asked.get(WORDS + each.key, "") for each in digest.groups}
    try:
        answer = once(
            account=staff.actor.key,
            key=asked.get("key", ""),
            body=typed | {"community": str(community.id), "month": month.key},
            now=staff.now,
            act=lambda: {"document": _drafted(staff, community, month, typed)},
        )
    except RuleViolation as refusal:
        return _page(staff, community, month, digest, typed, refusal)
    return redirect("notice", answer["document"])


def _drafted(staff: StaffRequest, community: Community, month: Period, typed: Mapping[str, str]) -> str:
    notice = draft_digest(
        community=community,
        on=month.start,
        words={name.removeprefix(WORDS): said for name, said in typed.items() if name.startswith(WORDS)},
        since=read_day(typed["since"]),
        until=read_day(typed["until"]),
        places=read_parts(typed["places"]),
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
    )
    return str(notice.document_id)


def _month(staff: StaffRequest, community: Community, asked: str) -> Period:
    """Return the month asked for, the last one where none is."""
    if not asked:
        return month_of(community, month_of(community, staff.now).start - timedelta(seconds=1))
    try:
        return month_of(community, parse_moment(f"{asked}-02T00:00"))
    except (ValueError, OverflowError) as error:
        raise Http404(asked) from error


def _page(
    staff: StaffRequest,
    community: Community,
    month: Period,
    digest: Digest,
    typed: Mapping[str, str],
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    today = office_day(staff.now)
    context: dict[str, Any] = {
        "community": str(community.id),
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "notice.post")],
        "month": month.key,
        "count": digest.count,
        "groups": [
            {
                "name": WORDS + each.key,
                "line": digest.line_of(each),
                "homes": each.homes,
                "words": typed.get(WORDS + each.key, ""),
            }
            for each in digest.groups
        ],
        "typed": {"since": today.isoformat(), "until": (today + HANGS).isoformat(), **typed},
        "over": staff.now >= month.end,
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "notices/digest.html", context, status=status_of(refusal) if refusal else 200)
