"""Which clauses are watched in a community: by package, with the switches for who may turn them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.duties.operations import confirm, copy_switches, state, switch
from hemu.duties.wording import COMMUNITY_FACTS, PACKAGES
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.procedures.queries import Watched, clauses_by_package, facts_waiting
from hemu.procedures.wording import EVERY, NOT_HERE, OFF, WATCHED
from hemu.service_requests.queries import communities_of
from hemu.sop.watching import Watching


@needs("duty.view")
@require_GET
def clauses(request: HttpRequest) -> HttpResponse:
    """Show the clauses of a community by package (GET: community)."""
    staff = cast("StaffRequest", request)
    return _page(staff, community_asked(staff, request.GET.get("community", "")))


@needs("clause.switch")
@require_POST
def switch_some(request: HttpRequest) -> HttpResponse:
    """Switch a package or clause (POST: community, what, since, act: on or off), or copy a pilot (act: copy, pilot)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, staff.POST.get("community", ""), "clause.switch")
    typed = {name: staff.POST.get(name, "") for name in ("what", "since", "act", "pilot")}

    def run() -> dict[str, Any]:
        since, act = read_day(typed["since"], staff), staff.actor.act(now=staff.now)
        if typed["act"] == "copy":
            pilot = community_asked(staff, typed["pilot"])
            copy_switches(source=pilot, to=community, since=since, by=staff.actor, act=act)
        else:
            on = typed["act"] != "off"
            what = [typed["what"]] if typed["what"] else []
            switch(community=community, what=what, since=since, on=on, by=staff.actor, act=act)
        return {}

    return _done(staff, community, typed, run)


@needs("clause.switch")
@require_POST
def state_fact(request: HttpRequest) -> HttpResponse:
    """Say what a community is (POST: community, fact, since, holds: yes or no); another person confirms it."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, staff.POST.get("community", ""), "clause.switch")
    typed = {name: staff.POST.get(name, "") for name in ("fact", "since", "holds")}

    def run() -> dict[str, Any]:
        since, on = read_day(typed["since"], staff), typed["holds"] != "no"
        act = staff.actor.act(now=staff.now)
        state(community=community, fact=typed["fact"], since=since, on=on, by=staff.actor, act=act)
        return {}

    return _done(staff, community, typed, run)


@needs("clause.switch")
@require_POST
def confirm_fact(request: HttpRequest, fact: UUID) -> HttpResponse:
    """Confirm what somebody else said of a community."""
    staff = cast("StaffRequest", request)
    waiting = facts_waiting(communities_of(staff.actor, "clause.switch"))
    community = next((each.community for each in waiting if each.id == fact), None)
    if community is None:
        raise Http404

    def run() -> dict[str, Any]:
        confirm(stated=fact, by=staff.actor, act=staff.actor.act(now=staff.now))
        return {}

    return _done(staff, community, {"fact": str(fact)}, run)


def community_asked(staff: StaffRequest, asked: str, permission: str = "duty.view") -> Community:
    """Return the community that a page asks for, the first one where it asks for none."""
    found = communities_of(staff.actor, permission)
    community = next(
        (each for each in found if str(each.id) == asked), None if asked else next(iter(found), None)
    )
    if community is None:
        raise Http404
    return community


def read_day(text: str, staff: StaffRequest) -> date:
    """Return the day typed, today where none is.

    Raises:
        RuleViolation: ``clause.no_day``.
    """
    try:
        return typed_day(text) if text else office_day(staff.now)
    except ValueError as error:
        raise RuleViolation("clause.no_day") from error


def _done(
    staff: StaffRequest, community: Community, body: Mapping[str, str], act: Callable[[], dict[str, Any]]
) -> HttpResponse:
    said = dict(body) | {"community": str(community.id)}
    try:
        once(account=staff.actor.key, key=staff.POST.get("key", ""), body=said, now=staff.now, act=act)
    except RuleViolation as refusal:
        return _page(staff, community, refusal)
    return redirect(page_url(community))


def page_url(community: Community) -> str:
    """Return the address of a community's clauses."""
    return f"{reverse('clauses')}?{urlencode({'community': str(community.id)})}"


def clause_url(clause: str, community: Community) -> str:
    """Return the address of a clause's page at a community."""
    return f"{reverse('clause', args=[clause])}?{urlencode({'community': str(community.id)})}"


def _page(staff: StaffRequest, community: Community, refusal: RuleViolation | None = None) -> HttpResponse:
    communities = communities_of(staff.actor, "duty.view")
    may_switch = staff.actor.may("clause.switch", community.office_id)
    rules = office_rules(community.office, on=staff.now)
    watching = rules.watching.get(community.book_id, Watching())
    found = clauses_by_package(community, now=staff.now)
    context = {
        "community": community,
        "communities": [(str(each.id), each.name) for each in communities],
        "pilots": [(str(each.id), each.name) for each in communities if each.id != community.id],
        "packages": [_package(name, rows, community) for name, rows in found.items() if rows],
        "facts": [(word, _fact_word(watching, fact, rules.day)) for fact, word in COMMUNITY_FACTS.items()],
        "fact_choices": list(COMMUNITY_FACTS.items()),
        "holds": [("yes", _("是")), ("no", _("不再是"))],
        "waiting": [
            {
                "words": COMMUNITY_FACTS[each.fact],
                "on": each.on,
                "since": each.since,
                "own": each.stated_by == staff.actor.key,
                "url": reverse("clauses_confirm", args=[each.id]),
            }
            for each in facts_waiting([community])
        ],
        "may_switch": may_switch,
        "today": rules.day.isoformat(),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "procedures/clauses.html", context, status=status_of(refusal) if refusal else 200)


def _fact_word(watching: Watching, fact: str, day: date) -> str:
    known = [each for each in watching.facts if each.what == fact and each.since <= day]
    if not known:
        return _("没有说过")
    last = max(known, key=lambda each: each.since)
    word = _("%(day)s起是") if last.on else _("%(day)s起不是")
    return word % {"day": last.since.isoformat()}


def _package(name: str, rows: list[Watched], community: Community) -> dict[str, Any]:
    watched = sum(each.watched for each in rows)
    return {
        "name": name,
        "title": PACKAGES[name],
        "count": len(rows),
        "watched": watched,
        "by_hand": sum(each.watched and each.by_hand for each in rows),
        "rows": [_row(each, community) for each in rows],
    }


def _row(each: Watched, community: Community) -> dict[str, Any]:
    clause = each.clause
    return {
        "id": clause.id,
        "title": clause.title,
        "url": clause_url(clause.id, community),
        "by_hand": each.by_hand,
        "every": EVERY.get(clause.every or "", clause.every or "") if clause.every else _("有事时"),
        "status": NOT_HERE if each.lacks else WATCHED if each.watched else OFF,
        "lacks": "、".join(str(COMMUNITY_FACTS[fact]) for fact in each.lacks),
    }
