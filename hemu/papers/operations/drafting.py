"""Drafting a paper, changing its words, handing it in, making it void. Rooms above use these for theirs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.queries import may_see
from hemu.estate.models import Community, Office
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import plain_number
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.papers.models import Decision, Document, Version
from hemu.papers.queries import chain_for, hidden_from, kinds
from hemu.papers.rules_documents import STEPS, State, content_of, digest_of, kind_named, reason_of


@operation
def draft_paper(
    *,
    kind: str,
    office: Office,
    by: Actor,
    act: Act,
    content: Mapping[str, Any],
    community: Community | None = None,
    case_number: str = "",
    replaces: Document | None = None,
    permission: str = "paper.draft",
) -> Document:
    """Begin a paper (NT-01).

    Args:
        kind: one of ``queries.kinds``.
        content: the arguments of ``rules_documents.content_of``.
        community: of the office, whose book the paper is written in; without one it is the office's own.
        case_number: of a slip of a case, which then bears it in place of a number of a series; a correction is of the
            case of what it corrects.
        replaces: the issued paper of which this is the corrected issue.
        permission: under which it is drafted, where it follows from an act that a room above allows.

    Raises:
        RuleViolation: ``access.denied``, ``document.unknown_kind``, ``document.other_office``,
            ``document.no_case`` (number; the same for a case that this person does not see),
            ``document.not_issued`` (it replaces one that was not), and those of ``content_of``.
    """
    by.require(permission, office.id)
    kind_named(kind, kinds())
    if community is not None and community.office_id != office.id:
        raise RuleViolation("document.other_office")
    if replaces is not None and (replaces.state != State.ISSUED or replaces.office_id != office.id):
        raise RuleViolation("document.not_issued")
    said = content_of(**content)
    document = Document(
        id=new_id(act.recorded_at),
        kind=kind,
        office=office,
        community=community,
        title=said["title"],
        state=STEPS.start,
        case_number=replaces.case_number if replaces else _case(case_number, by),
        replaces=replaces,
        drafted_by_id=by.staff_id,
        drafted_at=act.at,
        changed_at=act.recorded_at,
    )
    document.save(force_insert=True)
    version = _version(document, said, by, act)
    write(document, version, "paper.drafted", act, words={"title": document.title})
    return document


@operation
def revise_paper(*, document: UUID, by: Actor, act: Act, content: Mapping[str, Any], version: int) -> Version:
    """Change a paper's words: a new version, with a round of approval of its own; nobody's decision goes over to it.

    Args:
        version: what the page showed.

    Raises:
        RuleViolation: ``document.not_found``, ``document.stale``, ``step.not_allowed``, ``document.not_yours``, and
            those of ``content_of``.
    """
    found = locked(by, document, "paper.draft")
    if version != found.version:
        raise RuleViolation("document.stale")
    check_step(found, "revise", by)
    said = content_of(**content)
    found.state, found.version, found.title = State.DRAFT, found.version + 1, said["title"]
    found.approved_on, found.changed_at = None, act.recorded_at
    found.save(update_fields=["state", "version", "title", "approved_on", "changed_at"])
    made = _version(found, said, by, act)
    write(found, made, "paper.revised", act, words={"title": found.title})
    return made


@operation
def submit_paper(*, document: UUID, by: Actor, act: Act) -> Document:
    """Hand a paper in: the chain in force on this day asks whom it names, turn by turn.

    Raises:
        RuleViolation: ``document.not_found``, ``step.not_allowed``, ``document.not_yours``.
    """
    found = locked(by, document, "paper.draft")
    check_step(found, "submit", by)
    version = found.versions.get(number=found.version)
    chain = chain_for(found.office, kinds()[found.kind], on=office_day(act.recorded_at))
    Decision.objects.bulk_create(
        Decision(version=version, turn=turn, position=position, act=each.act, role=each.role)
        for turn, deciders in enumerate(chain, start=1)
        for position, each in enumerate(deciders, start=1)
    )
    found.state, found.changed_at = State.SUBMITTED, act.recorded_at
    found.save(update_fields=["state", "changed_at"])
    write(found, version, "paper.submitted", act)
    return found


@operation
def void_paper(*, document: UUID, by: Actor, act: Act, reason: str) -> Document:
    """Make a paper void; the number that it has is used up and keeps the reason.

    Raises:
        RuleViolation: ``document.not_found``, ``step.not_allowed``, ``document.not_yours``, ``document.no_reason``,
            ``document.too_long``.
    """
    found = locked(by, document, "paper.void")
    check_step(found, "void", by)
    found.state, found.void_reason, found.changed_at = State.VOID, reason_of(reason), act.recorded_at
    found.save(update_fields=["state", "void_reason", "changed_at"])
    version = found.versions.get(number=found.version)
    write(
        found,
        version,
        "paper.voided",
        act,
        facts={"paper_number": found.number or None},
        words={"reason": found.void_reason},
    )
    return found


def locked(by: Actor, document: UUID, permission: str) -> Document:
    """Return a paper of an office at which this person has a permission, locked until the transaction ends.

    Raises:
        RuleViolation: ``document.not_found``.
    """
    rows = Document.objects.select_for_update(of=("self",)).select_related("office", "community")
    rows = rows.exclude(id__in=hidden_from(by))
    held = by.offices_with(permission)
    if held is not None:
        rows = rows.filter(office__in=held)
    found = rows.filter(id=document).first()
    if found is None:
        raise RuleViolation("document.not_found")
    return found


def check_step(document: Document, name: str, by: Actor) -> None:
    """Refuse a step that the table does not have in this state, or not for this person's roles.

    Raises:
        RuleViolation: ``step.unknown``, ``step.not_allowed``, ``document.not_yours``.
    """
    if not STEPS.find(name, document.state).roles & by.roles_at(document.office_id):
        raise RuleViolation("document.not_yours")


def write(
    document: Document,
    version: Version,
    kind: str,
    act: Act,
    *,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> Entry:
    """Append an act of a paper to its book."""
    said = {"paper_kind": document.kind, "paper_version": version.number, "paper_digest": version.digest}
    return append(
        book=document.book_id,
        kind=kind,
        subject=document.subject,
        act=act,
        clause=kinds()[document.kind].clause,
        facts={**said, **(facts or {})},
        words=words,
    )


def _case(typed: str, by: Actor) -> str:
    """Return the number of a case as it is kept, "" for none."""
    if not typed.strip():
        return ""
    number = plain_number(typed)
    if not may_see(by, f"request:{number}"):
        raise RuleViolation("document.no_case", number=typed[:40])
    return number


def _version(document: Document, said: Mapping[str, Any], by: Actor, act: Act) -> Version:
    digest = digest_of(said, kind=document.kind, version=document.version)
    return Version.objects.create(
        document=document,
        number=document.version,
        content=dict(said),
        digest=digest,
        made_by_id=by.staff_id,
        made_at=act.recorded_at,
    )
