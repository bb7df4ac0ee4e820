"""What the staff shell shows on every page: who one is, where one may go, what waits."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hemu.access.actors import Actor
from hemu.access.web.gate import StaffRequest
from hemu.dispatching.wording import DANGER_ICONS, DANGERS
from hemu.estate.queries_standing import office_name
from hemu.estate.wording import ROLES
from hemu.infra.heartbeat import silent_since
from hemu.infra.identity import new_id
from hemu.infra.kept import kept_with
from hemu.infra.web.needs import PUBLIC, needed
from hemu.messaging.queries import BADGE_LIMIT, unread_count

NAV = [
    ("home", _("今日"), "house", ""),
    ("field", _("我的活"), "wrench", "field.work"),
    ("wall", _("看板"), "gauge", "wall.view"),
    ("requests", _("诉求"), "inbox", "request.view"),
    ("register", _("登记"), "pen-line", "request.register"),
    ("duties", _("应办"), "list-checks", "duty.view"),
    ("return_visits", _("回访"), "phone-outgoing", "return_visit.view"),
    ("notices", _("通知"), "megaphone", "notice.view"),
    ("committee", _("业委会"), "landmark", "committee.view"),
    ("reports", _("报告"), "chart-column", "report.view"),
    ("dispatching", _("派单"), "send", "dispatch.view"),
    ("roster", _("名册"), "users", "roster.import"),
    ("papers", _("表格"), "printer", "request.view"),
    ("unmatched", _("未对上房屋"), "house", "portal.match"),
    ("archive", _("档案"), "archive", "archive.view"),
    ("staff", _("员工"), "id-card", "staff.view"),
]


SECTIONS = {
    "request": "requests",
    "roster": "roster",
    "staff": "staff",
    "unmatched": "unmatched",
    "wall": "wall",
    "papers": "papers",
    "paper": "papers",
    "form": "papers",
    "forms": "papers",
    "document": "papers",
    "documents": "papers",
    "seal": "papers",
    "field": "field",
    "morning": "wall",
    "review": "wall",
    "clause": "duties",
    "clauses": "duties",
    "rules": "duties",
    "duties": "duties",
    "duty": "duties",
    "calendar": "duties",
    "dispatch": "dispatching",
    "rota": "dispatching",
    "hand": "dispatching",
    "report": "reports",
    "calls": "home",
    "channels": "home",
    "digest": "notices",
    "notice": "notices",
    "notices": "notices",
    "work": "notices",
    "works": "notices",
    **dict.fromkeys(("committee", "meeting", "meetings", "statement", "statements"), "committee"),
    **dict.fromkeys(("audit", "audits", "publication", "publications"), "committee"),
    "archive": "archive",
    "action": "home",
    "figure": "home",
    "figures": "home",
    "evidence": "home",
    "recalls": "home",
    "actions": "home",
    "matter": "home",
    "matters": "home",
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell of a staff page; of a public one only the languages."""
    context: dict[str, Any] = {
        "languages": _languages(request),
        "local": not settings.HTTPS,
    }
    actor = getattr(request, "actor", None)
    if actor is None or needed(getattr(request.resolver_match, "func", None)) == PUBLIC:
        return context
    staff = cast("StaffRequest", request)
    return context | kept_with(
        staff, "shell", lambda: _staff(staff, actor)
    )  # a page's panels are templates, too


def _staff(request: StaffRequest, actor: Actor) -> dict[str, Any]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    unread = unread_count(actor.staff_id)
    return {
        "actor": {
            "name": actor.name,
            "posts": [ROLES[role] for role in sorted(actor.roles)],
            "profile_url": reverse("account"),
        },
        "office": _office(actor),
        "alarm": _alarm(request, actor),
        "silent_since": cache(lambda: silent_since(now=request.now)),  # asked where a whole page is shown
        "nav": [
            {"label": label, "url": reverse(name), "icon": icon, "current": name == _section(here)}
            for name, label, icon, permission in NAV
            if not permission or actor.may(permission)
        ],
        "bell": {
            "count": f"{BADGE_LIMIT}+" if unread > BADGE_LIMIT else str(unread or ""),
            "url": reverse("messages"),
        },
        "devices_url": reverse("devices"),
        "setup_url": reverse("setup") if actor.may("setup.change") else "",
        "systems_url": reverse("systems") if actor.may("token.keep") else "",
        "log_out_url": reverse("log_out"),
    }


def _alarm(request: StaffRequest, actor: Actor) -> dict[str, Any] | None:
    """Return the danger button, for those who may register."""
    if not actor.may("request.register"):
        return None
    return {
        "url": reverse("danger"),
        "key": new_id(request.now).hex,
        "name": "danger",
        "label": _("险情"),
        "kinds": [(code, word, DANGER_ICONS[code]) for code, word in DANGERS.items()],
    }


def _section(here: str) -> str:
    """Return the entry of the navigation under which a page stands: a case under the requests."""
    return SECTIONS.get(here.partition("_")[0], here)


def _office(actor: Actor) -> dict[str, str] | None:
    ids = [office for office in actor.offices if office]
    if None in actor.offices or len(ids) != 1:
        return {"name": str(_("全公司")) if None in actor.offices else str(_("几个管理处"))}
    return {"name": office_name(ids[0])}


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    spoken = translation.get_language()
    back = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
    return [
        {
            "code": code,
            "name": name,
            "url": f"{reverse('language', args=[code])}?{back}",
            "current": code == spoken,
        }
        for code, name in settings.LANGUAGES
    ]
