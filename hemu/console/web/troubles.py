"""What the background could not do: shown to who sets the house up, who has it tried again."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hemu.access.web.gate import StaffRequest
from hemu.console.web.lines import subject_url
from hemu.infra.models import Trouble
from hemu.infra.troubles import retry, troubles
from hemu.infra.web.needs import needs

KINDS = {
    "message": _("一条站内提醒没有送出"),
    "notice": _("一份通知的短信没有备好"),
    "duty": _("一项应办事项没能检查"),
    "office": _("一个管理处的每日盘点或早会单没有做成"),
    "leaving": _("一位离职人员的交接没有做完"),
    "roster": _("一份名册一读就使后台中断"),
    "round": _("后台的一轮工作没有做完"),
}
ROUNDS = {
    "outbox": _("发消息"),
    "notices": _("备好通知的短信"),
    "seal": _("封存台账"),
    "duties": _("查应办事项"),
    "births": _("开出以后的应办事项"),
    "duty wall": _("汇总应办看板"),
    "rules": _("照新的规则重算期限"),
    "rosters": _("导入名册"),
    "leavings": _("离职交接"),
    "hand-overs": _("请假交接"),
    "supervision": _("早会单和盘点"),
    "reports": _("该报的报告"),
    "channels": _("渠道检查"),
    "search": _("搜索"),
    "suggestions": _("分类建议"),
    "webhooks": _("通知别的系统"),
    "file drafts": _("清理没用上的附件"),
    "owners_door": _("清理用过的验证码"),
}
"""The rounds of the worker in words; a round is never parked, it is run again each time."""


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
        "about": ROUNDS.get(trouble.key, trouble.key) if is_round else trouble.about.partition(":")[2],
        "url": _url(trouble),
        "error": trouble.error,
        "tries": trouble.tries,
        "first_at": trouble.first_at,
        "last_at": trouble.last_at,
        "next_at": trouble.next_at,
        "is_round": is_round,
        "parked": trouble.next_at is None,
    }


def _url(trouble: Trouble) -> str:
    if trouble.kind == "roster":
        return reverse("roster_import", args=[UUID(trouble.key)])
    return subject_url(trouble.about) if trouble.about.startswith("request:") else ""
