"""What was done, as both sides read it: the committee's own acts are named as such."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.correspondence.wording import MATTERS, UP_TO
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.infra.moments import office_day, parse_moment
from hemu.ledger.catalogue import kind_of, words_of_rooms
from hemu.ledger.entries import Audience
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.service_requests.web.panels import entry_rows


def history_of(
    subject: str, community: Community, *, now: datetime, member: bool = False
) -> list[dict[str, Any]]:
    """Return a subject's history, the newest first; a member reads what the committee may, with addresses of their own."""
    entries = [
        each
        for each in timeline(subject)
        if not member or kind_of(each.kind).audience in (Audience.OWNER, Audience.COMMITTEE)
    ]
    rows = entry_rows(entries, office_rules(community.office, on=now).time)
    for entry, row in zip(entries, rows, strict=True):
        _finish(entry, row, member=member)
    return rows[::-1]


def _finish(entry: Entry, row: dict[str, Any], *, member: bool) -> None:
    if entry.actor.startswith("owner:"):
        row["who"] = _("委员本人")
    row["audience"] = "owner"  # both sides read the same
    if planned := entry.facts.get("planned_at"):  # a day, which other rooms call a beginning
        named = (words_of_rooms("FACTS")["matter"], MATTERS[entry.facts["matter"]])
        row["facts"] = [named, (_("打算哪天办"), office_day(parse_moment(planned)).isoformat())]
    row["facts"] += [
        (words_of_rooms("FACTS")[name], _("否"))
        for name in ("reasonable", "solvable")
        if entry.facts.get(name) is False
    ]
    if to := entry.facts.get("to"):
        row["facts"].append((_("上报给"), UP_TO.get(to, to)))
    if member:
        for file in row["files"]:
            if "id" in file:
                file["url"] = reverse("my_committee_file", args=[file["id"]])
                file["thumb_url"] = reverse("my_committee_thumb", args=[file["id"]])
