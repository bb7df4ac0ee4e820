"""The papers on a member's phone: what was sent, opened by which it is received, and the committee's answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import bytes_of
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.attachments.web.serving import served
from hemu.attachments.web.taking import shown_row
from hemu.committee.queries import Seat
from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.operations_papers import answer_letter, open_letter
from hemu.correspondence.queries_papers import (
    Listed,
    has_taken,
    letter_to,
    letters_to,
    listed,
    receipts_of,
    time_of,
)
from hemu.correspondence.rules import ANSWERING, APPLICATION
from hemu.correspondence.web.asking import posted, read_version
from hemu.correspondence.web.history import history_of
from hemu.correspondence.wording import COMMITTEE_ANSWERS, DELIVERIES, MATTERS, STATES, TO_ANSWER, TO_TAKE
from hemu.correspondence.wording import SORTS as SORT_WORDS
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import PUBLIC, needs
from hemu.papers.queries import version_of
from hemu.portal.web.gate import MemberRequest, frame, members

TYPED = ("step", "version", "answer", "words")
_NOTHING = "0" * 32


@needs(PUBLIC)
@require_GET
@members
def papers(request: MemberRequest) -> HttpResponse:
    """Show the papers to one's committee: what waits, or all (GET: state)."""
    state = "all" if request.GET.get("state") == "all" else "open"
    rows = []
    for seat in request.seats:
        found, _following = listed(letters_to(seat), seat.community, state=state, now=request.now)
        rows += [_row(each, several=len(request.seats) > 1) for each in found]
    context = {
        **frame(request, "my_committee"),
        "rows": rows,
        "states": [
            {
                "label": label,
                "url": f"{reverse('my_committee_papers')}?state={each}",
                "current": each == state,
            }
            for each, label in (("open", _("等我们办的")), ("all", _("全部")))
        ],
        "state": state,
    }
    return render(request, "correspondence/my_papers.html", context)


def _row(each: Listed, *, several: bool) -> dict[str, Any]:
    letter = each.letter
    return {
        "url": reverse("my_committee_paper", args=[letter.document_id]),
        "title": letter.document.title,
        "sort": SORT_WORDS[letter.sort],
        "number": letter.document.number,
        "status": status_for_members(letter),
        "community": letter.community.name if several else "",
        "at": letter.document.seal_use.at,
    }


def status_for_members(letter: Letter) -> Any:
    """Return how a paper stands, as the committee sees it."""
    if letter.delivered_at is None:
        return TO_TAKE
    if letter.answered_at is None and letter.sort == APPLICATION:
        return TO_ANSWER
    return STATES["answered" if letter.answered_at else "delivered"]


@needs(PUBLIC)
@require_http_methods(["GET", "POST"])
@members
def paper(request: MemberRequest, document: UUID) -> HttpResponse:
    """Show a paper (GET); open it, which is its receipt, or answer it (POST: step, version, answer, words, key)."""
    letter, seat = _found(request, document)
    if request.method == "GET":
        return _page(request, letter, seat)
    typed = posted(request, TYPED)

    def act(files: list[str]) -> Mapping[str, Any]:
        if typed["step"] == "open":
            open_letter(document=document, seat=seat, now=request.now)
        else:
            answer_letter(
                document=document,
                answer=typed["answer"],
                words=typed["words"],
                seat=seat,
                now=request.now,
                version=read_version(typed["version"]),
            )
        return {"document": str(document)}

    by, body = request.owner.key(), typed | {"document": str(document)}
    tried = try_act(request, by=by, now=request.now, typed=body, act=act)
    if tried.refusal:
        return _page(request, _found(request, document)[0], seat, typed, tried)
    return redirect("my_committee_paper", document)


def _found(request: MemberRequest, document: UUID) -> tuple[Letter, Seat]:
    try:
        return letter_to(request.seats, document)
    except RuleViolation as refusal:
        raise Http404(str(document)) from refusal


def _page(
    request: MemberRequest,
    letter: Letter,
    seat: Seat,
    typed: Mapping[str, str] | None = None,
    tried: Tried = UNTRIED,
) -> HttpResponse:
    taken = has_taken(letter, seat)
    answers = letter.delivered_at is not None and letter.answered_at is None
    context = {
        **frame(request, "my_committee"),
        "letter": letter,
        "paper": letter.document,
        "issued_at": letter.document.seal_use.at,
        "sort": SORT_WORDS[letter.sort],
        "matter": MATTERS[letter.matter],
        "status": status_for_members(letter),
        "time": time_of(letter, now=request.now),
        "taken": taken,
        "content": version_of(letter.document).content if taken else {},
        "office": letter.document.office.name,
        "files": _files(letter) if taken else [],
        "receipts": [
            {"way": DELIVERIES[each.way], "row": each, "who": each.member.person.name if each.member else ""}
            for each in receipts_of(letter)
        ],
        "answer": COMMITTEE_ANSWERS.get(letter.answer, ""),
        "may_answer": taken and answers and seat.post in ANSWERING,
        "others_answer": taken and answers and seat.post not in ANSWERING and letter.sort == APPLICATION,
        "answers": list(COMMITTEE_ANSWERS.items()),
        "typed": typed or {},
        "timeline": history_of(letter.subject, letter.community, now=request.now, member=True)
        if taken
        else [],
        **tried.form(request.owner.key(), now=request.now, owners=True),
    }
    return render(request, "correspondence/my_paper.html", context, status=tried.status)


def _files(letter: Letter) -> list[dict[str, Any]]:
    return [
        shown_row(
            each,
            url=reverse("my_committee_file", args=[each.id]),
            thumb_url=reverse("my_committee_thumb", args=[each.id]),
        )
        for each in KeptFile.objects.filter(subject=letter.subject, use="paper").order_by("id")
    ]


@needs(PUBLIC)
@require_GET
@members
def paper_pdf(request: MemberRequest, document: UUID) -> HttpResponse:
    """Return the sealed paper that a member took, as PDF."""
    letter, seat = _found(request, document)
    kept = letter.document.seal_use.file
    data = bytes_of(kept.shown_name) if kept and has_taken(letter, seat) else None
    if data is None:
        raise Http404(str(document))
    return HttpResponse(data, content_type="application/pdf")


@needs(PUBLIC)
@require_GET
@members
def file(request: MemberRequest, file: UUID, thumb: bool = False) -> HttpResponse:
    """Show a file of a paper that a member took, or of what their committee asked."""
    row = KeptFile.objects.filter(id=file).first()
    if not _may_see(request, row.subject if row else "") or row is None:
        raise Http404(str(file))
    return served(request, row, thumb=thumb)


def _may_see(request: MemberRequest, subject: str) -> bool:
    """Ask of both kinds, of what is not the one about nothing: so a file that is not there takes as long as one hidden."""
    kind, _colon, number = subject.partition(":")
    inquiry, document = (
        UUID(number if kind == each else _NOTHING) for each in ("committee_inquiry", "committee_paper")
    )
    communities = [seat.community.id for seat in request.seats]
    asked = Inquiry.objects.filter(id=inquiry, community__in=communities).exists()
    try:
        letter, seat = letter_to(request.seats, document)
    except RuleViolation:
        return asked
    return has_taken(letter, seat)
