"""Statements and publications on the phone of a member of the committee; what the office published, for owners."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from hemu.attachments.models import KeptFile
from hemu.attachments.web.serving import served
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.ledger.queries import timeline
from hemu.portal.web.gate import MemberRequest, OwnerRequest, frame, members, owners, seat_in
from hemu.statements.models import Publication, Receipt, Statement
from hemu.statements.operations import open_statement
from hemu.statements.operations_publications import open_publication
from hemu.statements.queries import (
    PAGE,
    delivered,
    newest_of,
    publications_in,
    published_in,
    quarter_for,
    state_of,
)
from hemu.statements.rules import check_quarter, quarter_of
from hemu.statements.web.story import quarter_told, story_of
from hemu.statements.wording import HOWS, STATES, month_words, quarter_words

TAB = "my_committee"
INQUIRY = "my_committee_ask"
"""The form of an inquiry stands in a room beside; it takes what it is about as ``?about=``."""


@needs(PUBLIC)
@require_GET
@members
def statements(request: MemberRequest) -> HttpResponse:
    """Show what the committee was sent: statements, quarters, publications."""
    places = [seat.community.id for seat in request.seats]
    found = newest_of(delivered(places)[: 2 * PAGE])[:PAGE]
    read = set(
        Receipt.objects.filter(member__in=[seat.member for seat in request.seats]).values_list(
            "statement_id", flat=True
        )
    )
    several = len(places) > 1
    today = office_day(request.now)
    context = {
        **frame(request, TAB),
        "rows": [_row(each, several=several, read=each.id in read) for each in found],
        "quarters": [
            {
                "url": reverse("my_statement_quarter", args=[seat.community.id, quarter_of(today)]),
                "words": quarter_words(quarter_of(today)),
                "community": seat.community.name if several else "",
            }
            for seat in request.seats
        ],
        "publications": [
            {"url": reverse("my_publication", args=[each.id]), "title": each.title, "at": each.delivered_at,
             "quarter": quarter_words(each.quarter)}
            for each in publications_in(places)
        ],
    }  # fmt: skip
    return render(request, "statements/my_list.html", context)


def _row(each: Statement, *, several: bool, read: bool) -> dict[str, Any]:
    return {
        "url": reverse("my_statement", args=[each.id]),
        "month": month_words(each.month),
        "community": each.community.name if several else "",
        "at": each.delivered_at,
        "number": each.document.number if each.document else "",
        "read": read,
        "corrects": each.version > 1,
    }


@needs(PUBLIC)
@require_GET
@members
def statement(request: MemberRequest, statement: UUID) -> HttpResponse:
    """Show a statement; that it was opened is the receipt."""
    found, seat = _sent(request, statement)
    act = Act(seat.key, at=request.now, recorded_at=request.now, proof=Proof.OWN)
    receipt = open_statement(statement=found, seat=seat, act=act)
    context = {
        **frame(request, TAB),
        **story_of(found),
        **_about(found),
        "receipt": {"at": receipt.at, "how": HOWS[receipt.how], "helper": receipt.helper},
        "paper_url": reverse("my_statement_paper", args=[found.id]),
        "ask_url": asking(f"statement:{found.id}"),
        "back_url": reverse("my_statements"),
    }
    return render(request, "statements/my_statement.html", context)


def _sent(request: MemberRequest, statement: UUID) -> tuple[Statement, Any]:
    found = delivered(None, id=statement).first()
    if found is None:
        raise Http404(str(statement))
    return found, seat_in(request, found.community_id)


def _about(found: Statement) -> dict[str, Any]:
    """Return the paper of a statement, and the correction that took its place."""
    later = getattr(found, "replaced_by", None)
    number = found.document.number if found.document else ""
    return {
        "number": number,
        "delivered_at": found.delivered_at,
        "community": found.community.name,
        "status": STATES[state_of(found)],
        "corrected_by": reverse("my_statement", args=[later.id]) if later and later.delivered_at else "",
        "corrects": found.replaces.document.number if found.replaces and found.replaces.document else "",
    }


def asking(about: str) -> str:
    """Return where a member asks about something; empty while there is no such page."""
    try:
        return f"{reverse(INQUIRY)}?{urlencode({'about': about})}"
    except NoReverseMatch:
        return ""


@needs(PUBLIC)
@require_GET
@members
def statement_paper(request: MemberRequest, statement: UUID) -> HttpResponse:
    """Give out the issued paper of a statement as PDF."""
    found, _seat = _sent(request, statement)
    use = getattr(found.document, "seal_use", None)
    if use is None or use.file is None:
        raise Http404(str(statement))
    return served(request, use.file)


@needs(PUBLIC)
@require_GET
@members
def quarter(request: MemberRequest, community: UUID, quarter: str) -> HttpResponse:
    """Show what a quarter came to (``2026-Q4``)."""
    seat = seat_in(request, community)
    try:
        asked = check_quarter(quarter)
    except RuleViolation as refusal:
        raise Http404(quarter[:20]) from refusal
    context = {
        **frame(request, TAB),
        **quarter_told(quarter_for(seat.community.id, asked)),
        "quarter": quarter_words(asked),
        "community": seat.community.name,
        "back_url": reverse("my_statements"),
    }
    return render(request, "statements/my_quarter.html", context)


@needs(PUBLIC)
@require_GET
@members
def publication(request: MemberRequest, publication: UUID) -> HttpResponse:
    """Show a publication; that it was opened is the receipt."""
    found = Publication.objects.select_related("community__office").filter(id=publication).first()
    if found is None:
        raise Http404(str(publication))
    seat = seat_in(request, found.community_id)
    act = Act(seat.key, at=request.now, recorded_at=request.now, proof=Proof.OWN)
    receipt = open_publication(publication=found, seat=seat, act=act)
    context = {
        **frame(request, TAB),
        "title": found.title,
        "quarter": quarter_words(found.quarter),
        "at": found.delivered_at,
        "how": HOWS[found.how],
        "receipt": {"at": receipt.at, "how": HOWS[receipt.how], "helper": receipt.helper},
        "files": [reverse("my_publication_file", args=[found.id, each]) for each in _files(found)],
        "back_url": reverse("my_statements"),
    }
    return render(request, "statements/my_publication.html", context)


@needs(PUBLIC)
@require_GET
@members
def publication_file(request: MemberRequest, publication: UUID, file: UUID) -> HttpResponse:
    """Show a file of a publication."""
    found = Publication.objects.filter(id=publication).first()
    if found is None:
        raise Http404(str(publication))
    seat_in(request, found.community_id)
    row = KeptFile.objects.filter(id=file, subject=found.subject).first()
    if row is None or str(file) not in _files(found):
        raise Http404(str(file))
    return served(request, row)


def _files(found: Publication) -> list[str]:
    """Return the ids of the files with which a publication was brought; those of papers signed by hand are the office's."""
    if found.how != "page":
        return []
    mine = [each for each in timeline(found.subject) if each.facts.get("publication") == str(found.id)]
    return [file["id"] for each in mine for file in each.facts.get("files", ())]


# ── what the office published, for every owner ────────────────


@needs(PUBLIC)
@require_GET
@owners
def published(request: OwnerRequest) -> HttpResponse:
    """Show owners the statements that their office published."""
    several = len(request.owner.communities) > 1
    rows = [
        {**_row(each, several=several, read=True), "url": reverse("my_published", args=[each.id])}
        for each in published_in(list(request.owner.communities))
    ]
    return render(request, "statements/my_published.html", {**frame(request, "my_around"), "rows": rows})


@needs(PUBLIC)
@require_GET
@owners
def published_one(request: OwnerRequest, statement: UUID) -> HttpResponse:
    """Show an owner one of them."""
    rows = delivered(list(request.owner.communities), published_at__isnull=False, id=statement)
    found = rows.prefetch_related("lines").first()
    if found is None:
        raise Http404(str(statement))
    about = {**_about(found), "corrected_by": ""}
    context = {
        **frame(request, "my_around"),
        **story_of(found),
        **about,
        "back_url": reverse("my_published_all"),
    }
    return render(request, "statements/my_statement.html", context)
