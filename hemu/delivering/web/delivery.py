"""How a notice reached its homes: figures, whom nothing reached, what lies in letter boxes; printed as a list to walk by."""

from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import Brought, draft_rows, files_brought
from hemu.delivering.models import Delivery
from hemu.delivering.operations import drop_in_boxes
from hemu.delivering.queries import MOST_LEFT, consent_of, figures_of, letter_boxes
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
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
    found, homes, files = found_for(staff, document), staff.POST.get("homes", ""), Brought()
    try:
        files = files_brought(staff, by=staff.actor.key, now=staff.now)
        once(
            account=staff.actor.key,
            key=staff.POST.get("key", ""),
            body={"document": str(document), "homes": homes, "files": files.said},
            now=staff.now,
            act=lambda: {
                "count": drop_in_boxes(
                    document=document,
                    homes=read_parts(homes),
                    by=staff.actor,
                    act=staff.actor.act(now=staff.now),
                    files=files.ids,
                )
            },
        )
    except RuleViolation as refusal:
        return _page(staff, found, refusal, homes, files)
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
    refusal: RuleViolation | None = None,
    typed: str = "",
    files: Brought | None = None,
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
        "drafts": draft_rows(staff.actor.key, files.ids if files else []),
        "upload_url": reverse("file_upload"),
        "key": new_id(staff.now).hex,
        "refusal": words_for(refusal) if refusal else "",
    }
    return render(staff, "delivering/delivery.html", context, status=status_of(refusal) if refusal else 200)


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
