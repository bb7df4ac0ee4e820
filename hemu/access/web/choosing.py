"""Which of one's communities a form or a page is about."""

from django.http import Http404

from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community


def community_asked(staff: StaffRequest, permission: str, asked: str) -> Community:
    """Return the community of an id among those where this person holds a permission, else the first of them by name.

    Nothing is found (404) where the permission is held nowhere.
    """
    found = staff.actor.places(permission)
    community = next((each for each in found if str(each.id) == asked), found[0] if found else None)
    if community is None:
        raise Http404
    return community
