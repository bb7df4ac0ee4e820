"""What one may be allowed to do with planned works and notices. Who may take which step is the step table's."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.notices.queries_notices import notices_of
from hemu.notices.queries_works import works_for

PERMISSIONS = {
    "work.view": "see the planned works and what owners were told of them",
    "work.step": "plan works and take the steps that the step table allows one's roles",
    "notice.view": "see the notices, where they hang and who has read them",
    "notice.post": "draft notices, post them and take them down",
}


def _sees_files(actor: Actor, subject: str) -> bool:
    """Say whether one sees what a file belongs to; "" is nothing, asked all the same."""
    return works_for(actor).filter(id=UUID(subject.partition(":")[2] or _NOTHING)).exists()


_NOTHING = "0" * 32


def _sees_notice_files(actor: Actor, subject: str) -> bool:
    return notices_of(actor).filter(subject=subject).exists()


FILES_SEEN_BY = {"operation": _sees_files, "notice": _sees_notice_files}
