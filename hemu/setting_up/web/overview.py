"""*Set up a community in ten minutes*: each step, how it stands, what is missing and why it matters."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.infra.web.needs import needs
from hemu.infra.wording import Status
from hemu.setting_up.queries import facts_of
from hemu.setting_up.rules import Facts, State, Step, following, steps_of
from hemu.setting_up.wording import LACKS, TITLES, WHY

PERMISSION = "setup.change"
WORDS_BEFORE_QUIET = 20
"""After so many cases nobody needs to be led any more: the first page says no more of it."""


@needs(PERMISSION)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show how far a community is set up (GET: community)."""
    staff = cast("StaffRequest", request)
    communities = list(_communities(staff))
    community = chosen_community(staff)
    facts = facts_of(community, now=staff.now)
    steps = steps_of(facts)
    after = following(steps)
    done = sum(1 for step in steps if step.state == State.DONE)
    context: dict[str, Any] = {
        "community": community,
        "communities": [(str(each.id), each.name) for each in communities],
        "steps": [_line(step, facts, community, after) for step in steps],
        "far": {"done": done, "total": len(steps)},
        "next": _line(after, facts, community, after) if after else None,
    }
    return render(request, "setting_up/overview.html", context)


def _communities(request: StaffRequest) -> QuerySet[Community]:
    return request.actor.communities(PERMISSION).select_related("office").order_by("name")


def chosen_community(request: StaffRequest) -> Community | None:
    """Return the community that a page is about: as asked for, else the newest in scope."""
    rows = _communities(request)
    asked = request.POST.get("community") or request.GET.get("community", "")
    found = next((each for each in rows if str(each.id) == asked), None)
    return found or rows.order_by("-id").first()


def _line(step: Step, facts: Facts, community: Community | None, after: Step | None) -> dict[str, Any]:
    return {
        "name": step.name,
        "title": TITLES[step.name],
        "why": WHY[step.name],
        "state": step.state.value,
        "status": _status(step.state),
        "lacks": [LACKS[code] for code in step.lacks],
        "current": after is not None and step.name == after.name,
        "there": _there(step.name, facts),
        "actions": [
            {"label": label, "url": url} for label, url in _actions(step.name, facts, community) if url
        ],
    }


def _status(state: State) -> Status:
    if state == State.DONE:
        return Status(_("好了"), "pine", "dot")
    return (
        Status(_("还差一点"), "amber", "half")
        if state == State.BEGUN
        else Status(_("还没有"), "neutral", "ring")
    )


def _there(name: str, facts: Facts) -> str:
    """Return what is there already, in figures."""
    people = sum(facts.posts.values())
    said = {
        "staff": _("已有 %(n)s 个岗位有人，%(never)s 人还没有进来过") % {"n": people, "never": facts.never_in}
        if people
        else "",
        "roster": _("%(homes)s 套房，%(phones)s 套有电话")
        % {"homes": facts.homes, "phones": facts.with_phone}
        if facts.homes
        else "",
        "duty": _("今后七天 %(n)s 个班") % {"n": facts.shifts} if facts.shifts else "",
    }
    return said.get(name, "")


def _actions(name: str, facts: Facts, community: Community | None) -> list[tuple[str, str]]:
    query = f"?{urlencode({'community': str(community.id)})}" if community else ""
    links: dict[str, list[tuple[str, str]]] = {
        "place": [(_("改名称"), reverse("setup_place") + query)],
        "hours": [(_("看办公时间"), reverse("setup_hours") + query)],
        "staff": [
            (_("导入员工表"), reverse("staff_list")),
            (_("录入一人"), reverse("staff_add")),
            (_("看员工"), reverse("staff")),
        ],
        "roster": [(_("导入名册"), reverse("roster"))],
        "trades": [(_("定部门"), reverse("setup_departments") + query)],
        "duty": [(_("排班"), _optional("rota"))],
        "channels": [(_("看渠道"), reverse("setup_channels") + query)],
        "word": [(_("登记"), reverse("register"))],
    }
    return links[name]


def _optional(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
