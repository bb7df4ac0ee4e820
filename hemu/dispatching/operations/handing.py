"""Handing over: all open work of somebody who is away or leaves, to another or to the pool, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hemu.access.actors import Actor, actor_of
from hemu.access.models import Account
from hemu.dispatching.models import Absence
from hemu.dispatching.operations.sending import Row, each_apart
from hemu.estate.models import Department, Office, Post, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.service_requests.models import Helper, Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.operations.asked import Ruled
from hemu.service_requests.rules import State

MOVABLE = (State.DISPATCHED, State.ACCEPTED, State.PAUSED)


@dataclass(frozen=True)
class HandOver:
    """What a hand-over came to: the cases moved, and those that stayed with why; ``waits``: its day is to come."""

    moved: list[Row]
    kept: list[Row]
    waits: bool = False


def open_work_of(staff: Staff, office: Office) -> list[str]:
    """Return the numbers of the cases somebody has in hand at an office, oldest first."""
    rows = Request.objects.filter(handler=staff, state__in=MOVABLE, community__office=office)
    return list(rows.order_by("id").values_list("number", flat=True))


def hand_over(
    *,
    staff: Staff,
    to: Staff | None,
    office: Office,
    since: date,
    reason: str,
    act: Act,
    by: Actor,
    until: date | None = None,
    planned: bool = False,
) -> HandOver:
    """Hand all open work of ``staff`` at an office to ``to`` from a day on, and let the rules heed it.

    Each case is transferred with an entry and a transaction of its own, so that one refused keeps no other back; run
    again it moves what is still there. From ``since`` to ``until`` the rules send to the stand-in. A day to come is
    planned: the worker hands the work over when it has come (`carry_out_planned`), as an act of who planned it.

    Args:
        to: None puts the cases into the pool of the leaver's department.
        until: the last day away; None: for good.
        by: needs a post that may transfer at the office (RQ-04).
        planned: it was planned before, and this is its day.

    Raises:
        RuleViolation: ``hand_over.to_self``, ``hand_over.days``, ``step.needs_words``, ``dispatch.cannot_handle``,
            ``access.denied``.
    """
    by.require("dispatch.arrange", office.id)
    if to is not None and to.id == staff.id:
        raise RuleViolation("hand_over.to_self")
    if until is not None and until < since:
        raise RuleViolation("hand_over.days")
    if not reason.strip():
        raise RuleViolation("step.needs_words", step="transfer", words="reason")
    away = _Away(staff, to, office, since, until)
    target = _target(away, act)
    if since > office_day(act.recorded_at):
        _plan(away, reason.strip()[:REASON_LENGTH], act, by)
        return HandOver([], [], waits=True)
    _note(away, act)

    def move(number: str) -> Request:
        return take_step(number=number, step="transfer", act=act, by=by, words=reason, values=target)

    rows = each_apart(open_work_of(staff, office), move, act=act, by=by, key="", body={})
    Helper.objects.filter(staff=staff, request__community__office=office).exclude(
        request__state=State.CLOSED
    ).delete()
    moved = [row for row in rows if not row.refusal]
    kept = [row for row in rows if row.refusal]
    counts = {"moved": len(moved), "kept": len(kept), "planned": planned or None}
    _write("work.handed_over", away, act, counts, {"reason": reason})
    return HandOver(moved, kept)


REASON_LENGTH = 300


@dataclass(frozen=True)
class _Away:
    """Who is away from an office, from when to when, and who stands in."""

    staff: Staff
    to: Staff | None
    office: Office
    since: date
    until: date | None

    @property
    def facts(self) -> dict[str, str | None]:
        return {
            "from": self.staff.key,
            "to": self.to.key if self.to else None,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
        }


def _target(away: _Away, act: Act) -> dict[str, str]:
    if away.to is not None:
        account = Account.objects.filter(staff=away.to, is_active=True).first()
        if account is None:
            raise RuleViolation("dispatch.cannot_handle", login=away.to.name)
        return {"to": account.login}
    today = office_day(act.recorded_at)
    posts = Post.objects.filter(in_force(today), staff=away.staff, office=away.office)
    department = Department.objects.filter(id__in=posts.values("department")).first()
    return {"department": department.name} if department else {}


@operation
def _note(away: _Away, act: Act, **plan: Any) -> None:
    """Write down who is away; without a plan nothing waits any more."""
    values = {"stand_in": away.to, "until": away.until, "waits": False, "refused": None, **plan}
    Absence.objects.update_or_create(
        office=away.office,
        staff=away.staff,
        since=away.since,
        defaults=values,
        create_defaults={"id": new_id(act.recorded_at), **values},
    )


@operation
def _plan(away: _Away, reason: str, act: Act, by: Actor) -> None:
    _note(away, act, waits=True, planned_by_id=by.staff_id, reason=reason, tried_at=None)
    _write("hand_over.planned", away, act, {}, {"reason": reason})


@operation
def _write(kind: str, away: _Away, act: Act, counts: dict[str, Any], words: dict[str, str]) -> None:
    append(
        book=away.office.book_id,
        kind=kind,
        subject=f"office:{away.office.id}",
        act=act,
        clause="RQ-04",
        facts={**away.facts, **counts},
        words=words,
    )


# ── planned ──────────────────────────────────────────────────────────────────

AGAIN_AFTER = timedelta(minutes=10)
"""A plan taken up by a worker that then died is taken up again."""


@operation
def take_back(*, office: Office, staff: Staff, since: date, act: Act, by: Actor) -> None:
    """Take back a hand-over planned for a day to come, before that day: nobody is away then and nothing moves.

    Raises:
        RuleViolation: ``access.denied``, ``hand_over.not_planned``.
    """
    by.require("dispatch.arrange", office.id)
    planned = Absence.objects.filter(office=office, staff=staff, since=since, waits=True)
    if since <= office_day(act.recorded_at) or not planned.delete()[0]:
        raise RuleViolation("hand_over.not_planned")
    append(
        book=office.book_id,
        kind="hand_over.taken_back",
        subject=f"office:{office.id}",
        act=act,
        clause="RQ-04",
        facts={"from": staff.key, "since": since.isoformat()},
    )


def carry_out_planned(now: datetime) -> int:
    """Hand over what was planned for a day that has come, as an act of who planned it; return how many plans were.

    What that person may no longer do, or what cannot go to the stand-in, is not done: the plan says why, and stands
    on the page of hand-overs for somebody to decide.
    """
    waiting = Absence.objects.filter(
        Q(tried_at__isnull=True) | Q(tried_at__lt=now - AGAIN_AFTER), waits=True, since__lte=office_day(now)
    )
    done = 0
    for row in waiting.select_related("office", "staff", "stand_in", "planned_by__account").order_by("id"):
        if waiting.filter(id=row.id).update(tried_at=now):  # of two workers one takes it up
            _carry_out(row, now)
            done += 1
    return done


def _carry_out(row: Absence, now: datetime) -> None:
    account = getattr(row.planned_by, "account", None)
    try:
        if account is None or not account.is_active:
            raise RuleViolation("hand_over.planner_left")
        by = actor_of(account, today=office_day(now))
        hand_over(
            staff=row.staff,
            to=row.stand_in,
            office=row.office,
            since=row.since,
            until=row.until,
            reason=row.reason,
            act=by.act(now=now),
            by=by,
            planned=True,
        )
    except RuleViolation as refusal:
        Absence.objects.filter(id=row.id).update(
            waits=False, refused={"code": refusal.code, "params": refusal.params}
        )


# ── leaving ──────────────────────────────────────────────────────────────────

LEFT = "离职交接。"
"""The reason of a transfer that a leaving brings: words of the book, so in its language."""


def count_open(staff: UUID) -> int:
    """Return how many cases somebody has in hand, at all offices."""
    return Request.objects.filter(handler=staff, state__in=MOVABLE).count()


@operation
def hand_over_left(*, staff: UUID, to: UUID | None, act: Act, limit: int) -> int:
    """Hand over at most ``limit`` cases of somebody who left, as the act of who let them leave; return how many.

    What ``to`` cannot take (another office, whom the complaint names) goes into the pool; so it goes without ``to``.

    Raises:
        RuleViolation: ``step.not_yours``, where the acting person holds no post that may let anybody leave.
    """
    kind, _colon, key = act.actor.partition(":")
    account = (
        Account.objects.select_related("staff").filter(staff=UUID(key)).first() if kind == "staff" else None
    )
    if account is None:
        raise RuleViolation("access.unknown_login", login="")
    today = office_day(act.recorded_at)
    by = actor_of(account, today=today)
    cases = Request.objects.filter(handler=staff, state__in=MOVABLE).select_related(
        "community__office", "department"
    )
    heir = (
        Account.objects.filter(staff=to, is_active=True).values_list("login", flat=True).first()
        if to
        else None
    )
    page = list(cases.order_by("id")[:limit])
    for case in page:
        _leave_one(case, heir, act, by)
    for office in {case.community.office for case in page}:
        _note(_Away(Staff(id=staff), Staff(id=to) if to else None, office, today, None), act)
    Helper.objects.filter(staff=staff).exclude(request__state=State.CLOSED).delete()
    return len(page)


def _leave_one(case: Request, heir: str | None, act: Act, by: Actor) -> None:
    pool = {"department": case.department.name} if case.department else {}
    targets = [{"to": heir}, pool] if heir else [pool]
    for last, target in enumerate(targets, 1 - len(targets)):
        try:
            with transaction.atomic():
                take_step(
                    number=case.number,
                    step="transfer",
                    act=act,
                    by=by,
                    words=LEFT,
                    values=target,
                    ruled=Ruled("leaving", LEFT),
                )
            return
        except RuleViolation:
            if last == 0:
                raise
