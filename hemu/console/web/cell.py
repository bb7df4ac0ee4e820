"""One cell of the wall of duties: its duties, each with the evidence that fulfilled it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.attachments.queries import files_of, named_in
from hemu.attachments.web.taking import shown_row
from hemu.console.web.lines import duty_lines
from hemu.duties.models import Duty
from hemu.duties.queries import duties_with, is_by_hand, stands_late
from hemu.duty_calendar.queries import hidden_from
from hemu.duty_wall.queries_counting import begins
from hemu.duty_wall.rules import month_after
from hemu.duty_wall.web.wall import month_asked, place_of_book
from hemu.estate.queries import staff_names
from hemu.foundation.errors import RuleViolation
from hemu.infra.web.needs import needs
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.models import Entry
from hemu.ledger.wording import PROOFS
from hemu.procedures.web.clause import status_of_duty
from hemu.sop.register import load_register

MOST = 200


@needs("duty.view")
@require_GET
def cell(request: HttpRequest) -> HttpResponse:
    """Show a clause's duties in a book (GET: book, clause; month: those of it, else all that are open)."""
    staff = cast("StaffRequest", request)
    book, month = staff.GET.get("book", ""), month_asked(staff.GET.get("month", ""))
    name, crumbs = place_of_book(staff, book)
    try:
        clause = load_register().clause(staff.GET.get("clause", ""))
    except RuleViolation as refusal:
        raise Http404 from refusal
    rows = _in(duties_with(staff.actor, "duty.view").filter(book=book, clause=clause.id), month)
    found = list(rows.exclude(subject__in=hidden_from(staff.actor)).select_related("staff")[: MOST + 1])
    context = {
        "clause": clause,
        "by_hand": is_by_hand(clause.id),
        "place": name,
        "month_words": _("%(year)s 年 %(month)s 月") % {"year": month.year, "month": month.month}
        if month
        else _("还没办的"),
        "crumbs": [*crumbs, (name, reverse("duty_wall_book", args=[book]))],
        "clause_url": reverse("clause", args=[clause.id]),
        "rows": _rows(found[:MOST], staff),
        "more": len(found) > MOST,
    }
    return render(staff, "console/cell.html", context)


def _in(rows: QuerySet[Duty], month: date | None) -> QuerySet[Duty]:
    rows = rows.exclude(state=Duty.State.VOID)
    open_first = Case(When(state=Duty.State.OPEN, then=0), default=1)
    if month is None:
        rows = rows.filter(state=Duty.State.OPEN)
    else:
        since, until = begins(month), begins(month_after(month))
        dated = Q(due_at__gte=since, due_at__lt=until)
        rows = rows.filter(dated | Q(due_at__isnull=True, start_at__gte=since, start_at__lt=until))
    return rows.order_by(open_first, F("due_at").asc(nulls_last=True), "start_at", "id")


def _rows(duties: list[Duty], staff: StaffRequest) -> list[dict[str, Any]]:
    ended = [each.ended_by for each in duties if each.ended_by]
    entries = {each.id: each for each in Entry.objects.filter(id__in=ended)}
    evidence = _evidence(entries.values())
    return [
        line
        | {
            "status": status_of_duty(duty, late=stands_late(duty, staff.now)),
            "period": "" if duty.trigger else duty.key.rpartition(":")[2],
            "started": duty.start_at,
            "evidence": evidence.get(duty.ended_by) if duty.ended_by else None,
        }
        for duty, line in zip(duties, duty_lines(duties, staff.actor), strict=True)
    ]


def _evidence(entries: Iterable[Entry]) -> dict[UUID, dict[str, Any]]:
    """Return what an entry proves, on what it rests, and its files."""
    rows = list(entries)
    names = staff_names({UUID(each.actor[6:]) for each in rows if each.actor.startswith("staff:")})
    files, kinds = files_of(rows), words_of_rooms("KINDS")
    return {
        each.id: {
            "kind": kinds.get(each.kind, each.kind),
            "who": names.get(UUID(each.actor[6:]), "") if each.actor.startswith("staff:") else "",
            "at": each.at,
            "proof": PROOFS[each.proof],
            "files": [shown_row(file) for name in named_in(each.facts) if (file := files.get(name))],
        }
        for each in rows
    }
