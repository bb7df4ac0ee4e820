"""What every staff page about the owners' committee shows: the community, and the pages beside it."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community

PAGES = [
    ("committee_owed", _("应办"), "committee.view"),
    ("committee_papers", _("申报与通报"), "correspondence.view"),
    ("committee_inquiries", _("质询与建议"), "correspondence.view"),
    ("meetings", _("会议"), "meeting.view"),
    ("statements", _("财务报表"), "statement.view"),
    ("audits", _("查账"), "statement.view"),
    ("publications", _("社区刊物"), "statement.view"),
    ("committee", _("委员"), "committee.view"),
]
"""The pages as tabs: the name of the address, the word, the permission. The rooms above stand here too, by name."""


def frame(request: StaffRequest, community: Community, here: str) -> dict[str, Any]:
    """Return the community, those one may change to, and the tabs; two statements at most."""
    known = request.actor.communities("committee.view").order_by("name").values_list("id", "name")
    asked = urlencode({"community": str(community.id)})
    return {
        "community": community,
        "communities": [(str(each), name) for each, name in known],
        "tabs": [
            {"label": word, "url": f"{reverse(name)}?{asked}", "current": name == here}
            for name, word, permission in PAGES
            if request.actor.may(permission)
        ],
    }
