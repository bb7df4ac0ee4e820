"""What the room adds to the house: its kind of paper, and the periods that are owed whatever happens."""

from hemu.estate.models import Community
from hemu.papers.rules_documents import PaperKind
from hemu.statements.models import audit_subject, publication_subject, statement_subject
from hemu.statements.operations import PAPER_KIND

PAPER_KINDS = (PaperKind(PAPER_KIND, "财", file_class="committee", clause="OC-04"),)


def _statement(community: Community, period: str) -> str:
    return statement_subject(community.id, period)


def _audit(community: Community, period: str) -> str:
    return audit_subject(community.id, period)


def _publication(community: Community, period: str) -> str:
    return publication_subject(community.id, period)


PERIODS = {"OC-04": _statement, "OC-05": _audit, "OC-06": _publication}
