"""What every act about a meeting shares: the meeting locked, its step asked for, the entry appended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import append_with_files
from hemu.attachments.queries import drafts_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.meetings.models import Meeting
from hemu.meetings.rules import STEPS

SHEETS = frozenset({"photo", "paper", "signature"})
"""What a file must be for, to show what was signed or written on paper."""


def locked(
    meeting: UUID, by: Actor, step: str, *, permission: str = "meeting.keep", version: int | None = None
) -> Meeting:
    """Return a meeting of one's communities, locked, in which this step may be taken now by this person.

    Args:
        version: what the page showed; None where the caller has shown none.

    Raises:
        RuleViolation: ``meeting.not_found``, ``meeting.stale``, ``step.not_allowed``, ``access.denied``.
    """
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("community__office")
    found = rows.filter(by.within(permission), id=meeting).first()
    if found is None:
        raise RuleViolation("meeting.not_found")
    if version not in (None, found.version):
        raise RuleViolation("meeting.stale", version=found.version)
    if not STEPS.find(step, found.state).roles & by.roles_at(found.community.office_id):
        raise RuleViolation("access.denied", permission=permission)
    return found


def saved(meeting: Meeting, *fields: str) -> None:
    """Save what an act changed; pages that showed the state before are stale."""
    meeting.version += 1
    meeting.save(update_fields=[*fields, "version"])


def shown(act: Act, files: Sequence[str], refusal: str) -> Act:
    """Return an act that rests on a signed or written sheet, or on a signature on the glass.

    Raises:
        RuleViolation: ``refusal``: there is none among the drafts.
    """
    if not files or not {each.use for each in drafts_of(act.actor, files)} & SHEETS:
        raise RuleViolation(refusal)
    return replace(act, proof=Proof.DEVICE)


def write(
    community: Community,
    subject: str,
    kind: str,
    act: Act,
    facts: Mapping[str, Any],
    *,
    clause: str,
    words: str = "",
    files: Sequence[str] = (),
) -> Entry:
    """Append an act about a meeting, a topic or what came of it to the community's book."""
    return append_with_files(
        community=community,
        kind=kind,
        subject=subject,
        act=act,
        clause=clause,
        facts=facts,
        words={"text": words},
        files=files,
    )
