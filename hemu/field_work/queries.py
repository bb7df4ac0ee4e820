"""Reading one's own jobs: those of the day in order of promise, and the gate to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.models import ReadLog
from hemu.duties.queries import nearest_due
from hemu.estate.models import Post
from hemu.field_work.rules import MOVES, NEXT, Stage, Standing, in_order, stage_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_local, office_day
from hemu.infra.terms import in_force
from hemu.ledger.models import Entry
from hemu.service_requests.models import Helper, Request
from hemu.service_requests.queries import (
    in_states,
    request_for,
    visible_to,
    with_what_a_line_shows,
    worked_on_by,
)
from hemu.service_requests.rules import OPEN, State

MINE = (State.DISPATCHED, State.ACCEPTED, State.PAUSED, State.RESOLVED, State.INFORMED)
MOST = 100
AT_HOME = ("repair_home", "help")


@dataclass(frozen=True)
class Job:
    """A case as the one who does it sees it.

    Attributes:
        offered: sent to one's department and taken by nobody yet.
        last_at: when it was last moved on its way.
    """

    case: Request
    stage: Stage
    due: datetime | None
    last_at: datetime | None
    offered: bool = False

    @property
    def slot_from(self) -> datetime | None:
        """The begin of the slot agreed on, while it is still ahead of the work."""
        waiting = self.stage in (Stage.TO_TAKE, Stage.TO_SET_OUT, Stage.ON_THE_WAY)
        return self.case.appointed_from if waiting else None


def jobs_of(actor: Actor, *, now: datetime) -> list[Job]:
    """Return the jobs of the one who is logged in, in order of promise: the slot agreed on, then what is due.

    Open ones; done ones while the owner has not confirmed; and what waits in one's department for somebody to take.
    The 100 newest count.
    """
    mine = worked_on_by(actor.staff_id) & Q(state__in=MINE)
    offered = Q(handler__isnull=True, state=State.DISPATCHED, department__in=_departments(actor, now))
    open_ones = in_states(visible_to(actor, "field.work"), OPEN).filter(mine | offered)
    ids = list(open_ones.order_by("-id").values_list("id", flat=True)[:MOST])
    lines = (
        with_what_a_line_shows(Request.objects.all())
        .select_related("community", "handler", "department")
        .prefetch_related(None)
    )
    cases = lines.filter(id__in=ids).order_by("-id")
    jobs = {job.case.number: job for job in jobs_from(cases) if job.stage is not Stage.DONE}
    order = in_order((number, job.slot_from, job.due) for number, job in jobs.items())
    return [jobs[number] for number in order]


def jobs_from(cases: Iterable[Request]) -> list[Job]:
    """Return where cases stand, with two questions for all of them."""
    cases = list(cases)
    subjects = [case.subject for case in cases]
    moves = {
        subject: (kind, at)
        for subject, kind, at in Entry.objects.filter(subject__in=subjects, kind__in=MOVES)
        .order_by("seq")
        .values_list("subject", "kind", "at")
    }
    due = nearest_due(subjects)
    return [_job(case, moves.get(case.subject), due.get(case.subject)) for case in cases]


def _job(case: Request, last: tuple[str, datetime] | None, due: datetime | None) -> Job:
    stage = stage_of(
        Standing(
            state=case.state,
            last=last,
            at_home=is_at_home(case),
            urgent=case.urgency == "urgent" or case.limit == "danger",
            appointed_until=case.appointed_until,
            paid=case.paid,
            priced=case.quote_fen is not None,
            accepted=case.quote_accepted_at is not None,
        )
    )
    return Job(case, stage, due, last[1] if last else None, offered=case.handler_id is None)


def is_at_home(case: Request) -> bool:
    """Tell whether the work is in a home, where somebody opens the door and signs."""
    return case.home_id is not None and case.type in AT_HOME


def _departments(actor: Actor, now: datetime) -> QuerySet[Post, Any]:
    today = office_day(now)
    posts = Post.objects.filter(in_force(today), staff=actor.staff_id)
    return posts.filter(department__isnull=False).values("department")


def job_for(actor: Actor, number: str) -> Job:
    """Return a case that this person may work on from the phone; whose it is just now is asked with each step.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    return jobs_from([request_for(actor, number, "field.work")])[0]


def not_mine(job: Job, actor: Actor) -> bool:
    """Tell whether somebody else has the job in hand now, and one does not help with it."""
    if job.case.handler_id in (None, actor.staff_id):
        return False
    return not Helper.objects.filter(request=job.case, staff=actor.staff_id).exists()


def must_be_mine(job: Job, actor: Actor) -> None:
    """Refuse where somebody else has the job in hand now.

    Raises:
        RuleViolation: ``field.not_yours`` (name: whose it is).
    """
    if not_mine(job, actor):
        handler = job.case.handler
        raise RuleViolation("field.not_yours", name=handler.name if handler else "")


def summary_of(job: Job) -> dict[str, Any]:
    """Return a job as a line of the command's list."""
    case = job.case
    return {
        "number": case.number,
        "stage": str(job.stage),
        "next": NEXT.get(job.stage),
        "offered": job.offered,
        "community": case.community.name,
        "place": case.home_written or case.place or None,
        "type": case.type,
        "text": case.text,
        "slot": [iso_local(case.appointed_from), iso_local(case.appointed_until)]
        if case.appointed_from
        else None,
        "due": iso_local(job.due),
    }


def has_looked(actor: Actor, subject: str, *, now: datetime) -> bool:
    """Tell whether this person's look at a subject's phone number is recorded today already."""
    start = now.astimezone(OFFICE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = ReadLog.objects.filter(staff_id=actor.staff_id, subject=subject, what="phone")
    return looks.filter(read_at__gte=start).exists()
