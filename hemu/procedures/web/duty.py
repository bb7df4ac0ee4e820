"""The page of one duty: what it asks, its evidence, moving, putting off, annulling, and who was told of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.duties.models import Duty
from hemu.duties.operations import annul, call_off, excuse, keep_by_hand, move, postpone
from hemu.duties.operations.births import SUBJECT
from hemu.duties.operations.putting_off import allowed_for
from hemu.duties.queries import duties_with, keeps, stands_late
from hemu.duties.queries_owing import owers_of
from hemu.duties.rules import moment_asked
from hemu.estate.models import Community, Staff
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.procedures.web.clause import read_moment, status_of_duty
from hemu.procedures.web.clauses import clause_url, read_day
from hemu.procedures.web.duty_history import moves_of, tellings_of
from hemu.procedures.wording import GIVEN
from hemu.service_requests.web.panels import entry_rows
from hemu.sop.register import load_register

TYPED = ("act", "words", "at", "to")
OWERS_SHOWN = 5


@needs("duty.view")
@require_GET
def duty_page(request: HttpRequest, duty: UUID) -> HttpResponse:
    """Show a duty: its state, who owes it, what became of its due time, who was told."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, duty))


@needs("duty.view")
@require_POST
def duty_act(request: HttpRequest, duty: UUID) -> HttpResponse:
    """Act on a duty (POST: act: keep, move, call_off or annul; words, at, to, files, key)."""
    staff = cast("StaffRequest", request)
    found, body = _found(staff, duty), {name: staff.POST.get(name, "") for name in TYPED}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"duty": str(duty)},
        act=lambda files: {"entry": str(_acted(staff, found.id, body, files).id)},
    )
    if tried.refusal:
        return _page(staff, _found(staff, duty), tried, body)
    return redirect("duty", found.id)


def _acted(staff: StaffRequest, duty: UUID, body: Mapping[str, str], files: list[str]) -> Entry:
    by = staff.actor
    asked: dict[str, Any] = {
        "duty": duty,
        "by": by,
        "act": by.act(now=staff.now, at=read_moment(body["at"])),
        "words": body["words"],
    }
    if body["act"] == "keep":
        return keep_by_hand(**asked, files=files)
    if body["act"] == "move":
        to = read_moment(body["to"])
        if to is None:
            raise RuleViolation("clause.no_day")
        return move(**asked, to=to)
    if body["act"] == "call_off":
        return call_off(**asked)
    if body["act"] == "annul":
        return annul(**asked)
    if body["act"] == "postpone":
        return postpone(**asked, to=read_day(body["to"], staff))
    if body["act"] == "excuse":
        return excuse(**asked)
    raise Http404(body["act"])


def _found(staff: StaffRequest, duty: UUID) -> Duty:
    found = duties_with(staff.actor, "duty.view").select_related("office", "staff").filter(id=duty).first()
    if found is None or found.subject in kept_from(staff.actor.staff_id):
        raise Http404(str(duty))
    return found


def _page(
    staff: StaffRequest,
    duty: Duty,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    actor, clause = staff.actor, load_register().clause(duty.clause)
    community = Community.objects.select_related("office").filter(book=duty.book_id).first()
    place = community or Community.objects.select_related("office").filter(office=duty.office).first()
    today = office_day(staff.now)
    by_hand = duty.subject.startswith(f"{SUBJECT}:")
    may_act = by_hand and keeps(actor, duty.office_id, clause, on=today)
    is_open = duty.state == Duty.State.OPEN
    given = GIVEN.get(moment_asked(clause), "")
    context = {
        "duty": duty,
        "clause": clause,
        "clause_url": clause_url(clause.id, place) if place else "",
        "place": community.name if community else duty.office.name,
        "period": "" if duty.trigger else duty.key.rpartition(":")[2],
        "status": status_of_duty(duty, late=stands_late(duty, staff.now)),
        "owed_by": duty.staff.name if duty.staff else ROLES[duty.role],
        "may_keep": may_act and is_open,
        "may_move": may_act and is_open and duty.trigger is not None and bool(given),
        "may_call_off": may_act and is_open and duty.trigger is not None,
        "may_annul": duty.state == Duty.State.FULFILLED and actor.may("duty.annul", duty.office_id),
        **_put_off(duty, actor, staff.now),
        "by_hand": by_hand,
        "subject": _subject(duty),
        "owers": _owers(duty, today) if is_open else "",
        "moves": moves_of(duty),
        "tellings": tellings_of(duty),
        "given": given,
        "typed": typed or {},
        "refused": typed.get("act", "") if tried.refusal and typed else "",
        **tried.form(actor.key, now=staff.now),
        "timeline": _timeline(duty, staff.now) if by_hand else [],
        "said": _("没有写明日期") if duty.due_at is None else "",
    }
    return render(staff, "procedures/duty.html", context, status=tried.status)


def _timeline(duty: Duty, now: datetime) -> list[dict[str, Any]]:
    return entry_rows(timeline(duty.subject), office_rules(duty.office, on=now).time)[::-1]


def _put_off(duty: Duty, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what the register lets somebody do beforehand: put the duty off, or excuse it."""
    allowance = allowed_for(duty)
    may = (
        allowance is not None
        and duty.state == Duty.State.OPEN
        and duty.due_at is not None
        and not is_late(now, duty.due_at)
        and actor.may("duty.put_off", duty.office_id)
        and bool(actor.roles_at(duty.office_id) & allowance.roles)
    )
    return {
        "may_postpone": may,
        "may_excuse": may and allowance is not None and allowance.excuse,
        "allowed_by": allowance.by if allowance else "",
        "put_off": "put_off_to" in duty.facts,
    }


def _subject(duty: Duty) -> dict[str, str]:
    """Return the case that a duty is about, where it is one."""
    kind, _colon, number = duty.subject.partition(":")
    return {"name": number, "url": reverse("request", args=[number])} if kind == "request" else {}


def _owers(duty: Duty, today: date) -> str:
    people = owers_of(duty, on=today)
    names = Staff.objects.filter(id__in=people).order_by("name").values_list("name", flat=True)
    return "、".join(names[:OWERS_SHOWN])
