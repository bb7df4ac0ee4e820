"""What one may be allowed to do with the file."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.filing.models import Disposal
from hemu.filing.queries import NOTHING, filed_of, visible_to, without_kept

PERMISSIONS = {
    "archive.view": "see the file of one's offices",
    "archive.keep": "file what came on paper, hold items, report them to the company",
    "archive.dispose": "propose and decide what is destroyed, lift holds",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    return visible_to(actor).filter(id=UUID(subject.partition(":")[2] or NOTHING)).exists()


def _sees_record(actor: Actor, subject: str) -> bool:
    held = actor.offices_with("archive.view")
    rows = Disposal.objects.all() if held is None else Disposal.objects.filter(office__in=held)
    return without_kept(actor, rows).filter(id=UUID(subject.partition(":")[2] or NOTHING)).exists()


FILES_SEEN_BY = {"archive": _sees_files, "disposal": _sees_record}
KEPT_WITH = {"archive": filed_of}
