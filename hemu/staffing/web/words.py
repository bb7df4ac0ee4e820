"""Staff lists and posts in words, for page and command."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hemu.estate.models import Community, Office
from hemu.estate.roster.wording import REFUSALS as ROSTER_REFUSALS
from hemu.estate.roster.wording import WARNINGS as ROSTER_WARNINGS
from hemu.estate.wording import ROLES
from hemu.foundation.redaction import mask_phone
from hemu.staffing.staff_sheet.changes import Change, KnownPost, MemberChange, PlannedPost
from hemu.staffing.wording import FIELDS, REFUSALS, TRADES, WARNINGS, WHOLE_COMPANY

SENTENCES = {**ROSTER_REFUSALS, **ROSTER_WARNINGS, **REFUSALS, **WARNINGS}


def sentence(line: Mapping[str, Any]) -> str:
    """Return the sentence of a refusal or warning (``code``, ``params``)."""
    words: str = str(SENTENCES[line["code"]]) % line["params"]
    return words


class Names:
    """The names of offices and communities, read once."""

    def __init__(self) -> None:
        self.offices: dict[UUID, str] = dict(Office.objects.values_list("id", "name"))
        self.communities: dict[UUID, str] = dict(Community.objects.values_list("id", "name"))

    def office(self, office: UUID | None) -> str:
        return self.offices.get(office, "") if office else str(WHOLE_COMPANY)

    def beats(self, beats: Mapping[UUID, tuple[str, ...]]) -> str:
        """Return what a post looks after: 和风花园 1、2、3栋."""
        return "；".join(
            self.communities.get(place, "") + (f" {'、'.join(buildings)}" if buildings else "")
            for place, buildings in beats.items()
        )

    def post(self, post: PlannedPost | KnownPost) -> str:
        """Return a post in one line: role, department or trade, office, what it looks after, days."""
        trade = getattr(post, "trade", "")
        what = post.department or (str(TRADES[trade]) if trade else "")
        since = _("%(since)s 起") % {"since": post.since}
        days = f"{post.since} – {post.until}" if post.until else since
        parts = [str(ROLES[post.role]), what, self.office(post.office), self.beats(post.beats), days]
        return " · ".join(filter(None, parts))

    def change(self, change: Change) -> dict[str, str]:
        """Return field, before and after of a change in words."""
        return {
            "field": str(FIELDS[change.field]),
            "before": self._value(change.field, change.before),
            "after": self._value(change.field, change.after),
        }

    def _value(self, field: str, value: object) -> str:
        if isinstance(value, PlannedPost | KnownPost):
            return self.post(value)
        if value in (None, ""):
            return ""
        return mask_phone(str(value)) if field == "phone" else str(value)

    def created(self, change: MemberChange) -> dict[str, Any]:
        """Return a new person's line."""
        return {
            "name": change.parsed.name,
            "login": change.login,
            "phone": mask_phone(change.parsed.phone) if change.parsed.phone else "",
            "posts": [self.post(post) for post in change.giving],
        }

    def updated(self, change: MemberChange) -> dict[str, Any]:
        """Return a changed person's line."""
        return {"name": change.parsed.name, "changes": [self.change(each) for each in change.changes]}
