"""What one may be allowed to do with staff. Nobody changes their own posts, whatever they hold."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.staffing.queries import staff_ever_seen_by

PERMISSIONS = {
    "staff.view": "see who works here, in which post",
    "staff.change": "take people in, give and end posts, let people go, give codes for the first entry",
}


def _sees_faces(actor: Actor, subject: str) -> bool:
    key = subject.partition(":")[2]
    if subject == actor.key or not actor.may("staff.view"):
        return subject == actor.key
    return staff_ever_seen_by(actor).filter(id=UUID(key) if key else UUID(int=0)).exists()


FILES_SEEN_BY = {"staff": _sees_faces}
