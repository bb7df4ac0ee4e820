"""The list of notices, drafting one, and the page of one: its paper, where it hangs, who has read it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day, typed_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.notices.models import Notice, Work
from hemu.notices.operations_notices import draft_notice, post_notice, take_down
from hemu.notices.queries_notices import (
    audience_of,
    listed,
    notice_for,
    notices_of,
    reach_of,
    state,
    successors,
)
from hemu.notices.queries_works import corrected_title, notice_begins, restated, works_for
from hemu.notices.rules_notices import CHANNELS, KINDS, Audience, check_roles
from hemu.notices.wording import CHANNELS as CHANNEL_WORDS
from hemu.notices.wording import NOTICE_KINDS, NOTICE_STATES, ROLE_WORDS
from hemu.papers.web.about import about_paper
from hemu.service_requests.queries import communities_of
from hemu.service_requests.web.panels import entry_rows

TYPED = ("community", "kind", "title", "body", "since", "until", "audience", "places", "work", "replaces")


@needs("notice.view")
@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Show the notices that are not withdrawn, or all (GET: state, after)."""
    staff = cast("StaffRequest", request)
    which = "all" if request.GET.get("state") == "all" else "open"
    try:
        after = UUID(request.GET["after"]) if request.GET.get("after") else None
    except ValueError as error:
        raise Http404(request.GET["after"]) from error
    found, following = listed(notices_of(staff.actor), today=office_day(staff.now), state=which, after=after)
    several = len({each.community_id for each in found}) > 1
    context = {
        "tabs": [
            {"label": label, "url": _list_url(each), "current": each == which}
            for each, label in (("open", _("在办")), ("all", _("全部")))
        ],
        "rows": [_row(staff, each, several=several) for each in found],
        "first": _list_url(which) if after else "",
        "following": _list_url(which, following) if following else "",
        "may_draft": staff.actor.may("notice.post"),
    }
    return render(staff, "notices/notices.html", context)


def _list_url(which: str, after: str = "") -> str:
    asked = {"state": which} | ({"after": after} if after else {})
    return f"{reverse('notices')}?{urlencode(asked)}"


def _row(staff: StaffRequest, each: Notice, *, several: bool) -> dict[str, Any]:
    return {
        "url": reverse("notice", args=[each.document_id]),
        "title": each.document.title,
        "number": each.document.number,
        "kind": NOTICE_KINDS[each.kind],
        "community": each.community.name if several else "",
        "status": NOTICE_STATES[state(each, today=office_day(staff.now))],
        "since": each.since,
        "until": each.until,
    }


@needs("notice.post")
@require_http_methods(["GET", "POST"])
def new_notice(request: HttpRequest) -> HttpResponse:
    """Show the form, begun with planned works or as a correction (GET: work, replaces, kind); draft a notice (POST)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        work = works_for(staff.actor).filter(id=_uuid(staff.GET.get("work", ""))).first()
        old = _replaced(staff, staff.GET.get("replaces", ""))
        if old is not None:
            return _form(staff, _as_correction(old, staff))
        return _form(staff, _begun(work, staff) if work else {"kind": staff.GET.get("kind", "")})
    typed: dict[str, Any] = {name: staff.POST.get(name, "") for name in TYPED}
    typed |= {name: staff.POST.getlist(name) for name in ("channels", "roles")}
    try:
        answer = once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=typed,
            now=staff.now,
            act=lambda: {"document": str(_drafted(staff, typed).document_id)},
        )
    except RuleViolation as refusal:
        return _form(staff, typed, refusal)
    return redirect("notice", answer["document"])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _begun(work: Work, staff: StaffRequest) -> dict[str, Any]:
    """Return the form as the notice of planned works begins."""
    title, body = notice_begins(work)
    return {
        "work": str(work.id),
        "community": str(work.community_id),
        "kind": work.kind,
        "title": title,
        "body": body,
        "since": office_day(staff.now).isoformat(),
        "until": office_day(work.ends_at).isoformat(),
        "channels": ["board", "door", "app", "message"],
    }


def _as_correction(old: Notice, staff: StaffRequest) -> dict[str, Any]:
    """Return the form as the correction of an issued notice begins: for the same homes, by the same ways."""
    paper, today = old.document, office_day(staff.now)
    content = paper.versions.get(number=paper.version).content
    return {
        "replaces": str(paper.id),
        "work": str(old.work_id or ""),
        "community": str(old.community_id),
        "kind": old.kind,
        "title": corrected_title(paper.title),
        "body": restated(paper, content["body"]),
        "since": today.isoformat(),
        "until": max(old.until, today).isoformat(),
        "channels": content["channels"],
        "places": "、".join(content["places"]),
        "audience": "、".join(old.audience.parts),
        "roles": old.roles,
    }


def _replaced(staff: StaffRequest, document: str) -> Notice | None:
    rows = notices_of(staff.actor, "notice.post").filter(document__state="issued")
    return rows.filter(document=_uuid(document)).first()


def _drafted(staff: StaffRequest, typed: Mapping[str, Any]) -> Notice:
    work = works_for(staff.actor).filter(id=_uuid(typed["work"])).first()
    old = _replaced(staff, typed["replaces"])
    return draft_notice(
        community=community_asked(staff, "notice.post", typed["community"]),
        kind=typed["kind"],
        title=typed["title"],
        body=typed["body"],
        since=read_day(typed["since"]),
        until=read_day(typed["until"]),
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        channels=typed["channels"],
        places=read_parts(typed["places"]),
        audience=read_parts(typed["audience"]),
        roles=typed["roles"],
        work=work,
        replaces=old.document if old else None,
        subject=old.subject if old else "",
    )


def read_parts(text: str) -> list[str]:
    """Return what stands between commas and 顿号."""
    return [part.strip() for part in text.replace("，", "、").replace(",", "、").split("、") if part.strip()]


def read_day(text: str) -> date | None:
    """Return a day as forms send it; None for anything else."""
    try:
        return typed_day(text)
    except ValueError:
        return None


def _form(
    staff: StaffRequest, typed: Mapping[str, Any], refusal: RuleViolation | None = None
) -> HttpResponse:
    community, today = (
        community_asked(staff, "notice.post", typed.get("community", "")),
        office_day(staff.now),
    )
    context = {
        "typed": {
            "since": today.isoformat(),
            "until": (today + timedelta(days=7)).isoformat(),
            "channels": ["board"],
            **typed,
        },
        "communities": [(str(each.id), each.name) for each in communities_of(staff.actor, "notice.post")],
        "community": str(community.id),
        "kinds": [(code, NOTICE_KINDS[code]) for code in KINDS],
        "channels": [(code, CHANNEL_WORDS[code]) for code in CHANNELS],
        "reach": _reach(community, typed, today),
        "roles": ROLE_WORDS.items(),
        "old": _replaced(staff, typed.get("replaces", "")),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "notices/notice_new.html", context, status=status_of(refusal) if refusal else 200)


def _reach(community: Community, typed: Mapping[str, Any], today: date) -> dict[str, int]:
    """Return whom it reaches as typed; where a part names nothing, the whole community."""
    try:
        whom = audience_of(
            community, read_parts(typed.get("audience", "")), check_roles(typed.get("roles", []))
        )
    except RuleViolation:
        whom = Audience()
    return reach_of(community, whom, on=today)


@needs("notice.view")
@require_GET
def notice_page(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a notice: its paper, where it hangs, who has read it, what was done."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, document))


@needs("notice.post")
@require_POST
def notice_post(request: HttpRequest, document: UUID) -> HttpResponse:
    """Post it at a place (POST: place, files, key)."""
    staff = cast("StaffRequest", request)
    place = staff.POST.get("place", "")

    def act(files: list[str]) -> dict[str, Any]:
        posting = post_notice(
            document=document,
            place=place,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            files=files,
        )
        return {"posting": posting.id}

    return _acted(staff, document, {"place": place}, act)


@needs("notice.post")
@require_POST
def notice_down(request: HttpRequest, document: UUID) -> HttpResponse:
    """Take it down at a place (POST: posting, files, key)."""
    staff = cast("StaffRequest", request)
    posting = staff.POST.get("posting", "")

    def act(files: list[str]) -> dict[str, Any]:
        entry = take_down(
            posting=int(posting) if posting.isascii() and posting.isdigit() and len(posting) < 18 else 0,
            document=document,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            files=files,
        )
        return {"entry": str(entry.id)}

    return _acted(staff, document, {"posting": posting}, act)


def _acted(
    staff: StaffRequest, document: UUID, body: Mapping[str, str], act: Callable[[list[str]], dict[str, Any]]
) -> HttpResponse:
    found, typed = _found(staff, document), {**body, "document": str(document)}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=typed, act=act)
    if tried.refusal:
        return _page(staff, _found(staff, document), tried, body)
    return redirect("notice", found.document_id)


def _found(staff: StaffRequest, document: UUID) -> Notice:
    try:
        return notice_for(staff.actor, document)
    except RuleViolation as refusal:
        raise Http404(str(document)) from refusal


def _page(
    staff: StaffRequest,
    found: Notice,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    office, today = found.community.office, office_day(staff.now)
    stands, paper = state(found, today=today), found.document
    content = paper.versions.get(number=paper.version).content
    newer = successors([paper.id]).get(paper.id)
    context = {
        "notice": found,
        "paper": paper,
        "body": content["body"],
        "kind": NOTICE_KINDS[found.kind],
        "status": NOTICE_STATES[stands],
        "channels": [CHANNEL_WORDS[each] for each in content["channels"]],
        "places": [
            each for each in content["places"] if each not in {row.place for row in found.postings.all()}
        ],
        "postings": list(found.postings.select_related("posted_by", "taken_by").order_by("id")),
        "audience": found.audience.parts,
        "roles": [ROLE_WORDS[each] for each in found.roles],
        "old": paper.replaces,
        "newer": newer,
        "may_correct": paper.state == "issued" and not newer and staff.actor.may("notice.post", office.id),
        "may_post": paper.state == "issued"
        and stands in ("issued", "published", "posted")
        and staff.actor.may("notice.post", office.id),
        "may_take_down": staff.actor.may("notice.post", office.id),
        "about": about_paper(paper, now=staff.now),
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
        "timeline": entry_rows(
            [each for each in timeline(found.subject) if each.facts.get("paper") == str(paper.id)],
            office_rules(office, on=staff.now).time,
        )[::-1],
    }
    return render(staff, "notices/notice.html", context, status=tried.status)
