"""Issuing a paper under the seal, and the register of every use of it."""

import csv
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import files_brought
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, is_reckonable, office_day
from hemu.infra.refusals import words_for
from hemu.infra.spreadsheet import is_risky
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.papers.models import SealUse
from hemu.papers.operations import issue_paper
from hemu.papers.queries import seal_uses
from hemu.papers.rules_documents import SCAN
from hemu.papers.web.documents import found_for, page
from hemu.papers.web.kinds import kind_word
from hemu.papers.wording import MODES, SEAL_COLUMNS

MOST_SHOWN, MOST_LISTED, USUAL_DAYS = 300, 20_000, 90


@needs("paper.seal")
@require_POST
def document_issue(request: HttpRequest, document: UUID) -> HttpResponse:
    """Issue a paper (POST: mode, copies, files: the scan of the sealed sheet) and show it again."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, document, "paper.seal")
    mode, copies = staff.POST.get("mode", ""), staff.POST.get("copies", "")
    try:
        brought = files_brought(staff, by=staff.actor.key, now=staff.now).ids if mode == SCAN else []
        issue_paper(
            document=found.id,
            by=staff.actor,
            act=staff.actor.act(now=staff.now),
            mode=mode,
            copies=int(copies) if copies.isdecimal() and len(copies) < 10 else 0,
            scans=[UUID(each) for each in brought],
        )
    except RuleViolation as refusal:
        return page(staff, found_for(staff, document, "paper.seal"), refusal)
    return redirect("document", found.id)


@needs("paper.read")
@require_GET
def seal_register(request: HttpRequest) -> HttpResponse:
    """Show the uses of the seal on some days, newest first (GET: from, to)."""
    staff = cast("StaffRequest", request)
    refusal = ""
    try:
        since, until = _days(staff)
    except RuleViolation as no:
        refusal, (since, until) = words_for(no), _usual(staff)
    rows = list(_between(staff, since, until)[: MOST_SHOWN + 1])
    context: dict[str, Any] = {
        "rows": [_row(each) for each in rows[:MOST_SHOWN]],
        "more": len(rows) > MOST_SHOWN,
        "most": MOST_SHOWN,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "csv_url": f"{reverse('seal_register_csv')}?{urlencode({'from': str(since), 'to': str(until)})}",
        "refusal": refusal,
    }
    return render(staff, "papers/seal_register.html", context, status=422 if refusal else 200)


@needs("paper.read")
@never_cache
@require_GET
def seal_register_csv(request: HttpRequest) -> HttpResponse:
    """Return the uses of the seal on some days as CSV (GET: from, to)."""
    staff = cast("StaffRequest", request)
    try:
        since, until = _days(staff)
    except RuleViolation as refusal:
        return HttpResponse(
            words_for(refusal), status=status_of(refusal), content_type="text/plain; charset=utf-8"
        )
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="seal-{since}-{until}.csv"'
    write = csv.writer(answer).writerow
    write([str(each) for each in SEAL_COLUMNS])
    for use in _between(staff, since, until)[:MOST_LISTED]:
        write([f"'{text}" if is_risky(text) else text for text in _cells(use)])
    return answer


def _cells(use: SealUse) -> list[str]:
    paper = use.document
    return [
        use.at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M"),
        paper.office.name,
        paper.number,
        paper.title,
        str(kind_word(paper.kind)),
        str(MODES[use.mode]),
        str(use.copies),
        use.by.name,
        use.file_digest,
        use.scan_digest,
    ]


def _row(use: SealUse) -> dict[str, Any]:
    return {"use": use, "mode": MODES[use.mode], "void": use.document.state == "void"}


def _between(staff: StaffRequest, since: date, until: date) -> Any:
    first = datetime.combine(since, time(), OFFICE_ZONE)
    after = datetime.combine(until + timedelta(days=1), time(), OFFICE_ZONE)
    return seal_uses(staff.actor, since=first, until=after)


def _usual(staff: StaffRequest) -> tuple[date, date]:
    today = office_day(staff.now)
    return today - timedelta(days=USUAL_DAYS), today


def _days(staff: StaffRequest) -> tuple[date, date]:
    found = []
    for name, usual in zip(("from", "to"), _usual(staff), strict=True):
        text = staff.GET.get(name, "")
        try:
            found.append(date.fromisoformat(text) if text else usual)
        except ValueError as error:
            raise RuleViolation("document.unreadable_day", value=text[:20]) from error
    since, until = found
    if until < since or not (is_reckonable(since) and is_reckonable(until)):
        raise RuleViolation("document.days_reversed")
    return since, until
