"""Typing a month's statement on a page, or reading it from the accountant's spreadsheet."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.committee.web.frame import frame
from hemu.estate.models import Community
from hemu.estate.roster.reading import MAX_BYTES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.statements.models import Statement
from hemu.statements.operations import import_statement, keep_statement
from hemu.statements.queries import figures_of, history_of, is_open
from hemu.statements.rules import (
    CATEGORIES,
    EXPENSE,
    INCOME,
    Figures,
    Line,
    month_before,
    month_of,
    years_before,
)
from hemu.statements.rules_amounts import UnreadableAmount, amount_of, plain_of
from hemu.statements.web.statements import found_for
from hemu.statements.wording import SIDES

COLUMNS = ("category", "item", "budget", "month", "year")
WHOLE = ("opening", "closing", "stated_income", "stated_expense")
EMPTY = 5
"""Rows left free below the lines; saving gives as many again."""


@needs("statement.keep")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show the form, begun with last month's items (GET: community, month), and keep the draft (POST: its fields, key)."""
    staff = cast("StaffRequest", request)
    said = staff.POST if staff.method == "POST" else staff.GET
    community = community_asked(staff, "statement.keep", said.get("community", ""))
    if staff.method == "POST":
        return _kept(staff, community, None)
    month = said.get("month") or month_before(month_of(office_day(staff.now)))
    return _form(staff, community, None, _begun(community, month))


@needs("statement.keep")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, statement: UUID) -> HttpResponse:
    """Change a draft, or begin a correction of what was sent (GET, POST: its fields, stamp, key)."""
    staff = cast("StaffRequest", request)
    found = found_for(staff, statement, "statement.keep")
    if staff.method == "POST":
        return _kept(staff, found.community, found)
    if not is_open(found) and not found.delivered_at:
        return redirect("statement", found.id)
    return _form(staff, found.community, found, _typed(figures_of(found), found.community))


@needs("statement.keep")
@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Read a statement from a spreadsheet (GET: community, month; POST: community, month, file)."""
    staff = cast("StaffRequest", request)
    said = staff.POST if staff.method == "POST" else staff.GET
    community = community_asked(staff, "statement.keep", said.get("community", ""))
    month = said.get("month") or month_before(month_of(office_day(staff.now)))
    refusal = None
    if staff.method == "POST":
        try:
            made = _imported(staff, community, month)
            return redirect("statement", made.id)
        except RuleViolation as refused:
            refusal = refused
    context = {
        **frame(staff, community, "statements"),
        "month": month,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "statements/import.html", context, status=status_of(refusal) if refusal else 200)


def _imported(staff: StaffRequest, community: Community, month: str) -> Statement:
    file = staff.FILES.get("file")
    if file is None:
        raise RuleViolation("statement.no_file")
    if (file.size or 0) > MAX_BYTES:
        raise RuleViolation("roster.too_large", limit=MAX_BYTES, unit="bytes")
    return import_statement(
        content=file.read(), filename=file.name or "", community=community, month=month, by=staff.actor,
        act=staff.actor.act(now=staff.now),
    )  # fmt: skip


def _begun(community: Community, month: str) -> dict[str, Any]:
    """Return the form of a new month: the items of the month before without their amounts."""
    last = next(iter(history_of(community.id, month, months=1)), None)
    lines = last.lines if last else (Line(INCOME, "", None), Line(EXPENSE, "", None))
    rows = [
        {
            "category": line.category,
            "item": line.item,
            "budget": plain_of(line.budget),
            "month": "",
            "year": "",
        }
        for line in lines
    ]
    return {"of": month, "rows": rows, "budget_for": last.budget_for if last else "month",
            "opening": plain_of(last.closing) if last and last.month == month_before(month) else ""}  # fmt: skip


def _typed(figures: Figures, community: Community) -> dict[str, Any]:
    """Return the form of what is there; what was worked out stays empty, so that a changed amount changes it too."""
    last = next(iter(history_of(community.id, figures.month, months=1)), None)
    before = last if last and last.month == month_before(figures.month) else None
    known = years_before(figures.month, before)
    rows = []
    for line in figures.lines:
        follows = known is not None and line.year == known.get(line.key, 0) + (line.month or 0)
        rows.append(
            {
                "category": line.category,
                "item": line.item,
                "budget": plain_of(line.budget),
                "month": plain_of(line.month),
                "year": "" if follows else plain_of(line.year),
            }
        )
    whole = {name: plain_of(getattr(figures, name)) for name in WHOLE}
    if figures.opening is not None and figures.closing == figures.opening + figures.surplus:
        whole["closing"] = ""
    return {"of": figures.month, "rows": rows, "budget_for": figures.budget_for, **whole}


def _kept(staff: StaffRequest, community: Community, found: Statement | None) -> HttpResponse:
    typed = _posted(staff, found)
    stamp = staff.POST.get("stamp", "")
    shown = int(stamp) if stamp.isdecimal() and len(stamp) < 9 and found and is_open(found) else None

    def keep() -> dict[str, Any]:
        made = keep_statement(
            community=community, figures=_figures(typed, found), by=staff.actor, act=staff.actor.act(now=staff.now),
            stamp=shown,
        )  # fmt: skip
        return {"statement": str(made.id)}

    try:
        body = {**typed, "community": str(community.id), "stamp": stamp}
        answer = once(
            account=staff.actor.key, key=staff.POST.get("key", ""), body=body, now=staff.now, act=keep
        )
    except RuleViolation as refusal:
        return _form(staff, community, found, typed, refusal)
    return redirect("statement", answer["statement"])


def _posted(staff: StaffRequest, found: Statement | None) -> dict[str, Any]:
    """Return what was typed, row by row; rows without anything are left out."""
    lists = [staff.POST.getlist(name)[:400] for name in COLUMNS]
    rows = [dict(zip(COLUMNS, cells, strict=True)) for cells in zip(*lists, strict=False)]
    said = {name: staff.POST.get(name, "") for name in (*WHOLE, "budget_for")}
    month = found.month if found else staff.POST.get("of", "")
    kept = [row for row in rows if any(row[name].strip() for name in COLUMNS if name != "category")]
    return {"of": month, "rows": kept, **said}


def _figures(typed: Mapping[str, Any], found: Statement | None) -> Figures:
    lines = tuple(
        Line(
            row["category"], row["item"], _amount(row["month"]), _amount(row["budget"]), _amount(row["year"])
        )
        for row in cast("Sequence[Mapping[str, str]]", typed["rows"])
    )
    whole = {name: _amount(typed[name]) for name in WHOLE}
    return Figures(
        typed["of"],
        lines,
        budget_for="year" if typed["budget_for"] == "year" else "month",
        rounding=found.rounding if found else 0,
        explanations=dict(found.explanations) if found else {},
        **whole,
    )


def _amount(text: str) -> int | None:
    try:
        return amount_of(text)
    except UnreadableAmount as error:
        raise RuleViolation("statement.unreadable_amount", text=text[:20]) from error


def _form(
    staff: StaffRequest,
    community: Community,
    found: Statement | None,
    typed: Mapping[str, Any],
    refusal: RuleViolation | None = None,
) -> HttpResponse:
    empty = dict.fromkeys(COLUMNS, "")
    context = {
        **frame(staff, community, "statements"),
        "statement": found,
        "corrects": found is not None and found.delivered_at is not None,
        "typed": typed,
        "rows": [*typed["rows"], *[empty] * EMPTY],
        "sides": [(side, SIDES[side]) for side in CATEGORIES],
        "back_url": reverse("statement", args=[found.id]) if found else reverse("statements"),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "statements/edit.html", context, status=status_of(refusal) if refusal else 200)
