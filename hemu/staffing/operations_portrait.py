"""The picture by which owners know who comes: one for each member of staff, erasable; the old one goes with the new."""

from hemu.attachments.models import KeptFile
from hemu.attachments.operations import erase_file, name_files
from hemu.estate.models import Staff
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.staffing.operations import book_of_staff


@operation
def set_portrait(*, staff: Staff, file: str, act: Act) -> None:
    """Make a draft the picture of a member of staff.

    Args:
        file: the id of a draft of who acts, a picture.

    Raises:
        RuleViolation: ``file.not_found``.
    """
    before = _pictures(staff)
    named = name_files(files=[file], by=act.actor, subject=staff.key, community=None, now=act.recorded_at)
    append(
        book=book_of_staff(staff, act.recorded_at),
        kind="staff.pictured",
        subject=staff.key,
        act=act,
        facts={"files": named},
    )
    _erase(before)


@operation
def remove_portrait(*, staff: Staff, act: Act) -> bool:
    """Erase the picture of a member of staff; return whether there was one."""
    before = _pictures(staff)
    if before:
        book = book_of_staff(staff, act.recorded_at)
        append(book=book, kind="staff.unpictured", subject=staff.key, act=act)
        _erase(before)
    return bool(before)


def _pictures(staff: Staff) -> list[KeptFile]:
    return list(KeptFile.objects.filter(subject=staff.key))


def _erase(rows: list[KeptFile]) -> None:
    for row in rows:
        erase_file(file=row.id)
