"""What has passed its time, proposing to destroy it, and deciding over such a proposal."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.filing.models import Disposal, Item
from hemu.filing.operations import decide_disposal, propose_disposal
from hemu.filing.queries import disposal_for, disposals_of, scopes_of, to_go, without_hidden, without_kept
from hemu.filing.rules import MOST_AT_ONCE
from hemu.filing.web.items import row_of, scope_for
from hemu.filing.wording import DISPOSAL_STATES
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.sign_in.queries import has_factor

SHOWN = 20


@needs("archive.dispose")
@require_http_methods(["GET", "POST"])
def disposals(request: HttpRequest) -> HttpResponse:
    """Show what has passed its time, and the disposals (GET: scope); propose one (POST: scope, items, reason, key)."""
    staff = cast("StaffRequest", request)
    scope, refusal = scope_for(staff, "archive.dispose"), None
    items, reason = staff.POST.getlist("items"), staff.POST.get("reason", "")
    if staff.method == "POST":
        try:
            made = once(
                account=staff.actor.key,
                key=staff.POST.get("key", ""),
                body={"scope": str(scope.id), "items": ",".join(sorted(items)), "reason": reason},
                now=staff.now,
                act=lambda: {
                    "disposal": str(
                        propose_disposal(
                            scope=scope,
                            items=_ids(items),
                            by=staff.actor,
                            act=staff.actor.act(now=staff.now),
                            reason=reason,
                        ).id
                    )
                },
            )
            return redirect("archive_disposal", made["disposal"])
        except RuleViolation as no:
            refusal = no
    rows = without_hidden(staff.actor, to_go(scope.id, today=office_day(staff.now)))
    due = list(rows.select_related("home")[: MOST_AT_ONCE + 1])
    made_before = list(without_kept(staff.actor, disposals_of(scope.id))[:SHOWN])
    context = {
        "scope": scope,
        "scopes": [(str(each.id), each.name) for each in scopes_of(staff.actor, "archive.dispose")],
        "rows": [{**row_of(each), "chosen": str(each.id) in items} for each in due[:MOST_AT_ONCE]],
        "more": len(due) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "waiting": any(each.state == "waiting" for each in made_before),
        "disposals": [{"disposal": each, "status": DISPOSAL_STATES[each.state]} for each in made_before],
        "reason": reason,
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "filing/disposals.html", context, status=status_of(refusal) if refusal else 200)


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(each) for each in texts]
    except ValueError as error:
        raise RuleViolation("disposal.not_yet") from error


@needs("archive.view")
@require_http_methods(["GET", "POST"])
def disposal_page(request: HttpRequest, disposal: UUID) -> HttpResponse:
    """Show a disposal; decide over it (POST: answer agree | refuse, code, reason)."""
    staff = cast("StaffRequest", request)
    found, refusal = _found(staff, disposal), None
    if staff.method == "POST":
        try:
            decide_disposal(
                disposal=found.id,
                by=staff.actor,
                act=staff.actor.act(now=staff.now),
                agree=staff.POST.get("answer") == "agree",
                typed=staff.POST.get("code", ""),
                reason=staff.POST.get("reason", ""),
            )
            return redirect("archive_disposal", found.id)
        except RuleViolation as no:
            refusal = no
    items = found.items.select_related("home").order_by("number")
    record = Item.objects.filter(subject=found.subject).first()
    may = found.state == "waiting" and staff.actor.may("archive.dispose", found.office_id)
    own = found.proposed_by_id == staff.actor.staff_id
    context = {
        "disposal": found,
        "status": DISPOSAL_STATES[found.state],
        "rows": [row_of(each) for each in items],
        "record_url": reverse("archive_item", args=[record.id]) if record else "",
        "asked": may and not own,
        "own": may and own,
        "factor": has_factor(cast("Account", staff.user)),
        "reason": staff.POST.get("reason", ""),
        "list_url": f"{reverse('archive_disposals')}?{urlencode({'scope': str(found.scope)})}",
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "filing/disposal.html", context, status=status_of(refusal) if refusal else 200)


def _found(staff: StaffRequest, disposal: UUID) -> Disposal:
    try:
        return disposal_for(staff.actor, disposal)
    except RuleViolation as refusal:
        raise Http404(str(disposal)) from refusal
