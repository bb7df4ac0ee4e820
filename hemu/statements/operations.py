"""Making up a month's statement, handing it in, sending it to the committee as a numbered paper, publishing it (OC-04)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import name_files
from hemu.committee.queries import Seat, members_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.papers.models import Document
from hemu.papers.operations import decide, draft_paper, issue_paper, revise_paper, submit_paper
from hemu.papers.queries import version_of
from hemu.papers.rules_documents import KEEPERS_OF_THE_SEAL, MARK, State
from hemu.statements.models import Receipt, Statement, StatementLine
from hemu.statements.queries import CLAUSE, Checked, checked, figures_of, is_open, statement_for
from hemu.statements.queries_paper import paper_content
from hemu.statements.queries_sheet import read_file
from hemu.statements.rules import (
    Figures,
    check_how,
    check_lines,
    check_money,
    check_over,
    check_words,
)

PAPER_KIND = "statement"


@operation
def keep_statement(
    *,
    community: Community,
    figures: Figures,
    by: Actor,
    act: Act,
    source: str = "",
    remarks: Sequence[Mapping[str, Any]] = (),
    stamp: int | None = None,
) -> Statement:
    """Keep what a month's statement says: as its draft, or as the draft of a correction where one was sent already.

    Args:
        source: SHA-256 of the spreadsheet that it was read from; ``remarks``: what was seen in it (code, row, params).
        stamp: what the page showed of the draft; None where it showed none.

    Raises:
        RuleViolation: ``access.denied``, ``statement.bad_month``, ``statement.not_begun``, ``statement.handed_in``,
            ``statement.stale``, and those of ``rules.check_lines``.
    """
    by.require("statement.keep", community.office_id)
    check_over(figures.month, today=office_day(act.recorded_at))
    figures = _bounded(figures)
    Community.objects.select_for_update(no_key=True).get(id=community.id)
    last = Statement.objects.filter(community=community, month=figures.month).order_by("-version").first()
    if last is None or last.delivered_at:
        row = Statement(
            id=new_id(act.recorded_at),
            community=community,
            month=figures.month,
            version=last.version + 1 if last else 1,
            replaces=last,
        )
    else:
        row = last
        if not is_open(row):
            raise RuleViolation("statement.handed_in")
        if stamp is not None and stamp != row.stamp:
            raise RuleViolation("statement.stale")
        row.stamp += 1
    found = checked(figures, community.id)
    row.source, row.remarks = source or row.source, list(remarks)
    _fill(row, found.figures, by, act)
    _append(row, "drafted", act, found, {"source": row.source or None})
    return row


def _bounded(figures: Figures) -> Figures:
    for amount in (figures.opening, figures.closing, figures.stated_income, figures.stated_expense):
        check_money(amount)
    said = {key[:60]: check_words(words) for key, words in figures.explanations.items() if words.strip()}
    return replace(figures, lines=check_lines(figures.lines), explanations=said)


def _fill(row: Statement, figures: Figures, by: Actor, act: Act) -> None:
    row.opening, row.closing = figures.opening, figures.closing
    row.stated_income, row.stated_expense = figures.stated_income, figures.stated_expense
    row.budget_for, row.rounding = figures.budget_for, figures.rounding
    row.explanations = figures.explanations
    row.prepared_by_id, row.prepared_at = by.staff_id, act.recorded_at
    row.save()
    row.lines.all().delete()
    StatementLine.objects.bulk_create(
        StatementLine(
            statement=row,
            position=position,
            category=line.category,
            item=line.item,
            month=line.month,
            budget=line.budget,
            year=line.year,
        )
        for position, line in enumerate(figures.lines, start=1)
    )


def import_statement(
    *, content: bytes, filename: str, community: Community, month: str, by: Actor, act: Act
) -> Statement:
    """Keep what an accountant's spreadsheet says of a month, as ``keep_statement``.

    Raises:
        RuleViolation: those of ``queries_sheet.read_file`` and ``keep_statement``.
    """
    read = read_file(content, filename, month=month)
    return keep_statement(
        community=community, figures=read.figures, by=by, act=act, source=read.digest, remarks=read.remarks
    )


@operation
def explain(*, statement: UUID, words: Mapping[str, str], by: Actor, act: Act) -> Statement:
    """Write why something is odd; empty words take an explanation away.

    Args:
        words: of a line (``expense:电费``) or of a problem of the whole (its code).

    Raises:
        RuleViolation: ``statement.not_found``, ``statement.handed_in``, ``statement.words_too_long``.
    """
    found = _locked(statement, by, "statement.keep")
    figures = figures_of(found)
    said = {**figures.explanations, **words}
    changed = replace(figures, explanations=said)
    return keep_statement(community=found.community, figures=changed, by=by, act=act, remarks=found.remarks)


@operation
def hand_in(*, statement: UUID, by: Actor, act: Act) -> Statement:
    """Hand a statement in as a paper: whoever approves such papers decides over exactly these figures.

    Raises:
        RuleViolation: ``statement.not_found``, ``statement.handed_in``, ``statement.has_errors`` (count), and those
            of ``draft_paper`` and ``submit_paper``.
    """
    found = _locked(statement, by, "statement.keep")
    if not is_open(found):
        raise RuleViolation("statement.handed_in")
    looked = checked(figures_of(found), found.community_id)
    if looked.errors:
        raise RuleViolation("statement.has_errors", count=len(looked.errors))
    content = paper_content(found, looked)
    paper = _paper(found, content, by, act)
    submit_paper(document=paper.id, by=by, act=act)
    paper.refresh_from_db()
    found.document, found.paper_digest = paper, version_of(paper).digest
    found.save(update_fields=["document", "paper_digest"])
    _append(found, "handed_in", act, looked, {"paper": str(paper.id)})
    return found


def _paper(found: Statement, content: Mapping[str, Any], by: Actor, act: Act) -> Document:
    community = found.community
    if found.document is None or found.document.state == State.VOID:
        old = found.replaces.document if found.replaces else None
        return draft_paper(
            kind=PAPER_KIND,
            office=community.office,
            community=community,
            by=by,
            act=act,
            content=content,
            replaces=old,
        )
    paper = found.document
    revise_paper(document=paper.id, by=by, act=act, content=content, version=paper.version)
    return paper


def send_statement(
    *,
    statement: UUID,
    by: Actor,
    act: Act,
    how: str = "page",
    members: Sequence[UUID] = (),
    files: Sequence[str] = (),
    typed: str = "",
) -> Statement:
    """Do what is left until the committee has a statement: approve its paper, issue it, deliver it.

    Each of the three is done once; where an approval is another's the paper waits for it, and this goes on from there.

    Args:
        how: ``page``: it lies on the members' pages; ``hand``, ``post``: with the scan of what they signed.
        members: who signed, of the roster; for the page nobody.
        typed: the code of the authenticator, where one guards the account.

    Raises:
        RuleViolation: ``statement.not_found``, ``statement.not_handed_in``, ``statement.unknown_how``,
            ``statement.nobody_in_office``, ``statement.needs_scan``, ``statement.unknown_member``,
            ``statement.paper_changed``, ``statement.delivered_already``, and those of ``decide`` and ``issue_paper``.
    """
    found = statement_for(by, statement, "statement.send")
    check_how(how)
    _check_delivery(found, how, members, files, act)
    paper = found.document
    if paper is None or paper.state in (State.DRAFT, State.REFUSED, State.VOID):
        raise RuleViolation("statement.not_handed_in")
    if paper.state == State.SUBMITTED:
        paper = decide(document=paper.id, by=by, act=act, digest=found.paper_digest, agree=True, typed=typed)
    if paper.state == State.APPROVED and KEEPERS_OF_THE_SEAL & by.roles_at(paper.office_id):
        issue_paper(document=paper.id, by=by, act=act, mode=MARK)
        paper.refresh_from_db()
    if paper.state != State.ISSUED:
        return found
    return deliver_statement(statement=found.id, by=by, act=act, how=how, members=members, files=files)


def _check_delivery(
    found: Statement, how: str, members: Sequence[UUID], files: Sequence[str], act: Act
) -> None:
    """Refuse before anything is approved what could not be delivered."""
    sitting = {each.id for each in members_of(found.community, on=office_day(act.at))}
    if not sitting:
        raise RuleViolation("statement.nobody_in_office")
    if how != "page" and not files:
        raise RuleViolation("statement.needs_scan")
    if (how != "page" and not members) or not set(members) <= sitting:
        raise RuleViolation("statement.unknown_member")


@operation
def deliver_statement(
    *, statement: UUID, by: Actor, act: Act, how: str, members: Sequence[UUID] = (), files: Sequence[str] = ()
) -> Statement:
    """Deliver an issued statement: what fulfils OC-04. Refusals: those of ``send_statement``."""
    found = _locked(statement, by, "statement.send")
    paper = found.document
    if found.delivered_at:
        raise RuleViolation("statement.delivered_already")
    if paper is None or paper.state != State.ISSUED:
        raise RuleViolation("statement.not_handed_in")
    version = version_of(paper)
    if version.digest != found.paper_digest:
        raise RuleViolation("statement.paper_changed")
    _check_delivery(found, how, members, files, act)
    act = replace(act, proof=Proof.DEVICE)
    named = name_files(
        files=files, by=act.actor, subject=found.subject, community=found.community, now=act.recorded_at
    )
    found.delivered_at, found.how = act.at, how
    found.save(update_fields=["delivered_at", "how"])
    facts = {
        "paper": str(paper.id),
        "paper_number": paper.number,
        "file_digest": paper.seal_use.file_digest,
        "how": how,
        "corrects": str(found.replaces_id) if found.replaces_id else None,
        "files": named,
    }
    _append(found, "delivered", act, checked(figures_of(found), found.community_id), facts)
    _receive(found, members, how, act)
    return found


def _receive(found: Statement, members: Sequence[UUID], how: str, act: Act) -> None:
    people = {each.id: each.person_id for each in members_of(found.community, on=office_day(act.at))}
    Receipt.objects.bulk_create(
        [Receipt(statement=found, member=each, person=people[each], how=how, at=act.at) for each in members],
        ignore_conflicts=True,
    )


@operation
def open_statement(*, statement: Statement, seat: Seat, act: Act) -> Receipt:
    """Keep that a member, or a helper in the member's place, opened a statement on the page: the first time counts."""
    said = {"person": seat.person, "helper": seat.helper is not None, "how": "page", "at": act.at}
    made, is_new = Receipt.objects.get_or_create(statement=statement, member=seat.member, defaults=said)
    if is_new:
        _append(statement, "receipted", act, None, {"how": "page", "helper": made.helper})
    return made


@operation
def receipt_by_hand(
    *, statement: UUID, member: UUID, how: str, by: Actor, act: Act, files: Sequence[str]
) -> Receipt:
    """Enter that a member has the paper, with the scan of what was signed.

    Raises:
        RuleViolation: ``statement.not_found``, ``statement.not_delivered``, ``statement.unknown_how``,
            ``statement.needs_scan``, ``statement.unknown_member``, ``statement.receipted_already``, ``file.not_found``.
    """
    found = _locked(statement, by, "statement.send")
    if found.delivered_at is None:
        raise RuleViolation("statement.not_delivered")
    if check_how(how) == "page":
        raise RuleViolation("statement.unknown_how")
    _check_delivery(found, how, [member], files, act)
    if Receipt.objects.filter(statement=found, member=member).exists():
        raise RuleViolation("statement.receipted_already")
    named = name_files(
        files=files, by=act.actor, subject=found.subject, community=found.community, now=act.recorded_at
    )
    act = replace(act, proof=Proof.DEVICE)
    _append(found, "receipted", act, None, {"how": how, "helper": False, "files": named})
    _receive(found, [member], how, act)
    return Receipt.objects.get(statement=found, member=member)


@operation
def publish_statement(*, statement: UUID, by: Actor, act: Act) -> Statement:
    """Let the owners read a statement that the committee has.

    Raises:
        RuleViolation: ``statement.not_found``, ``statement.not_delivered``, ``statement.published_already``.
    """
    found = _locked(statement, by, "statement.send")
    if found.delivered_at is None:
        raise RuleViolation("statement.not_delivered")
    if found.published_at:
        raise RuleViolation("statement.published_already")
    found.published_at = act.at
    found.save(update_fields=["published_at"])
    _append(found, "published", act, None, {})
    return found


def _locked(statement: UUID, by: Actor, permission: str) -> Statement:
    Statement.objects.select_for_update(of=("self",)).filter(id=statement).first()
    return statement_for(by, statement, permission)


def _append(row: Statement, what: str, act: Act, looked: Checked | None, facts: Mapping[str, Any]) -> Entry:
    said: dict[str, Any] = {"period": row.month, "version": row.version, "statement": str(row.id), **facts}
    words: dict[str, Any] = {}
    if looked is not None:
        figures = looked.figures
        said |= {
            "income": figures.income, "expense": figures.expense, "opening": figures.opening,
            "closing": figures.closing, "warnings": len(looked.warnings), "explained": looked.explained,
        }  # fmt: skip
        words = {"lines": [[each.category, each.item, each.month, each.budget, each.year] for each in figures.lines],
                 "explanations": figures.explanations}  # fmt: skip
    return append(
        book=row.community.book_id,
        kind=f"committee.finance_statement.{what}",
        subject=row.subject,
        act=act,
        clause=CLAUSE,
        facts=said,
        words=words,
    )
