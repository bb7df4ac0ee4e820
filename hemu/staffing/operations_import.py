"""Bringing in a staff list: previewed without a write, then written in one transaction: all good rows, or none."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from hemu.access.models import Account
from hemu.estate.models import Office, Post, Staff
from hemu.estate.operations import initials_of
from hemu.estate.roster.characters import clean_cell
from hemu.estate.roster.drafts import rising_ids
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.staffing.models import Leaving, StaffImport
from hemu.staffing.operations import (
    NewPost,
    book_at,
    book_of_staff,
    department_of,
    ended,
    facts_of,
    give,
    leave,
    open_account,
    require_keeper,
    set_beats,
)
from hemu.staffing.queries import KEEPERS, propose_login, world_for
from hemu.staffing.rules import Authority, counts_of
from hemu.staffing.staff_sheet.changes import KnownPost, MemberChange, PlannedPost, StaffPlan
from hemu.staffing.staff_sheet.parse import parse_staff_list
from hemu.staffing.staff_sheet.plan import plan_staff
from hemu.staffing.staff_sheet.shapes import ParsedStaffList

State = StaffImport.State


class Compared:
    """A staff list read and compared with the staff."""

    def __init__(self, found: ParsedStaffList, plan: StaffPlan) -> None:
        self.found, self.plan = found, plan
        self.counts = counts_of(plan, found.rows)

    @property
    def refused(self) -> list[dict[str, object]]:
        """Return the refused rows in the file's order: sheet, row, code, params, cells, header."""
        order = {name: place for place, name in enumerate(self.found.headers)}
        rows = sorted(self.plan.refused, key=lambda row: (order.get(row.source.sheet, 0), row.source.row))
        return [
            {
                "sheet": row.source.sheet,
                "row": row.source.row,
                "code": row.code,
                "params": row.params,
                "cells": list(row.cells),
                "header": self.found.headers.get(row.source.sheet, []),
            }
            for row in rows
        ]

    @property
    def warnings(self) -> list[dict[str, object]]:
        """Return the warnings: sheet, row, code, params."""
        return [
            {"sheet": note.source.sheet, "row": note.source.row, "code": note.code, "params": note.params}
            for note in self.plan.warnings
        ]


def compare(content: bytes, filename: str, *, by: Authority, now: datetime) -> Compared:
    """Read a staff list and compare it with the staff; nothing is written.

    Raises:
        RuleViolation: as ``parse_staff_list``.
    """
    found = parse_staff_list(content, filename)
    return Compared(found, plan_staff(found, world_for(by, now=now), propose=propose_login))


@operation
def bring_in(*, content: bytes, filename: str, by: Authority, act: Act) -> StaffImport:
    """Keep an uploaded list for its preview; a file that cannot be read is refused and not kept.

    Raises:
        RuleViolation: as ``compare``.
    """
    compared = compare(content, filename, by=by, now=act.recorded_at)
    StaffImport.objects.filter(by=act.actor, state=State.PREVIEW).update(state=State.DISCARDED, content=None)
    return StaffImport.objects.create(
        id=new_id(act.recorded_at), filename=clean_cell(filename)[-200:], digest=compared.found.digest,
        content=content, state=State.PREVIEW, by=act.actor, started_at=act.recorded_at, counts=compared.counts,
    )  # fmt: skip


def preview_of(row: StaffImport, *, by: Authority, now: datetime) -> Compared:
    """Return the comparison of a kept list with the staff as they are now."""
    return compare(bytes(row.content or b""), row.filename, by=by, now=now)


@operation
def discard(*, row: StaffImport, act: Act) -> None:
    """Give a previewed list up; the file goes."""
    StaffImport.objects.filter(id=row.id, state=State.PREVIEW).update(
        state=State.DISCARDED, content=None, finished_at=act.recorded_at
    )


@operation
def write_import(*, row: StaffImport, by: Authority, act: Act, seen: dict[str, int]) -> list[Leaving]:
    """Write a previewed list; return the leavings it brought, whose work is to be handed over.

    Args:
        seen: the figures that the writer saw; where others stand now, nothing is written.

    Raises:
        RuleViolation: ``staff.import_not_in_preview``, ``staff.changed_meanwhile``, ``staff.last_director``.
    """
    if not StaffImport.objects.filter(id=row.id, state=State.PREVIEW).update(state=State.DONE):
        raise RuleViolation("staff.import_not_in_preview")
    compared = preview_of(row, by=by, now=act.recorded_at)
    if any(compared.counts[name] != count for name, count in seen.items()):
        raise RuleViolation("staff.changed_meanwhile")
    leavings = write_plan(compared, by=by, act=act, filename=row.filename)
    StaffImport.objects.filter(id=row.id).update(
        content=None, finished_at=act.recorded_at, counts=compared.counts, refused=compared.refused
    )
    return leavings


@operation
def write_plan(compared: Compared, *, by: Authority, act: Act, filename: str) -> list[Leaving]:
    """Write all that a comparison would do: all of it or nothing; a list that changes nothing leaves no trace.

    Raises:
        RuleViolation: ``staff.last_director`` and what ``leave`` refuses.
    """
    plan = compared.plan
    offices: dict[UUID | None, Office | None] = {
        None: None,
        **{each.id: each for each in Office.objects.all()},
    }
    _create(plan.created, offices, act)
    leavings: list[Leaving] = []
    for change in plan.updated:
        leavings += _update(change, offices, by, act)
    if plan.created or plan.updated:
        _note(compared, act, filename)
    return leavings


def _note(compared: Compared, act: Act, filename: str) -> None:
    told = ("rows", "people", "created", "updated", "unchanged", "refused", "leaving")
    facts = {"file": compared.found.digest, **{name: compared.counts[name] for name in told}}
    subject = f"staff-list:{compared.found.digest[:16]}"
    append(
        book=book_at(None),
        kind="staff.imported",
        subject=subject,
        act=act,
        facts=facts,
        words={"filename": filename},
    )


def _create(changes: Iterable[MemberChange], offices: dict[UUID | None, Office | None], act: Act) -> None:
    """Enter the new ones: people, log-ins and posts by the table, then an entry for each post."""
    ids = rising_ids(act.recorded_at)
    people = [
        (
            Staff(id=next(ids), name=change.parsed.name, initials=initials_of(change.parsed.name),
                  phone=change.parsed.phone, number=change.parsed.number),
            change,
        )
        for change in changes
    ]  # fmt: skip
    Staff.objects.bulk_create(staff for staff, _ in people)
    accounts = [Account(login=change.login, staff=staff) for staff, change in people]
    for account in accounts:
        account.set_unusable_password()
    Account.objects.bulk_create(accounts)
    for staff, change in people:
        for planned in change.giving:
            _give(staff, planned, offices, act)


def _give(staff: Staff, planned: PlannedPost, offices: dict[UUID | None, Office | None], act: Act) -> None:
    give(staff, _new_post(planned, offices), act)


def _new_post(planned: PlannedPost, offices: dict[UUID | None, Office | None]) -> NewPost:
    return NewPost(
        role=planned.role, office=offices[planned.office], since=planned.since, until=planned.until,
        department=planned.department, trade=planned.trade, beats=planned.beats, by_sheet=True,
    )  # fmt: skip


def _update(
    change: MemberChange, offices: dict[UUID | None, Office | None], by: Authority, act: Act
) -> list[Leaving]:
    assert change.known is not None
    staff = Staff.objects.get(id=change.known.id)
    if change.values:
        Staff.objects.filter(id=staff.id).update(**change.values)
        facts = {"what": ",".join(sorted(change.values))}
        append(
            book=book_of_staff(staff, act.recorded_at), kind="staff.changed", subject=staff.key, act=act, facts=facts,
            words={f"{name}_after": value for name, value in change.values.items()},
        )  # fmt: skip
    if change.login:
        open_account(staff, change.login)
    if change.returning:
        Staff.objects.filter(id=staff.id).update(left_on=None)
        Account.objects.filter(staff=staff).update(is_active=True)
        append(book=book_of_staff(staff, act.recorded_at), kind="staff.returned", subject=staff.key, act=act)
    for post in change.giving:
        _give(staff, post, offices, act)
    for held, planned in change.changing:
        _go_on(held, planned, offices, act)
    _end(change, act)
    if change.leaving_on is None:
        return []
    return [leave(staff=staff, on=change.leaving_on, to=None, reason="", by=by, act=act)]


def _go_on(
    held: KnownPost, planned: PlannedPost, offices: dict[UUID | None, Office | None], act: Act
) -> None:
    row = Post.objects.select_related("staff", "department").get(id=held.id)
    row.department = department_of(_new_post(planned, offices), act.recorded_at) or row.department
    row.since, row.until = planned.since, planned.until
    row.save(update_fields=["department", "since", "until"])
    set_beats(row, planned.beats)
    book = book_at(offices[held.office])
    append(book=book, kind="post.changed", subject=row.staff.key, act=act, facts=facts_of(row))


def _end(change: MemberChange, act: Act) -> None:
    rows = {
        post.id: post
        for post in Post.objects.select_related("staff", "office").filter(
            id__in=[p.id for p, _ in change.ending]
        )
    }
    for held, until in change.ending:
        ended(rows[held.id], until, act)
        if held.role in KEEPERS and not any(
            (post.role, post.office) == (held.role, held.office) for post in change.giving
        ):
            row = rows[held.id]
            require_keeper_now(row, act)


def require_keeper_now(post: Post, act: Act) -> None:
    """Refuse where the ended post was the last that looked after the staff of its office."""
    require_keeper(post.office, without=post.staff_id, on=act.recorded_at.date(), now=act.recorded_at)
