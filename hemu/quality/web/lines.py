"""How an action is shown: as a card of the board, a row of the list, the head of its page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hemu.access.web.gate import StaffRequest
from hemu.quality.models import CorrectiveAction
from hemu.quality.queries import SHOWN, visible_to
from hemu.quality.rules import OPEN
from hemu.quality.wording import FIGURES, FINDINGS, SOURCES, STATES, UNITS
from hemu.quality.wording import SHOWN as SHOWN_WORDS
from hemu.service_requests.queries import communities_of

FILTERS = ("community", "kind", "source", "person")


def chosen(staff: StaffRequest) -> dict[str, str]:
    """Return the filters of an address; what is none of them or names nothing is left out."""
    asked = {name: staff.GET.get(name, "") for name in FILTERS}
    return asked | {name: "" for name in ("community", "person") if not _is_id(asked[name])}


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def filtered(staff: StaffRequest, filters: dict[str, str]) -> QuerySet[CorrectiveAction]:
    """Return the actions that this person may see and these filters let through."""
    found = visible_to(staff.actor)
    columns = {"community": "community_id", "kind": "kind", "source": "source", "person": "responsible_id"}
    return found.filter(**{columns[name]: value for name, value in filters.items() if value})


def choices(staff: StaffRequest, filters: dict[str, str]) -> dict[str, Any]:
    """Return what the filters offer."""
    communities = communities_of(staff.actor, "action.view")
    people = (
        visible_to(staff.actor)
        .order_by("responsible__name")
        .values_list("responsible_id", "responsible__name")
    )
    return {
        "communities": [(str(each.id), each.name) for each in communities],
        "kinds": list(FINDINGS.items()),
        "sources": list(SOURCES.items()),
        "people": [(str(key), name) for key, name in dict(people.distinct()[:200]).items()],
        "filters": filters,
        "filtered": any(filters.values()),
        "new_url": reverse("action_new") if staff.actor.may("action.step") else "",
    }


def tabs(filters: dict[str, str], shown: str) -> list[dict[str, Any]]:
    """Return the board and the lists, as links that keep the filters."""
    kept = {name: value for name, value in filters.items() if value}
    board = {
        "label": _("PDCA 看板"),
        "url": f"{reverse('actions')}?{urlencode(kept)}",
        "current": shown == "board",
    }
    lists = [
        {"label": SHOWN_WORDS[each], "url": list_url(filters, each), "current": each == shown}
        for each in SHOWN
    ]
    return [board, *lists]


def list_url(filters: dict[str, str], shown: str, after: str = "") -> str:
    kept = {name: value for name, value in filters.items() if value} | {"shown": shown}
    return f"{reverse('actions_list')}?{urlencode(kept | ({'after': after} if after else {}))}"


def line(action: CorrectiveAction, now: datetime) -> dict[str, Any]:
    """Return an action as cards and rows show it."""
    return {
        "number": action.number,
        "url": reverse("action", args=[action.number]),
        "words": action.text,
        "kind": FINDINGS[action.kind],
        "fire": action.kind == "fire",
        "place": action.place,
        "community": action.community.name,
        "who": action.responsible.name,
        "status": STATES[action.state],
        "due": action.due_at if action.state in OPEN else None,
        "late": action.state in OPEN and action.due_at < now,
        "ask_on": action.ask_on if action.state == "verified" else None,
        "ask_now": bool(action.ask_on and action.state == "verified" and action.ask_on <= now.date()),
        "again": action.again,
        "figure": figure_words(action),
    }


def figure_words(action: CorrectiveAction) -> str:
    """Return the figure of an action with its values: 返修率 8% → 4%."""
    if not action.figure:
        return ""
    unit = UNITS.get(action.figure, "")
    name = action.figure_name or str(FIGURES[action.figure])
    after = f"{action.after}{unit}" if action.after else "?"
    return f"{name} {action.before}{unit} → {after}"


def source_url(about: str) -> str:
    """Return where the subject is seen from which an action came; "" where no page of a room below shows it."""
    kind, _colon, number = about.partition(":")
    return reverse("request", args=[number]) if kind == "request" and number else ""
