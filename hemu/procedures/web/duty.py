"""The page of one duty kept by hand: what it asks, its evidence, moving, calling off, annulling."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import Brought, draft_rows, files_brought
from hemu.duties.models import Duty
from hemu.duties.operations import annul, call_off, keep_by_hand, move
from hemu.duties.queries import keeps, stands_late
from hemu.duties.rules import moment_asked
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.procedures.queries import kept_here
from hemu.procedures.web.clause import read_moment, status_of_duty
from hemu.procedures.web.clauses import clause_url
from hemu.procedures.wording import GIVEN
from hemu.service_requests.web.panels import entry_rows
from hemu.sop.register import load_register

TYPED = ("act", "words", "at", "to")


@needs("duty.view")
@require_GET
def duty_page(request: HttpRequest, duty: UUID) -> HttpResponse:
    """Show a duty kept by hand."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, duty))


@needs("duty.view")
@require_POST
def duty_act(request: HttpRequest, duty: UUID) -> HttpResponse:
    """Act on a duty (POST: act: keep, move, call_off or annul; words, at, to, files, key)."""
    staff = cast("StaffRequest", request)
    found, body = _found(staff, duty), {name: staff.POST.get(name, "") for name in TYPED}
    files = Brought()
    try:
        files = files_brought(staff, by=staff.actor.key, now=staff.now)
        once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body=body | {"duty": str(duty), "files": files.said},
            now=staff.now,
            act=lambda: {"entry": str(_acted(staff, found.id, body, files).id)},
        )
    except RuleViolation as refusal:
        return _page(staff, _found(staff, duty), refusal, body, files)
    return redirect("duty", found.id)


def _acted(staff: StaffRequest, duty: UUID, body: Mapping[str, str], files: Brought) -> Entry:
    by = staff.actor
    asked: dict[str, Any] = {
        "duty": duty,
        "by": by,
        "act": by.act(now=staff.now, at=read_moment(body["at"])),
        "words": body["words"],
    }
    if body["act"] == "keep":
        return keep_by_hand(**asked, files=files.ids)
    if body["act"] == "move":
        to = read_moment(body["to"])
        if to is None:
            raise RuleViolation("clause.no_day")
        return move(**asked, to=to)
    if body["act"] == "call_off":
        return call_off(**asked)
    if body["act"] == "annul":
        return annul(**asked)
    raise Http404(body["act"])


def _found(staff: StaffRequest, duty: UUID) -> Duty:
    found = kept_here(staff.actor).select_related("office", "staff").filter(id=duty).first()
    if found is None:
        raise Http404(str(duty))
    return found


def _page(
    staff: StaffRequest,
    duty: Duty,
    refusal: RuleViolation | None = None,
    typed: Mapping[str, str] | None = None,
    files: Brought | None = None,
) -> HttpResponse:
    actor, clause = staff.actor, load_register().clause(duty.clause)
    community = Community.objects.select_related("office").filter(book=duty.book_id).first()
    place = community or Community.objects.select_related("office").filter(office=duty.office).first()
    may_act = keeps(actor, duty.office_id, clause)
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
        "given": given,
        "typed": typed or {},
        "refused": typed.get("act", "") if refusal and typed else "",
        "drafts": draft_rows(actor.key, files.ids if files else []),
        "upload_url": reverse("file_upload"),
        "timeline": entry_rows(timeline(duty.subject), office_rules(duty.office, on=staff.now).time)[::-1],
        "key": new_id(staff.now).hex,
        "said": _("没有写明日期") if duty.due_at is None else "",
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "procedures/duty.html", context, status=status_of(refusal) if refusal else 200)
