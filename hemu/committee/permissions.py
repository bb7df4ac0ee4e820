"""What one may be allowed to do with the owners' committee. Papers, meetings and books have rooms of their own."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.committee.models import Member

PERMISSIONS = {
    "committee.view": "see who sits on the owners' committee and what is owed to it",
    "committee.keep": "enter members, terms, helpers and the liaison",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    found = Member.objects.filter(
        actor.within("committee.view"), id=UUID(subject.partition(":")[2] or _NOTHING)
    )
    return found.exists()


_NOTHING = "0" * 32


FILES_SEEN_BY = {"committee_member": _sees_files}
