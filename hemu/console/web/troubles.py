"""What the background could not do: shown to who sets the house up, who has it tried again."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.console.web.views import subject_url
from hemu.infra.models import Trouble
from hemu.infra.troubles import retry, troubles
from hemu.infra.web.needs import needs

KINDS = {
    "message": _("一条站内提醒没有送出"),
    "duty": _("一项应办事项没能检查"),
    "office": _("一个管理处的每日盘点或早会单没有做成"),
    "leaving": _("一位离职人员的交接没有做完"),
    "roster": _("一份名册一读就使后台中断"),
    "round": _("后台的一轮工作没有做完"),
}


@needs("setup.change")
@require_http_methods(["GET", "POST"])
def stuck(request: HttpRequest) -> HttpResponse:
    """Show what could not be done (GET); have one piece tried again (POST: kind, key)."""
    staff = cast("StaffRequest", request)
    if request.method == "POST":
        retry(kind=request.POST.get("kind", ""), key=request.POST.get("key", ""), now=staff.now)
        return redirect("troubles")
    return render(request, "console/troubles.html", {"rows": [_row(each) for each in troubles()]})


def _row(trouble: Trouble) -> dict[str, Any]:
    is_round = trouble.kind == "round"
    return {
        "kind": trouble.kind,
        "key": trouble.key,
        "words": KINDS.get(trouble.kind, trouble.kind),
        "about": trouble.key if is_round else trouble.about.partition(":")[2],
        "url": _url(trouble),
        "error": trouble.error,
        "tries": trouble.tries,
        "first_at": trouble.first_at,
        "last_at": trouble.last_at,
        "next_at": trouble.next_at,
        "parked": trouble.next_at is None,
    }


def _url(trouble: Trouble) -> str:
    if trouble.kind == "roster":
        return reverse("roster_import", args=[UUID(trouble.key)])
    return subject_url(trouble.about) if trouble.about.startswith("request:") else ""
