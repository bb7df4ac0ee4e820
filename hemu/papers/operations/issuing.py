"""Issuing an approved paper: set for good, marked or paired with the scan of its sealed sheet, signed, registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.models import KeptFile
from hemu.attachments.operations import lay_down, name_files, name_new, remove_bytes
from hemu.attachments.queries import drafts_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.papers.models import Document, SealUse, Version
from hemu.papers.operations.drafting import check_step, locked, write
from hemu.papers.queries import decisions_of, document_for, version_of
from hemu.papers.queries_sheets import company_name, foot_of, mark_of, official_of
from hemu.papers.rules_documents import MARK, MOST_SCANS, SCAN, State, copies_of, mode_of
from hemu.papers.typesetting import typeset_official


@dataclass(frozen=True)
class Finished:
    """A paper as it leaves the house, before it is registered."""

    version: Version
    pdf: bytes
    signer: str


def issue_paper(
    *, document: UUID, by: Actor, act: Act, mode: str, copies: int = 1, scans: Sequence[UUID] = ()
) -> SealUse:
    """Issue an approved paper under the seal (NT-02): the one use of it that the register knows for this paper.

    Setting and signing come before the transaction, which keeps nobody waiting; a paper that was changed meanwhile
    is refused.

    Args:
        mode: ``scan``: the sheet was sealed by hand and its scan is kept with the file; ``mark``: the product's own
            mark is printed, with the words that it is no seal.
        copies: how many sheets are sealed or printed, 1 to 999.
        scans: of the sealed sheets, drafts of this person's, 10 at most; pictures are set behind the paper, page by
            page, before it is signed.

    Raises:
        RuleViolation: ``document.not_found``, ``seal.not_approved``, ``document.not_yours``, ``seal.unknown_mode``,
            ``seal.copies`` (most), ``seal.no_scan``, ``seal.too_many_scans`` (most), ``seal.scan_with_mark``, ``document.changed``,
            ``signature.no_key``, and those of ``lay_down``.
    """
    found = document_for(by, document, "paper.seal")
    _check_approved(found, by)
    mode_of(mode), copies_of(copies)
    sealed = _scans_of(mode, scans, by)
    finished = finish(found, mode=mode, scans=sealed, at=act.recorded_at)
    kept = lay_down(data=finished.pdf, use="paper", by=by.key, now=act.recorded_at)
    try:
        return _register(found.id, by, act, mode, copies, finished, kept, sealed)
    except (
        RuleViolation
    ):  # surely not registered; after anything else `hemu files verify` finds what is left over
        remove_bytes(kept.names)
        raise


def finish(document: Document, *, mode: str, at: datetime, scans: Sequence[KeptFile] = ()) -> Finished:
    """Return an approved paper set, marked and signed; nothing is written."""
    version = version_of(document)
    company = company_name()
    mark = mark_of(document, version, decisions_of(version)) if mode == MARK else None
    official = official_of(document, version, mark=mark, scans=scans, in_force=True, company=company)
    pdf = typeset_official(official, at=at, foot=foot_of(document, version, in_force=True))
    from hemu.papers import signing  # a third of a second to load, which no other command need wait for

    signer = signing.fingerprint_of(signing.signer_of(signing.key_file(at=at, company=company)))
    return Finished(version, signing.sign_pdf(pdf, at=at, company=company), signer)


def _check_approved(document: Document, by: Actor) -> None:
    if document.state != State.APPROVED:
        raise RuleViolation("seal.not_approved")
    check_step(document, "issue", by)


def _scans_of(mode: str, scans: Sequence[UUID], by: Actor) -> list[KeptFile]:
    if mode == MARK:
        if scans:
            raise RuleViolation("seal.scan_with_mark")
        return []
    if len(scans) > MOST_SCANS:
        raise RuleViolation("seal.too_many_scans", most=MOST_SCANS)
    found = {each.id: each for each in drafts_of(by.key, map(str, scans))}
    if not scans or any(each not in found for each in scans):
        raise RuleViolation("seal.no_scan")
    return [found[each] for each in dict.fromkeys(scans)]


@operation
def _register(
    document: UUID,
    by: Actor,
    act: Act,
    mode: str,
    copies: int,
    finished: Finished,
    kept: KeptFile,
    scans: Sequence[KeptFile],
) -> SealUse:
    found = locked(by, document, "paper.seal")
    _check_approved(found, by)
    if found.version != finished.version.number:
        raise RuleViolation("document.changed")
    about: dict[str, Any] = {
        "subject": found.subject,
        "community": found.community,
        "now": act.recorded_at,
    }
    named = [
        name_new(file=kept, **about),
        *(name_files(files=[str(each.id) for each in scans], by=by.key, **about) or []),
    ]
    found.state, found.changed_at = State.ISSUED, act.recorded_at
    found.save(update_fields=["state", "changed_at"])
    use = SealUse.objects.create(
        document=found,
        version=finished.version,
        office=found.office,
        mode=mode,
        copies=copies,
        by_id=by.staff_id,
        at=act.at,
        file=kept,
        file_digest=kept.digest,
        scan_digest=" ".join(each.digest for each in scans),
        signer=finished.signer,
    )
    facts = {
        "paper_number": found.number,
        "seal_mode": mode,
        "file_digest": kept.digest,
        "copies": copies,
        "files": named,
    }
    proof = Proof.DEVICE if mode == SCAN else act.proof
    write(
        found, finished.version, "paper.issued", Act(act.actor, act.at, act.recorded_at, proof), facts=facts
    )
    return use
