"""Laying the month's books and vouchers open, letting owners in on request, keeping who looked (OC-05)."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import name_files
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.statements.models import AuditAsk, AuditBooks, Look, Voucher
from hemu.statements.queries import CLAUSE_AUDIT
from hemu.statements.queries_audit import ask_for, owns_there
from hemu.statements.rules import CATEGORIES, check_money, check_month, check_words, month_before
from hemu.statements.rules_audit import MOST_VOUCHERS, Window, check_kind, check_title, window_at


@operation
def add_voucher(
    *,
    community: Community,
    month: str,
    kind: str,
    title: str,
    by: Actor,
    act: Act,
    files: Sequence[str],
    amount: int | None = None,
    line: str = "",
) -> Voucher:
    """Put a book or a voucher to what lies open in the window of a month, before it or while it is open.

    Args:
        month: of the window; the books are those of the month before.
        line: which line of that month's statement it belongs to (``expense:电费``), where it does.

    Raises:
        RuleViolation: ``access.denied``, ``statement.bad_month``, ``audit.over``, ``audit.unknown_kind``,
            ``audit.no_title``, ``audit.title_too_long``, ``audit.no_file``, ``audit.too_many`` (limit),
            ``statement.too_much``, ``file.not_found``.
    """
    by.require("audit.keep", community.office_id)
    books = _books(community, month, act)
    if not files:
        raise RuleViolation("audit.no_file")
    if books.vouchers.count() >= MOST_VOUCHERS:
        raise RuleViolation("audit.too_many", limit=MOST_VOUCHERS)
    category, _colon, item = line.partition(":")
    act = replace(act, proof=Proof.DEVICE)
    named = name_files(
        files=files, by=act.actor, subject=books.subject, community=community, now=act.recorded_at
    )
    voucher = Voucher.objects.create(
        id=new_id(act.recorded_at),
        books=books,
        kind=check_kind(kind),
        title=check_title(title),
        category=category if category in CATEGORIES else "",
        item=item[:40],
        amount=check_money(amount),
        files=list(named or ()),
        added_at=act.at,
    )
    facts = {"item": str(voucher.id), "kind": voucher.kind, "amount": amount, "files": named}
    _append(books, "committee.audit_books.added", act, facts, {"title": voucher.title, "line": line})
    return voucher


@operation
def lay_open(*, community: Community, month: str, by: Actor, act: Act) -> Entry:
    """Lay open what has been put together: the act that keeps OC-05. The window itself opens by the clock.

    Raises:
        RuleViolation: ``access.denied``, ``statement.bad_month``, ``audit.over``, ``audit.nothing_to_lay_open``,
            ``audit.laid_already``.
    """
    by.require("audit.keep", community.office_id)
    books = _books(community, month, act)
    if books.laid_at:
        raise RuleViolation("audit.laid_already")
    vouchers = list(books.vouchers.order_by("id"))
    if not vouchers:
        raise RuleViolation("audit.nothing_to_lay_open")
    said = [[str(each.id), [file["digest"] for file in each.files]] for each in vouchers]
    books.laid_at, books.laid_by_id = act.at, by.staff_id
    books.save(update_fields=["laid_at", "laid_by"])
    facts = {"items": len(vouchers), "digest": hashlib.sha256(canonical_json(said)).hexdigest()}
    return _append(books, "committee.audit_books.laid_open", act, facts)


@operation
def ask_to_read(
    *, community: Community, month: str, person: UUID, act: Act, files: Sequence[str] = ()
) -> AuditAsk:
    """Keep that an owner asks to read a window's books; asked twice it is kept once.

    Args:
        person: who asks, an owner there.
        act: the owner's own, or staff's for who asks at the desk or on paper.

    Raises:
        RuleViolation: ``statement.bad_month``, ``audit.over``, ``audit.not_owner``, ``file.not_found``.
    """
    if not owns_there(person, community, now=act.recorded_at):
        raise RuleViolation("audit.not_owner")
    books = _books(community, month, act)
    had = AuditAsk.objects.filter(books=books, person=person).first()
    if had is not None:
        return had
    named = name_files(
        files=files, by=act.actor, subject=books.subject, community=community, now=act.recorded_at
    )
    ask = AuditAsk.objects.create(id=new_id(act.recorded_at), books=books, person=person, asked_at=act.at)
    _append(books, "committee.audit_access.asked", act, {"ask": str(ask.id), "files": named})
    return ask


@operation
def decide_ask(*, ask: UUID, grant: bool, reason: str, by: Actor, act: Act) -> AuditAsk:
    """Let an owner read the books, or say why not.

    Raises:
        RuleViolation: ``audit.ask_not_found``, ``audit.decided_already``, ``audit.no_reason``,
            ``statement.words_too_long``.
    """
    AuditAsk.objects.select_for_update().filter(id=ask).first()
    found = ask_for(by, ask)
    if found.granted is not None:
        raise RuleViolation("audit.decided_already")
    reason = check_words(reason)
    if not grant and not reason:
        raise RuleViolation("audit.no_reason")
    found.granted, found.decided_at, found.decided_by_id, found.reason = grant, act.at, by.staff_id, reason
    found.save(update_fields=["granted", "decided_at", "decided_by", "reason"])
    facts = {"ask": str(found.id), "granted": grant}
    _append(found.books, "committee.audit_access.decided", act, facts, {"reason": reason})
    return found


def note_look(
    *, books: AuditBooks, reader: str, role: str, what: str, now: datetime, voucher: Voucher | None = None
) -> None:
    """Keep that somebody looked: every look is a row, shown to the company and the committee."""
    Look.objects.create(books=books, reader=reader, role=role, what=what, voucher=voucher, at=now)


def _books(community: Community, month: str, act: Act) -> AuditBooks:
    """Return the row of a window, made where there is none; refused where the window is over."""
    if window_at(check_month(month), now=act.recorded_at) is Window.OVER:
        raise RuleViolation("audit.over")
    Community.objects.select_for_update(no_key=True).get(id=community.id)
    found = AuditBooks.objects.filter(community=community, month=month).first()
    if found is None:
        found = AuditBooks.objects.create(id=new_id(act.recorded_at), community=community, month=month)
    found.community = community
    return found


def _append(
    books: AuditBooks, kind: str, act: Act, facts: dict[str, Any], words: dict[str, str] | None = None
) -> Entry:
    return append(
        book=books.community.book_id,
        kind=kind,
        subject=books.subject,
        act=act,
        clause=CLAUSE_AUDIT,
        facts={"period": books.month, "books": month_before(books.month), **facts},
        words=words,
    )
