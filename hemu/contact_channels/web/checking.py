"""The monthly check of the channels (RQ-27): what the book knows of each, what is found, one signature."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.contact_channels.operations import check_channels
from hemu.contact_channels.queries import channel_facts, checks_of, month_of, month_to_check
from hemu.contact_channels.rules import CHECKED, WRONG
from hemu.contact_channels.wording import FOUND
from hemu.estate.models import Community
from hemu.estate.queries import staff_names
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.queries import communities_of
from hemu.service_requests.wording import CHANNELS


@needs("call.view")
@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """Show this month's check of a community (GET: community)."""
    staff = cast("StaffRequest", request)
    return _page(staff, _community(staff))


@needs("channel.check")
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Sign this month's check (POST: community, one field a channel, words, key)."""
    staff = cast("StaffRequest", request)
    community = _community(staff)
    typed = {name: staff.POST.get(name, "") for name in (*CHECKED, "words")}

    def act() -> dict[str, Any]:
        found = {name: typed[name] for name in CHECKED}
        by = staff.actor
        act = by.act(now=staff.now)
        entry = check_channels(community=community, by=by, act=act, found=found, words=typed["words"])
        return {"entry": str(entry.id)}

    try:
        body = typed | {"community": str(community.id)}
        once(account=staff.actor.key, key=staff.POST.get("key", ""), body=body, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _page(staff, community, refusal, typed)
    return redirect(f"{reverse('channels')}?{urlencode({'community': str(community.id)})}")


def _community(staff: StaffRequest) -> Community:
    asked = staff.POST.get("community", "") or staff.GET.get("community", "")
    return community_asked(staff, "call.view", asked)


def _page(
    staff: StaffRequest,
    community: Community,
    refusal: RuleViolation | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    month = month_to_check(community, now=staff.now)
    last = month_of(community.office, month.start - timedelta(seconds=1))
    facts, typed = channel_facts(community, month), typed or {}
    context = {
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "call.view")],
        "community": str(community.id),
        "community_name": community.name,
        "month": month.key,
        "rows": [
            {"name": name, "label": CHANNELS[name], "came": facts[name][0], "slow": facts[name][1], "value": typed.get(name, "")}
            for name in CHECKED
        ],
        "found": list(FOUND.items()),
        "words": typed.get("words", ""),
        "checks": _checks(checks_of(community, month.key) or checks_of(community, last.key)),
        "may_check": staff.actor.may("channel.check", community.office_id),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }  # fmt: skip
    return render(
        staff, "contact_channels/channels.html", context, status=status_of(refusal) if refusal else 200
    )


def _checks(entries: list[Entry]) -> list[dict[str, Any]]:
    names = staff_names({UUID(each.actor[6:]) for each in entries})
    return [
        {
            "by": names.get(UUID(each.actor[6:]), _("已离职员工")),
            "at": each.at,
            "period": each.facts["period"],
            "words": words_of(each).get("text", ""),
            "found": [
                (CHANNELS[name], FOUND[finding], finding in WRONG)
                for name, finding in each.facts["channels"].items()
                if finding != "absent"
            ],
        }
        for each in entries
    ]
