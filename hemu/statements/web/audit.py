"""The audit windows for staff: put books and vouchers together, lay them open, let owners in, see who looked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.choosing import community_asked
from hemu.access.web.gate import StaffRequest
from hemu.attachments.models import KeptFile
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.attachments.web.serving import served
from hemu.committee.web.frame import frame
from hemu.estate.models import Person
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.statements.models import AuditBooks, Look
from hemu.statements.operations_audit import add_voucher, ask_to_read, decide_ask, lay_open, note_look
from hemu.statements.queries import delivered, duties_of
from hemu.statements.queries_audit import (
    asks_of,
    books_for,
    looks_of,
    names_of_readers,
    owners_with,
    voucher_with,
    vouchers_of,
    windows_of,
)
from hemu.statements.rules import month_before
from hemu.statements.rules_amounts import UnreadableAmount, amount_of
from hemu.statements.rules_audit import Window, bounds_of, window_at
from hemu.statements.wording import LOOKED_AT, READERS, VOUCHER_KINDS, WINDOWS, money, month_words

FIELDS = ("step", "kind", "title", "amount", "line", "phone", "ask", "grant", "reason")
STEPS = ("add", "lay_open", "ask", "decide")


@needs("statement.view")
@require_GET
def audits(request: HttpRequest) -> HttpResponse:
    """Show the windows, the one that is open or comes next first (GET: community)."""
    staff = cast("StaffRequest", request)
    community = community_asked(staff, "statement.view", staff.GET.get("community", ""))
    windows = windows_of(community, now=staff.now)
    owed = duties_of(
        "OC-05", [AuditBooks(community=community, month=month).subject for month, _books in windows]
    )
    rows = []
    for month, books in windows:
        duty = owed.get(AuditBooks(community=community, month=month).subject)
        opens, closes = bounds_of(month)
        rows.append(
            {
                "books": month_words(month_before(month)),
                "url": reverse("audit", args=[community.id, month]),
                "status": WINDOWS[window_at(month, now=staff.now)],
                "opens": opens,
                "closes": closes,
                "laid_at": books.laid_at if books else None,
                "late": bool(duty and duty.late_at)
                or bool(books and books.laid_at and books.laid_at >= opens),
                "looks": getattr(books, "looked", 0),
            }
        )
    context = {**frame(staff, community, "audits"), "next": rows[0], "rows": rows}
    return render(request, "statements/audits.html", context)


@needs("statement.view")
@require_GET
def audit(request: HttpRequest, community: UUID, month: str) -> HttpResponse:
    """Show one window: what lies open, who asked, who looked."""
    staff = cast("StaffRequest", request)
    books = _found(staff, community, month)
    if books.pk and books.laid_at:
        note_look(books=books, reader=staff.actor.key, role="staff", what="page", now=staff.now)
    return _page(staff, books)


@needs("statement.view")
@require_GET
def audit_file(request: HttpRequest, community: UUID, month: str, file: UUID) -> HttpResponse:
    """Show a file of what lies open; the look is kept."""
    staff = cast("StaffRequest", request)
    books = _found(staff, community, month)
    return shown_file(staff, books, file, reader=staff.actor.key, role="staff", now=staff.now)


def shown_file(
    request: HttpRequest, books: AuditBooks, file: UUID, *, reader: str, role: str, now: datetime
) -> HttpResponse:
    """Return a file that lies with the books and keep the look; any other answers like none."""
    voucher = voucher_with(books, file)
    row = KeptFile.objects.filter(id=file, subject=books.subject).first()
    if voucher is None or row is None:
        raise Http404(str(file))
    note_look(books=books, reader=reader, role=role, what="file", now=now, voucher=voucher)
    return served(request, row)


def _found(
    staff: StaffRequest, community: UUID, month: str, permission: str = "statement.view"
) -> AuditBooks:
    try:
        return books_for(staff.actor, community, month, permission)
    except RuleViolation as refusal:
        raise Http404(month[:20]) from refusal


@needs("audit.keep")
@require_POST
def audit_step(request: HttpRequest, community: UUID, month: str) -> HttpResponse:
    """Take a step (POST: step = add, lay_open, ask or decide; what it asks; files, key)."""
    staff = cast("StaffRequest", request)
    books = _found(staff, community, month, "audit.keep")
    typed = {name: staff.POST.get(name, "") for name in FIELDS}
    if typed["step"] not in STEPS:
        raise Http404(typed["step"][:40])
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed={**typed, "books": books.subject},
        act=lambda files: _step(staff, books, typed, files),
    )
    if tried.refusal:
        return _page(staff, _found(staff, community, month), tried, typed)
    return redirect("audit", community, month)


def _step(
    staff: StaffRequest, books: AuditBooks, typed: Mapping[str, str], files: list[str]
) -> dict[str, str]:
    by, act, place = (
        staff.actor,
        staff.actor.act(now=staff.now),
        {"community": books.community, "month": books.month},
    )
    match typed["step"]:
        case "add":
            made = add_voucher(kind=typed["kind"], title=typed["title"], amount=_amount(typed["amount"]),
                               line=typed["line"], files=files, by=by, act=act, **place)  # type: ignore[arg-type]  # fmt: skip
            return {"id": str(made.id)}
        case "lay_open":
            return {"id": str(lay_open(by=by, act=act, **place).id)}  # type: ignore[arg-type]
        case "ask":
            person = owners_with(typed["phone"].strip(), books.community, today=office_day(staff.now))
            if person is None:
                raise RuleViolation("audit.not_owner")
            return {"id": str(ask_to_read(person=person.id, act=act, files=files, **place).id)}  # type: ignore[arg-type]
        case _:
            grant = typed["grant"] == "yes"
            return {
                "id": str(
                    decide_ask(
                        ask=_uuid(typed["ask"]), grant=grant, reason=typed["reason"], by=by, act=act
                    ).id
                )
            }


def _amount(text: str) -> int | None:
    try:
        return amount_of(text)
    except UnreadableAmount as error:
        raise RuleViolation("statement.unreadable_amount", text=text[:20]) from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _page(
    staff: StaffRequest, books: AuditBooks, tried: Tried = UNTRIED, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    community = books.community
    opens, closes = bounds_of(books.month)
    stands = window_at(books.month, now=staff.now)
    may_keep = staff.actor.may("audit.keep", community.office_id)
    looks = looks_of(books)
    context = {
        **frame(staff, community, "audits"),
        "books": books,
        "of": month_words(month_before(books.month)),
        "opens": opens,
        "closes": closes,
        "status": WINDOWS[stands],
        "laid_late": books.laid_at is not None and books.laid_at >= opens,
        "vouchers": voucher_rows(
            books, lambda file: reverse("audit_file", args=[community.id, books.month, file])
        ),
        "lines": _lines(books),
        "kinds": list(VOUCHER_KINDS.items()),
        "asks": _asks(books) if may_keep else [],
        "looks": look_rows(looks, names_of_readers(looks)),
        "may_add": may_keep and stands is not Window.OVER,
        "may_lay": may_keep and stands is not Window.OVER and books.pk and books.laid_at is None,
        "typed": typed or {},
        **tried.form(staff.actor.key, now=staff.now),
        "step_url": reverse("audit_step", args=[community.id, books.month]),
    }
    return render(staff, "statements/audit.html", context, status=tried.status)


def _lines(books: AuditBooks) -> list[tuple[str, str]]:
    """Return the lines of the month's statement to which a voucher may belong."""
    found = delivered([books.community.id], month=month_before(books.month)).prefetch_related("lines").first()
    return [(f"{each.category}:{each.item}", each.item) for each in found.lines.all()] if found else []


def voucher_rows(books: AuditBooks, url: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return what lies open, each with its files; ``url`` gives the address of a file by its id."""
    return [
        {
            "id": str(each.id),
            "kind": VOUCHER_KINDS[each.kind],
            "title": each.title,
            "item": each.item,
            "amount": money(each.amount) if each.amount is not None else "",
            "at": each.added_at,
            "files": [{"url": url(file["id"]), "digest": file["digest"]} for file in each.files],
        }
        for each in vouchers_of(books)
    ]


def _asks(books: AuditBooks) -> list[dict[str, Any]]:
    asks = asks_of(books)
    names = dict(Person.objects.filter(id__in=[each.person for each in asks]).values_list("id", "name"))
    return [
        {
            "id": str(each.id),
            "name": names.get(each.person, _("已不在册")),
            "at": each.asked_at,
            "granted": each.granted,
            "decided": each.granted is not None,
            "reason": each.reason,
        }
        for each in asks
    ]


def look_rows(looks: list[Look], names: Mapping[str, str], *, masked: bool = False) -> list[dict[str, Any]]:
    """Return who looked, for a page; owners who were let in stay unnamed where ``masked``."""
    return [
        {
            "who": READERS[each.role],
            "name": "" if masked and each.role == "owner" else names.get(each.reader, ""),
            "what": LOOKED_AT[each.what],
            "voucher": each.voucher.title if each.voucher else "",
            "at": each.at,
        }
        for each in looks
    ]
