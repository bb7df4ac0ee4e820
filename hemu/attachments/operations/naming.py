"""Naming files in an act: the drafts become part of the thing that the act is about."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from hemu.attachments.models import KeptFile
from hemu.attachments.rules import MOST_OF_AN_OWNER, at_most
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append


class Named(TypedDict):
    """A file as the facts of an entry name it."""

    id: str
    digest: str
    use: str


@operation
def name_files(
    *, files: Sequence[str], by: str, subject: str, community: Community | None, now: datetime
) -> list[Named] | None:
    """Make drafts part of a subject and return the fact `files` of its entry; None where there are none.

    Args:
        files: ids of drafts, in the order in which they are to be shown.
        by: who acts: a draft is named by its own uploader only.

    Raises:
        RuleViolation: ``file.not_found`` (unknown, swept, named already or somebody else's), ``file.too_many``,
            ``file.too_many_here`` (an owner's files of one subject have a bound).
    """
    if not files:
        return None
    ids = list(dict.fromkeys(_id(each) for each in at_most(files)))
    drafts = KeptFile.objects.select_for_update().filter(id__in=ids, uploaded_by=by, subject="")
    found = {row.id: row for row in drafts}
    if len(found) != len(ids):
        raise RuleViolation("file.not_found")
    _owners_have_a_bound(by, subject, len(ids))
    drafts.update(subject=subject, community=community, named_at=now)
    return [{"id": str(each), "digest": found[each].digest, "use": found[each].use} for each in ids]


@operation
def append_with_files(
    *,
    community: Community,
    subject: str,
    kind: str,
    act: Act,
    clause: str = "",
    facts: Mapping[str, Any],
    words: Mapping[str, Any] | None = None,
    files: Sequence[str] = (),
) -> Entry:
    """Append an entry to a community's book with the drafts of who acts as its fact `files`, where there are any.

    Raises:
        RuleViolation: those of ``name_files`` and of ``ledger.operations.append``.
    """
    named = name_files(files=files, by=act.actor, subject=subject, community=community, now=act.recorded_at)
    return append(
        book=community.book_id,
        kind=kind,
        subject=subject,
        act=act,
        clause=clause,
        facts={**facts, **({"files": named} if named else {})},
        words=words,
    )


@operation
def name_new(*, file: KeptFile, subject: str, community: Community | None, now: datetime) -> Named:
    """Save the row of a file that was laid down for this act and return it as the fact `files` names it."""
    file.subject, file.community, file.named_at = subject, community, now
    file.save(force_insert=True)
    return {"id": str(file.id), "digest": file.digest, "use": file.use}


def _owners_have_a_bound(by: str, subject: str, more: int) -> None:
    if not by.startswith("owner:"):
        return
    named = KeptFile.objects.filter(subject=subject, uploaded_by=by)[:MOST_OF_AN_OWNER].count()
    if named + more > MOST_OF_AN_OWNER:
        raise RuleViolation("file.too_many_here", limit=MOST_OF_AN_OWNER)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise RuleViolation("file.not_found") from error
