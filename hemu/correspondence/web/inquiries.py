"""What the committee asks, as the office sees it: the list, entering one, the page of one with its steps."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.committee.queries import members_of
from hemu.committee.web.frame import frame
from hemu.committee.wording import POSTS
from hemu.correspondence.models import Inquiry
from hemu.correspondence.operations_inquiries import (
    answer_inquiry,
    enter_inquiry,
    enter_settling,
    escalate_inquiry,
    hand_answer,
    judge_inquiry,
)
from hemu.correspondence.queries_inquiries import (
    DRAFTS,
    Listed,
    answers_of,
    inquiries_of,
    inquiry_for,
    listed,
    time_of,
)
from hemu.correspondence.queries_sheets import sheet_of
from hemu.correspondence.rules import HAND, POST
from hemu.correspondence.rules_inquiries import STEPS
from hemu.correspondence.web.asking import chosen, posted, read_after, read_id, read_moment, read_version
from hemu.correspondence.web.history import history_of
from hemu.correspondence.wording import DELIVERIES, INQUIRY_SORTS, INQUIRY_STATES, INQUIRY_WAYS, UP_TO
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.papers.typesetting import typeset

TYPED = ("community", "sort", "way", "member", "at", "text", "about")
STEP = ("step", "version", "judgement", "reason", "answer", "words", "way", "member", "number", "at")
JUDGEMENTS = {"solve": (True, True), "up": (True, False), "explain": (False, True)}
"""The three ways in which an inquiry is taken: whether it is reasonable, whether the office can solve it."""
JUDGEMENT_WORDS = {
    "solve": (gettext_lazy("合理，我们来办"), "check"),
    "up": (gettext_lazy("合理，管理处解决不了"), "arrow-up"),
    "explain": (gettext_lazy("不合理，耐心解释"), "message-square"),
}


@needs("correspondence.view")
@require_GET
def inquiries(request: HttpRequest) -> HttpResponse:
    """Show what a committee asked, late first (GET: community, state, after)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "correspondence.view", staff.GET.get("community", ""))
    state = "all" if staff.GET.get("state") == "all" else "open"
    after = read_after(staff)
    found, following = listed(inquiries_of(staff.actor), community, state=state, now=staff.now, after=after)
    new = f"{reverse('committee_inquiry_new')}?{urlencode({'community': str(community.id)})}"
    context = frame(staff, community, "committee_inquiries") | {
        "states": [
            {"label": label, "url": _list_url(community, each), "current": each == state}
            for each, label in (("open", _("待答复")), ("all", _("全部")))
        ],
        "state": state,
        "rows": [_row(each) for each in found],
        "first": _list_url(community, state) if after else "",
        "following": _list_url(community, state, following) if following else "",
        "new_url": new if staff.actor.may("correspondence.step", community.office_id) else "",
    }
    return render(staff, "correspondence/inquiries.html", context)


def _list_url(community: Community, state: str, after: str = "") -> str:
    asked = {"community": str(community.id), "state": state} | ({"after": after} if after else {})
    return f"{reverse('committee_inquiries')}?{urlencode(asked)}"


def _row(each: Listed) -> dict[str, Any]:
    inquiry = each.inquiry
    return {
        "url": reverse("committee_inquiry", args=[inquiry.id]),
        "text": inquiry.text,
        "number": inquiry.number,
        "sort": INQUIRY_SORTS[inquiry.sort],
        "who": inquiry.member.person.name if inquiry.member else "",
        "status": INQUIRY_STATES[inquiry.state],
        "again": inquiry.round - 1,
        "received_at": inquiry.received_at,
        "time": each.time,
    }


# ── entering one ─────────────────────────────────────────────────────────────


@needs("correspondence.step")
@require_http_methods(["GET", "POST"])
def new_inquiry(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: community, about); enter what came otherwise than by the page (POST: …, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, dict(chosen(staff, TYPED)))
    typed = posted(staff, TYPED)
    community = community_asked(staff, "correspondence.step", typed["community"])

    def act(files: list[str]) -> Mapping[str, Any]:
        inquiry = enter_inquiry(
            community=community,
            sort=typed["sort"],
            text=typed["text"],
            way=typed["way"],
            member=read_id(typed["member"]),
            about=typed["about"],
            files=files,
            by=staff.actor,
            act=staff.actor.act(now=staff.now, at=read_moment(typed["at"])),
        )
        return {"inquiry": str(inquiry.id)}

    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=typed, act=act)
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("committee_inquiry", tried.answer["inquiry"])


def _form(staff: StaffRequest, typed: dict[str, str], tried: Tried = UNTRIED) -> HttpResponse:
    community = community_asked(staff, "correspondence.step", typed["community"])
    context = frame(staff, community, "committee_inquiries") | {
        "typed": typed,
        "sorts": list(INQUIRY_SORTS.items()),
        "ways": [(code, word) for code, word in INQUIRY_WAYS.items() if code != "page"],
        "members": _members(community, staff),
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "correspondence/inquiry_new.html", context, status=tried.status)


def _members(community: Community, staff: StaffRequest) -> list[tuple[str, str]]:
    found = members_of(community, on=office_day(staff.now))
    return [(str(each.id), f"{each.person.name} · {POSTS[each.post]}") for each in found]


# ── the page of one ──────────────────────────────────────────────────────────


@needs("correspondence.view")
@require_GET
def inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Show an inquiry with its answers and what is to be done now (GET: as = how it is judged)."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, inquiry), {"judgement": staff.GET.get("as", "")})


@needs("correspondence.step")
@require_POST
def inquiry_step(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Judge, report above, answer, hand over, or enter the committee's word on it (POST: step, version, …, files, key)."""
    staff = cast("StaffRequest", request)
    found, typed = _found(staff, inquiry, "correspondence.step"), posted(staff, STEP)
    if typed["step"] not in DO:
        raise Http404(typed["step"])
    act = staff.actor.act(now=staff.now, at=read_moment(typed["at"]))
    known = {"inquiry": found.id, "by": staff.actor, "act": act}

    def done(files: list[str]) -> Mapping[str, Any]:
        DO[typed["step"]](known, typed, files)
        return {"inquiry": str(found.id)}

    body = typed | {"inquiry": str(found.id)}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=done)
    if tried.refusal:
        return _page(staff, _found(staff, inquiry), typed, tried)
    return redirect("committee_inquiry", found.id)


def _judge(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    reasonable, solvable = JUDGEMENTS.get(typed["judgement"], (True, True))
    version = read_version(typed["version"])
    said: dict[str, Any] = {"reason": typed["reason"], "answer": typed["answer"], "version": version}
    judge_inquiry(**known, reasonable=reasonable, solvable=solvable, **said)


def _escalate(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    escalate_inquiry(**known, words=typed["words"], version=read_version(typed["version"]), files=files)


def _answer(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    answer_inquiry(**known, words=typed["words"], version=read_version(typed["version"]), files=files)


def _hand(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    member = read_id(typed["member"])
    hand_answer(**known, way=typed["way"], member=member, number=typed["number"], files=files)


def _settle(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    enter_settling(
        **known,
        answered=typed["step"] == "accept",
        words=typed["words"],
        version=read_version(typed["version"]),
        member=read_id(typed["member"]),
        files=files,
    )


DO = {
    "judge": _judge,
    "escalate": _escalate,
    "answer": _answer,
    "hand": _hand,
    "accept": _settle,
    "reopen": _settle,
}


def _found(staff: StaffRequest, inquiry: UUID, permission: str = "correspondence.view") -> Inquiry:
    try:
        return inquiry_for(staff.actor, inquiry, permission)
    except RuleViolation as refusal:
        raise Http404(str(inquiry)) from refusal


def _page(
    staff: StaffRequest, found: Inquiry, typed: Mapping[str, str], tried: Tried = UNTRIED
) -> HttpResponse:
    steps = staff.actor.may("correspondence.step", found.community.office_id)
    roles = staff.actor.roles_at(found.community.office_id)
    allowed = {each.name for each in STEPS.allowed(found.state, roles)} if steps else set()
    judgement = typed.get("judgement", "")
    context = frame(staff, found.community, "committee_inquiries") | {
        "inquiry": found,
        "sort": INQUIRY_SORTS[found.sort],
        "way": INQUIRY_WAYS[found.way],
        "who": found.member.person.name if found.member else "",
        "status": INQUIRY_STATES[found.state],
        "time": time_of(found, now=staff.now),
        "again": found.round - 1,
        "up_to": UP_TO.get(found.escalated_to, ""),
        "answers": answer_rows(found),
        "may": allowed,
        "judgements": [
            {"url": f"?as={code}#do", "word": word, "icon": icon, "chosen": code == judgement}
            for code, (word, icon) in JUDGEMENT_WORDS.items()
        ],
        "judgement": judgement if judgement in JUDGEMENTS else "",
        "solvable": JUDGEMENTS.get(judgement, (True, True))[1],
        "reason": typed.get("reason") or DRAFTS.get(JUDGEMENTS.get(judgement, (True, True)), ""),
        "may_settle": steps and found.state == "answered",
        "members": _members(found.community, staff) if steps else [],
        "ways": [(each, DELIVERIES[each]) for each in (HAND, POST)],
        "typed": typed,
        **tried.form(staff.actor.key, now=staff.now),
        "timeline": history_of(found.subject, found.community, now=staff.now),
    }
    return render(staff, "correspondence/inquiry.html", context, status=tried.status)


def answer_rows(found: Inquiry) -> list[dict[str, Any]]:
    """Return what was answered, the newest first, with who took it on paper."""
    return [
        {
            "round": each.round,
            "words": each.text,
            "who": UP_TO.get(each.role, each.role),
            "by": each.by.name,
            "at": each.at,
            "receipts": [
                {
                    "way": DELIVERIES[one.way],
                    "at": one.at,
                    "who": one.member.person.name if one.member else "",
                }
                for one in each.receipts.all()
            ],
        }
        for each in answers_of(found)
    ][::-1]


@needs("correspondence.view")
@require_GET
def inquiry_sheet(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Return an inquiry with its answers and the slip that receipts them, as PDF."""
    staff = cast("StaffRequest", request)
    sheet = sheet_of(_found(staff, inquiry))
    return HttpResponse(typeset([sheet], at=staff.now, by=staff.actor.name), content_type="application/pdf")
