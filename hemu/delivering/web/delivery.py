"""How a notice reached its homes: figures, whom nothing reached, what lies in letter boxes; printed as a list to walk by."""

from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.delivering.models import Delivery
from hemu.delivering.operations import drop_in_boxes
from hemu.delivering.queries import MOST_LEFT, consent_of, figures_of, letter_boxes
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.messaging.channels import ready_channels
from hemu.messaging.rules import Channel
from hemu.notices.models import Notice
from hemu.notices.queries_notices import notice_for
from hemu.notices.web.notices import read_parts
from hemu.papers.queries_sheets import shown_code


@needs("notice.view")
@require_GET
def notice_delivery(request: HttpRequest, document: UUID) -> HttpResponse:
    """Show how a notice reached its homes."""
    staff = cast("StaffRequest", request)
    return _page(staff, found_for(staff, document))


@needs("notice.post")
@require_POST
def notice_boxes(request: HttpRequest, document: UUID) -> HttpResponse:
    """Keep that slips lie in letter boxes (POST: homes, as written; none: all that are left; files, key)."""
    staff = cast("StaffRequest", request)
    found, homes = found_for(staff, document), staff.POST.get("homes", "")

    def act(files: list[str]) -> dict[str, Any]:
        act = staff.actor.act(now=staff.now)
        count = drop_in_boxes(
            document=document, homes=read_parts(homes), by=staff.actor, act=act, files=files
        )
        return {"count": count}

    body = {"document": str(document), "homes": homes}
    tried = try_act(staff, by=staff.actor.key, now=staff.now, typed=body, act=act)
    if tried.refusal:
        return _page(staff, found, tried, homes)
    return redirect("notice_delivery", found.document_id)


def found_for(staff: StaffRequest, document: UUID) -> Notice:
    """Return the notice of an address; what one may not see is not found."""
    try:
        return notice_for(staff.actor, document)
    except RuleViolation as refusal:
        raise Http404(str(document)) from refusal


def _page(
    staff: StaffRequest,
    found: Notice,
    tried: Tried = UNTRIED,
    typed: str = "",
) -> HttpResponse:
    today = office_day(staff.now)
    rows = letter_boxes(found, on=today) if found.published_at else []
    context = {
        "notice": found,
        "paper": found.document,
        "code": shown_code(found.document.code or ""),
        "figures": _stats(found, staff) if found.published_at else [],
        "delivery": Delivery.objects.filter(notice=found).first(),
        "may_send": Channel.SMS in ready_channels(),
        "consent": consent_of(found) if found.kind == "emergency" else None,
        "units": [
            {"name": f"{building}-{unit}" if unit else building, "homes": list(homes)}
            for (building, unit), homes in groupby(rows, key=lambda row: (row[0].building, row[0].unit))
        ],
        "most": MOST_LEFT if len(rows) == MOST_LEFT else 0,
        "may_drop": bool(found.published_at) and staff.actor.may("notice.post", found.community.office_id),
        "typed": typed,
        **tried.form(staff.actor.key, now=staff.now),
    }
    return render(staff, "delivering/delivery.html", context, status=tried.status)


def _stats(found: Notice, staff: StaffRequest) -> list[dict[str, Any]]:
    counts = figures_of(found, on=office_day(staff.now))
    of_all = _("共 %(n)s 户") % {"n": counts.homes}
    return [
        {"label": _("已送到"), "number": counts.reached, "than": of_all, "tone": "pine"},
        {"label": _("看过的"), "number": counts.read, "than": ""},
        {"label": _("短信已发出"), "number": counts.sent,
         "than": _("平台回执已送达 %(n)s 户") % {"n": counts.delivered}},
        {"label": _("信箱"), "number": counts.dropped,
         "than": _("短信待发 %(n)s 户") % {"n": counts.underway} if counts.underway else ""},
        {"label": _("还没送到"), "number": counts.left,
         "than": _("短信没发出去 %(n)s 户") % {"n": counts.failed} if counts.failed else "",
         "tone": "amber" if counts.left else ""},
    ]  # fmt: skip
