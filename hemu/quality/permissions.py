"""What one may be allowed to do with corrective actions. Who may take which step is the step table's."""

from hemu.access.actors import Actor
from hemu.quality.queries import opened_after, visible_to

PERMISSIONS = {
    "action.view": "see the corrective actions of the communities in scope",
    "action.step": "open corrective actions and take the steps that the step table allows one's roles",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    return visible_to(actor).filter(number=subject.partition(":")[2]).exists()


FILES_SEEN_BY = {"corrective_action": _sees_files}
KEPT_WITH = {"corrective_action": opened_after}
