"""What came in by call, visit and other ways in a month, by class, and where complaints gather (RQ-22)."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hemu.estate.models import Community
from hemu.foundation.due import Period
from hemu.infra.identity import first_id
from hemu.service_requests.models import Party, Request
from hemu.service_requests.rules import Outcome

CLASSES = ("inquiry", "suggestion", "complaint", "repair_public", "repair_home", "other", "praise")
"""The seven classes of the monthly statistics (004 L143 篇1一4); asking for help is among the other services."""
PUBLIC = "public"
"""Stands for a building where a complaint is about a public place."""


def registered_in(community: Community, since: datetime, until: datetime) -> QuerySet[Request]:
    """Return the cases entered from ``since`` to before ``until``: by entry, so that each is in one report only."""
    return Request.objects.filter(
        community=community, id__gte=first_id(since), id__lt=first_id(until)
    ).order_by()


def contact_figures(community: Community, month: Period) -> dict[str, Any]:
    """Return the words of a month by class and way, and complaints by trade and building.

    Every word counts, one merged into another case or withdrawn too; what was entered by mistake does not. Neighbours
    who joined a case are counted beside.
    """
    mistaken = Q(outcome=Outcome.VOID, merged_into__isnull=True)
    rows = list(
        registered_in(community, month.start, month.end)
        .exclude(mistaken)
        .values_list("type", "channel", "trade", "home__building")
    )
    types = Counter("other" if type == "help" else type for type, *_ in rows)
    complaints = [each for each in rows if each[0] == "complaint"]
    joined = Party.objects.filter(
        request__community=community, joined_at__gte=month.start, joined_at__lt=month.end
    )
    return {
        "contacts": len(rows),
        "joined": joined.count(),
        "by_type": {each: types[each] for each in CLASSES},
        "by_channel": counted(channel for _, channel, *_ in rows),
        "complaints_by_trade": counted(trade or "other" for *_, trade, _ in complaints),
        "complaints_by_building": counted(building or PUBLIC for *_, building in complaints),
    }


def counted(values: Iterable[str]) -> dict[str, int]:
    """Return how often each value is there, the most frequent first, then by name."""
    return dict(sorted(Counter(values).items(), key=lambda each: (-each[1], each[0])))
