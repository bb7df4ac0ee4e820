"""Publications for staff: what was brought to the committee, and bringing more."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.queries import members_of
from hemu.committee.web.frame import frame
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.statements.models import publication_subject
from hemu.statements.operations_publications import deliver_publication
from hemu.statements.queries import duties_of, publications_in
from hemu.statements.rules import quarter_of
from hemu.statements.wording import HOWS, quarter_words


@needs("statement.view")
@require_GET
def publications(request: HttpRequest) -> HttpResponse:
    """Show what was brought to the committee (GET: community)."""
    staff = cast("StaffRequest", request)
    return _page(staff, community_asked(staff, "statement.view", staff.GET.get("community", "")))


@needs("publication.deliver")
@require_POST
def publication_new(request: HttpRequest) -> HttpResponse:
    """Bring one (POST: community, quarter, title, how, members, files, key)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "publication.deliver", staff.POST.get("community", ""))
    typed = {name: staff.POST.get(name, "") for name in ("quarter", "title", "how")}
    typed["members"] = ",".join(staff.POST.getlist("members"))
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed={**typed, "community": str(community.id)},
        act=lambda files: _deliver(staff, community, typed, files),
    )
    if tried.refusal:
        return _page(staff, community, tried, typed)
    return redirect(f"{reverse('publications')}?{urlencode({'community': str(community.id)})}")


def _deliver(
    staff: StaffRequest, community: Community, typed: Mapping[str, str], files: list[str]
) -> dict[str, str]:
    try:
        members = [UUID(each) for each in typed["members"].split(",") if each]
    except ValueError as error:
        raise RuleViolation("statement.unknown_member") from error
    made = deliver_publication(
        community=community, quarter=typed["quarter"], title=typed["title"], how=typed["how"], members=members,
        files=files, by=staff.actor, act=staff.actor.act(now=staff.now),
    )  # fmt: skip
    return {"id": str(made.id)}


def _page(
    staff: StaffRequest,
    community: Community,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    today = office_day(staff.now)
    quarter = quarter_of(today)
    subject = publication_subject(community.id, quarter)
    sitting = members_of(community, on=today)
    names = {each.id: each.person.name for each in sitting}
    context: dict[str, Any] = {
        **frame(staff, community, "publications"),
        "rows": [_row(each, names) for each in publications_in([community.id])],
        "quarter": quarter,
        "quarter_words": quarter_words(quarter),
        "duty": duties_of("OC-06", [subject]).get(subject),
        "may_deliver": staff.actor.may("publication.deliver", community.office_id),
        "hows": list(HOWS.items()),
        "members": [(str(key), name) for key, name in names.items()],
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "statements/publications.html", context, status=tried.status)


def _row(each: Any, names: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "title": each.title,
        "quarter": quarter_words(each.quarter),
        "how": HOWS[each.how],
        "at": each.delivered_at,
        "by": each.delivered_by.name,
        "receipts": [(names.get(row.member, "—"), row.at) for row in each.receipts.all()],
    }
