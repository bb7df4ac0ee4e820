"""The office's papers to the committee: the list, beginning one, the page of one with its delivery and answer."""

from collections.abc import Mapping
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
from hemu.attachments.models import KeptFile
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.attachments.web.taking import shown_row
from hemu.committee.queries import members_of
from hemu.committee.web.frame import frame
from hemu.committee.wording import POSTS
from hemu.correspondence.models import Letter
from hemu.correspondence.operations_papers import (
    deliver_letter,
    drop_letter,
    enter_answer,
    move_letter,
    write_letter,
)
from hemu.correspondence.queries import matters_of
from hemu.correspondence.queries_papers import (
    Listed,
    letter_for,
    letters_of,
    listed,
    receipts_of,
    stands,
    time_of,
)
from hemu.correspondence.queries_sheets import slip_of
from hemu.correspondence.rules import APPLICATION, HAND, POST, SORTS, State
from hemu.correspondence.web.asking import (
    chosen,
    posted,
    read_after,
    read_day,
    read_id,
    read_moment,
    read_version,
)
from hemu.correspondence.web.history import history_of
from hemu.correspondence.wording import COMMITTEE_ANSWERS, DELIVERIES, MATTERS, STATES, WAITS
from hemu.correspondence.wording import SORTS as SORT_WORDS
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.web.needs import needs
from hemu.papers.queries import version_of
from hemu.papers.typesetting import typeset

PDF = "application/pdf"
TYPED = (
    "community",
    "sort",
    "matter",
    "title",
    "grounds",
    "planned_on",
    "arose_at",
    "emergency",
    "enclosures",
)
STEP = ("step", "version", "way", "member", "number", "at", "answer", "words", "planned_on")


@needs("correspondence.view")
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Show a community's papers to its committee, late first (GET: community, state, after)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "correspondence.view", staff.GET.get("community", ""))
    state = "all" if staff.GET.get("state") == "all" else "open"
    after = read_after(staff)
    found, following = listed(letters_of(staff.actor), community, state=state, now=staff.now, after=after)
    context = frame(staff, community, "committee_papers") | {
        "states": [
            {"label": label, "url": _list_url(community, each), "current": each == state}
            for each, label in (("open", _("未办完")), ("all", _("全部")))
        ],
        "state": state,
        "rows": [_row(each) for each in found],
        "first": _list_url(community, state) if after else "",
        "following": _list_url(community, state, following) if following else "",
        "new": [
            (
                f"{reverse('committee_paper_new')}?{urlencode({'community': str(community.id), 'sort': each})}",
                each,
            )
            for each in SORTS
        ]
        if staff.actor.may("correspondence.step", community.office_id)
        else [],
    }
    return render(staff, "correspondence/papers.html", context)


def _list_url(community: Community, state: str, after: str = "") -> str:
    asked = {"community": str(community.id), "state": state} | ({"after": after} if after else {})
    return f"{reverse('committee_papers')}?{urlencode(asked)}"


def _row(each: Listed) -> dict[str, Any]:
    letter = each.letter
    return {
        "url": reverse("committee_paper", args=[letter.document_id]),
        "title": letter.document.title,
        "sort": SORT_WORDS[letter.sort],
        "number": letter.document.number,
        "status": status_word(letter),
        "time": each.time,
        "planned_on": letter.planned_on,
        "arose_at": letter.arose_at,
    }


def status_word(letter: Letter) -> Any:
    """Return how a paper stands; a delivered application waits for the committee."""
    state = stands(letter)
    return WAITS if state == State.DELIVERED and letter.sort == APPLICATION else STATES[state]


# ── beginning one ────────────────────────────────────────────────────────────


@needs("correspondence.step")
@require_http_methods(["GET", "POST"])
def new_paper(request: HttpRequest) -> HttpResponse:
    """Show the form (GET: community, sort); begin a paper (POST: what it asks, files, key)."""
    staff = cast("StaffRequest", request)
    if staff.method == "GET":
        return _form(staff, dict(chosen(staff, TYPED)))
    typed = posted(staff, TYPED)
    community = community_asked(staff, "correspondence.step", typed["community"])

    def act(files: list[str]) -> Mapping[str, Any]:
        letter = write_letter(
            community=community,
            sort=typed["sort"],
            matter=typed["matter"],
            title=typed["title"],
            grounds=typed["grounds"],
            planned_on=read_day(typed["planned_on"]),
            arose_at=read_moment(typed["arose_at"]),
            emergency=bool(typed["emergency"]),
            enclosures=typed["enclosures"],
            files=files,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
        )
        return {"document": str(letter.document_id)}

    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=typed, act=act)
    if tried.refusal:
        return _form(staff, typed, tried)
    return redirect("committee_paper", tried.answer["document"])


def _form(staff: StaffRequest, typed: dict[str, str], tried: Tried = UNTRIED) -> HttpResponse:
    community = community_asked(staff, "correspondence.step", typed["community"])
    sort = typed["sort"] if typed["sort"] in SORTS else APPLICATION
    context = frame(staff, community, "committee_papers") | {
        "typed": typed,
        "sort": sort,
        "sort_word": SORT_WORDS[sort],
        "matters": [(each, MATTERS[each]) for each in matters_of(community, sort, on=staff.now)],
        "now_local": staff.now.astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT%H:%M"),
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "correspondence/paper_new.html", context, status=tried.status)


# ── the page of one ──────────────────────────────────────────────────────────


@needs("correspondence.view")
@require_GET
def paper(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show a paper to the committee: where it stands, who took it, what was answered, what was done."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, document))


@needs("correspondence.step")
@require_POST
def paper_step(request: HttpRequest, document: UUID) -> HttpResponse:
    """Deliver, move, drop it, or enter the committee's answer (POST: step, version, what it asks, files, key)."""
    staff = cast("StaffRequest", request)
    found, typed = _found(staff, document, "correspondence.step"), posted(staff, STEP)
    if typed["step"] not in DO:
        raise Http404(typed["step"])
    act = staff.actor.act(now=staff.now, at=read_moment(typed["at"]))
    known = {"document": found.document_id, "by": staff.actor, "act": act}

    def done(files: list[str]) -> Mapping[str, Any]:
        DO[typed["step"]](known, typed, files)
        return {"document": str(document)}

    body = typed | {"document": str(document)}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=done)
    if tried.refusal:
        return _page(staff, _found(staff, document), typed, tried)
    return redirect("committee_paper", document)


def _deliver(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    member = read_id(typed["member"])
    deliver_letter(
        **known, way=typed["way"], member=member, number=typed["number"], words=typed["words"], files=files
    )


def _move(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    version = read_version(typed["version"])
    move_letter(**known, planned_on=read_day(typed["planned_on"]), words=typed["words"], version=version)


def _drop(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    drop_letter(**known, words=typed["words"], version=read_version(typed["version"]))


def _answer(known: dict[str, Any], typed: Mapping[str, str], files: list[str]) -> None:
    version = read_version(typed["version"])
    enter_answer(**known, answer=typed["answer"], words=typed["words"], version=version, files=files)


DO = {"deliver": _deliver, "move": _move, "drop": _drop, "answer": _answer}


def _found(staff: StaffRequest, document: UUID, permission: str = "correspondence.view") -> Letter:
    try:
        return letter_for(staff.actor, document, permission)
    except RuleViolation as refusal:
        raise Http404(str(document)) from refusal


def _page(
    staff: StaffRequest, found: Letter, typed: Mapping[str, str] | None = None, tried: Tried = UNTRIED
) -> HttpResponse:
    state = stands(found)
    steps = staff.actor.may("correspondence.step", found.community.office_id)
    today = office_day(staff.now)
    context = frame(staff, found.community, "committee_papers") | {
        "letter": found,
        "paper": found.document,
        "body": version_of(found.document).content["body"],
        "sort": SORT_WORDS[found.sort],
        "matter": MATTERS[found.matter],
        "status": status_word(found),
        "time": time_of(found, now=staff.now),
        "answer": COMMITTEE_ANSWERS.get(found.answer, ""),
        "receipts": [
            {"way": DELIVERIES[each.way], "row": each, "who": each.member.person.name if each.member else ""}
            for each in receipts_of(found)
        ],
        "files": [shown_row(each) for each in KeptFile.objects.filter(subject=found.subject, use="paper")],
        "members": [
            (str(each.id), f"{each.person.name} · {POSTS[each.post]}")
            for each in (members_of(found.community, on=today) if steps else [])
        ],
        "may": {
            "deliver": steps and found.document.state == "issued" and not found.dropped_at,
            "answer": steps and state == State.DELIVERED,
            "move": steps and found.sort == APPLICATION and not (found.answered_at or found.dropped_at),
            "drop": steps and not (found.delivered_at or found.dropped_at),
        },
        "ways": [(each, DELIVERIES[each]) for each in (HAND, POST)],
        "answers": list(COMMITTEE_ANSWERS.items()),
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
        "timeline": history_of(found.subject, found.community, now=staff.now),
    }
    return render(staff, "correspondence/paper.html", context, status=tried.status)


@needs("correspondence.view")
@require_GET
def paper_slip(request: HttpRequest, document: UUID) -> HttpResponse:
    """Return the receipt of a paper to be signed on paper, as PDF."""
    staff = cast("StaffRequest", request)
    found = _found(staff, document)
    return HttpResponse(typeset([slip_of(found)], at=staff.now, by=staff.actor.name), content_type=PDF)
