"""What one may be allowed to do with issues found and property kept. Who may take which step is the step tables'."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.stewardship.queries import visible_to

PERMISSIONS = {
    "matter.view": "see the issues found and the owners' property kept",
    "matter.step": "enter them and take the steps that the step tables allow one's roles",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    return visible_to(actor).filter(id=UUID(subject.partition(":")[2])).exists()


FILES_SEEN_BY = {"issue": _sees_files, "owner_property": _sees_files}
