"""What one may be allowed to do with papers. Who decides over one is its chain's to say."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.papers.queries import slips_of, visible_to

PERMISSIONS = {
    "paper.view": "see the list of forms",
    "paper.read": "read the papers of one's offices and the register of the seal",
    "paper.draft": "draft papers, change them and hand them in",
    "paper.decide": "agree to papers or send them back, where their chain asks",
    "paper.seal": "issue approved papers under the seal",
    "paper.void": "make a paper void",
    "paper.arrange": "set how papers look and who approves them",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    return visible_to(actor).filter(id=UUID(subject.partition(":")[2] or "0" * 32)).exists()


FILES_SEEN_BY = {"paper": _sees_files}
KEPT_WITH = {"paper": slips_of}
