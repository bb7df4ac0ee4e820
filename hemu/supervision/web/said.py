"""Filters in words: 未结 · 投诉 · 3 栋."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from hemu.access.actors import Actor
from hemu.estate.models import Office, Post, Staff
from hemu.service_requests.wording import CHANNELS, STATES, TRADES, TYPES
from hemu.supervision.rules import NOBODY
from hemu.supervision.wording import STATE_GROUPS

CODES: dict[str, Mapping[str, Any]] = {
    "state": {**{code: status.word for code, status in STATES.items()}, **STATE_GROUPS},
    "type": TYPES,
    "trade": TRADES,
    "channel": CHANNELS,
}


def said_of(chosen: Mapping[str, str], actor: Actor) -> str:
    """Return filters in words, in the order of the page; what this person may not see has no name."""
    return " · ".join(str(_word(name, value, actor)) for name, value in chosen.items())


def _word(name: str, value: str, actor: Actor) -> Any:
    if name in CODES:
        return CODES[name].get(value, value)
    if name == "person":
        who = None if value == NOBODY else _colleagues(actor).filter(id=value).first()
        return who.name if who else _("还没有人")
    if name == "community":
        community = actor.communities("request.view").filter(id=value).first()
        return community.name if community else value
    if name == "office":
        within = actor.communities("request.view").values("office")
        office = Office.objects.filter(id=value, id__in=within).first()
        return office.name if office else value
    flags = {"late": _("逾期"), "urged": _("催办过"), "reopened": _("重开过"), "major": _("重大")}
    spans = {
        "since": _("%(day)s 起"),
        "until": _("到 %(day)s"),
        "building": _("%(day)s 栋"),
        "q": "“%(day)s”",
    }
    return flags.get(name) or spans[name] % {"day": value}


def _colleagues(actor: Actor) -> QuerySet[Staff]:
    """Return who works, or worked, where this person sees cases, and who has a post of the whole company."""
    within = actor.communities("request.view").values("office")
    here = Post.objects.filter(Q(office__in=within) | Q(office__isnull=True), staff=OuterRef("pk"))
    return Staff.objects.filter(Exists(here))
