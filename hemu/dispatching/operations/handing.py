"""Handing over: all open work of somebody who is away or leaves, to another or to the pool, with the reason."""

from dataclasses import dataclass
from datetime import date
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
) -> HandOver:
    """Hand all open work of ``staff`` at an office to ``to`` from a day on, and let the rules heed it.

    Each case is transferred with an entry and a transaction of its own, so that one refused keeps no other back; run
    again it moves what is still there. From ``since`` to ``until`` the rules send to the stand-in. A day to come is
    written down only: the work is handed over when this is called again on that day.

    Args:
        to: None puts the cases into the pool of the leaver's department.
        until: the last day away; None: for good.
        by: needs a post that may transfer at the office (RQ-04).

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
    target = _target(staff, to, office, act)
    _note(staff, to, office, since, until, act)
    if since > office_day(act.recorded_at):
        return HandOver([], [], waits=True)

    def move(number: str) -> Request:
        return take_step(number=number, step="transfer", act=act, by=by, words=reason, values=target)

    rows = each_apart(open_work_of(staff, office), move, act=act, by=by, key="", body={})
    Helper.objects.filter(staff=staff, request__community__office=office).exclude(
        request__state=State.CLOSED
    ).delete()
    moved = [row for row in rows if not row.refusal]
    kept = [row for row in rows if row.refusal]
    _write(staff, to, office, since, until, reason, act, (len(moved), len(kept)))
    return HandOver(moved, kept)


def _target(staff: Staff, to: Staff | None, office: Office, act: Act) -> dict[str, str]:
    if to is not None:
        account = Account.objects.filter(staff=to, is_active=True).first()
        if account is None:
            raise RuleViolation("dispatch.cannot_handle", login=to.name)
        return {"to": account.login}
    today = office_day(act.recorded_at)
    posts = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=today), staff=staff, office=office)
    department = Department.objects.filter(id__in=posts.values("department")).first()
    return {"department": department.name} if department else {}


@operation
def _note(staff: Staff, to: Staff | None, office: Office, since: date, until: date | None, act: Act) -> None:
    Absence.objects.update_or_create(
        office=office,
        staff=staff,
        since=since,
        defaults={"stand_in": to, "until": until},
        create_defaults={"id": new_id(act.recorded_at), "stand_in": to, "until": until},
    )


@operation
def _write(
    staff: Staff,
    to: Staff | None,
    office: Office,
    since: date,
    until: date | None,
    reason: str,
    act: Act,
    counts: tuple[int, int],
) -> None:
    append(
        book=office.book_id,
        kind="work.handed_over",
        subject=f"office:{office.id}",
        act=act,
        clause="RQ-04",
        facts={
            "from": staff.key,
            "to": to.key if to else None,
            "since": since.isoformat(),
            "until": until.isoformat() if until else None,
            "moved": counts[0],
            "kept": counts[1],
        },
        words={"reason": reason},
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
        _note(Staff(id=staff), Staff(id=to) if to else None, office, today, None, act)
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
