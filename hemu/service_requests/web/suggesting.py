"""Suggested sorting on pages: as a choice made beforehand, or offered under the words while they are typed."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemu.infra.web.needs import needs
from hemu.service_requests.models import Request
from hemu.service_requests.queries import suggestion_for
from hemu.service_requests.rules_suggesting import AXES, Suggestion
from hemu.service_requests.wording import NATURES, TRADES, TYPES, URGENCIES

WORDS = {"type": TYPES, "trade": TRADES, "nature": NATURES, "urgency": URGENCIES}
OFFERED = 3
REPAIRS = ("repair_home", "repair_public")


@needs("request.register")
@require_POST
def suggestion(request: HttpRequest) -> HttpResponse:
    """Answer words (POST: text, so that they are in no address) with the types they suggest; nothing is written."""
    ranked = suggestion_for(request.POST.get("text", "")).ranked["type"]
    spoken = [each for each in ranked if each.why] if ranked[0].why else []
    context = {
        "offers": [{"value": each.value, "word": TYPES[each.value]} for each in spoken[:OFFERED]],
        "why": quoted(spoken[0].why) if spoken else "",
    }
    return render(request, "service_requests/suggestion.html", context)


def chosen_beforehand(request: Request) -> dict[str, tuple[str, str]]:
    """Return for each axis of a case its value and help: what is set stays, what is not is suggested with why."""
    if all(getattr(request, axis) for axis in AXES):
        return {axis: (getattr(request, axis), "") for axis in AXES}
    found = suggestion_for(request.text)
    chosen = {axis: _chosen(request, axis, found) for axis in AXES}
    if not request.trade and request.type in REPAIRS and not found.why("trade"):
        chosen["trade"] = ("repair", "")
    return chosen


def _chosen(request: Request, axis: str, found: Suggestion) -> tuple[str, str]:
    value, first, why = str(getattr(request, axis)), found.first(axis), found.why(axis)
    if not why or value == first:
        return value or first, ""
    said = {"value": WORDS[axis][first], "words": quoted(why)}
    if value:
        return value, _("看原话也像“%(value)s”：%(words)s") % said
    return first, _("按原话建议“%(value)s”：%(words)s") % said


def quoted(words: Iterable[str]) -> str:
    """Return words of the table as they are shown: each in quotation marks."""
    return " ".join(f"“{word}”" for word in words)
