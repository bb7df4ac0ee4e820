"""What one may be allowed to do with service requests. Who may take which step is the step table's."""

from hemu.access.actors import Actor
from hemu.service_requests.queries import hidden_subjects, visible_to

PERMISSIONS = {
    "request.view": "see the requests of the communities in scope",
    "request.register": "register a request",
    "request.step": "take the steps that the step table allows one's roles",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    return visible_to(actor).filter(number=subject.partition(":")[2]).exists()


FILES_SEEN_BY = {"request": _sees_files}
KEPT_FROM = {"request": hidden_subjects}
