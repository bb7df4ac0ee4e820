"""What a page shows of the corrective actions that came from what it is about, and the button that opens one."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.quality.queries import actions_about
from hemu.quality.web.lines import line
from hemu.service_requests.models import Request

OF_TRADE = {"repair": "repair", "cleaning": "cleaning", "greening": "greening", "security": "order"}
FAULTS = ("complaint", "repair_public", "repair_home")
"""Types of cases that may show something to be put right for good; of others only what was opened is shown."""


def action_panel(
    request: StaffRequest, *, community: Community, source: str, about: str, kind: str = "", place: str = ""
) -> str:
    """Return the actions that came from a subject, and the button that opens one; "" where there is neither.

    Args:
        source: one of ``rules.SOURCES``; "" where no action is to be opened from here.
    """
    actor = request.actor
    if not actor.may("action.view", community.office_id):
        return ""
    found = actions_about(actor, about)
    asked = {"community": str(community.id), "source": source, "about": about, "kind": kind, "place": place}
    may = bool(source) and actor.may("action.step", community.office_id)
    url = f"{reverse('action_new')}?{urlencode({name: text for name, text in asked.items() if text})}"
    if not found and not may:
        return ""
    context = {"rows": [line(each, request.now) for each in found], "new_url": url if may else ""}
    return render_to_string("quality/panel.html", context, request)


def about_request(request: StaffRequest, case: Request) -> str:
    """Return the panel of a case: complaints and repairs can bring an action, whatever was opened is shown."""
    opens = case.type in FAULTS and case.outcome not in ("void", "withdrawn")
    kind = OF_TRADE.get(case.trade, "repair" if case.type.startswith("repair") else "")
    return action_panel(
        request,
        community=case.community,
        source="request" if opens else "",
        about=case.subject,
        kind=kind,
        place=case.place[:60] if case.place else "",
    )


PANELS = {"request": about_request}
