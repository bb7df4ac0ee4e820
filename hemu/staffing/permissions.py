"""What one may be allowed to do with staff. Nobody changes their own posts, whatever they hold."""

from hemu.access.actors import Actor

PERMISSIONS = {
    "staff.view": "see who works here, in which post",
    "staff.change": "take people in, give and end posts, let people go, give codes for the first entry",
}


def _sees_faces(actor: Actor, subject: str) -> bool:
    return actor.may("staff.view") or subject == actor.key


FILES_SEEN_BY = {"staff": _sees_faces}
