"""What one may be allowed to do with papers to the owners' committee and with what it asks."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.correspondence.models import Inquiry, Letter

PERMISSIONS = {
    "correspondence.view": "read the papers to the owners' committee and what it asks",
    "correspondence.step": "write to the committee, deliver and receipt, enter and answer what it asks",
}
_NOTHING = "0" * 32


def _sees_paper_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    found = Letter.objects.filter(actor.within("correspondence.view"), document=_id(subject))
    return found.exists()


def _sees_inquiry_files(actor: Actor, subject: str) -> bool:
    return Inquiry.objects.filter(actor.within("correspondence.view"), id=_id(subject)).exists()


def _id(subject: str) -> UUID:
    return UUID(subject.partition(":")[2] or _NOTHING)


FILES_SEEN_BY = {"committee_paper": _sees_paper_files, "committee_inquiry": _sees_inquiry_files}
