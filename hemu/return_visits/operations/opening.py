"""How return visits come about and lapse. They follow the duties: where one asks for it, there is one."""

from datetime import datetime

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.operations import void_duties
from hemu.duties.queries import rate_duty
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.return_visits import rules
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.rules import CLAUSE_OF, State
from hemu.service_requests.models import Request
from hemu.service_requests.rules import State as RequestState

AFTER_WORK = (RequestState.RESOLVED, RequestState.INFORMED, RequestState.CONFIRMED, RequestState.CLOSED)


def follow_duties(entry: Entry) -> None:
    """Open the return visit that a repair's duty asks for (RV-03), or void the one that no duty asks for any more."""
    duty = Duty.objects.filter(subject=entry.subject, clause=CLAUSE_OF["repair"], state=Duty.State.OPEN)
    asked = duty.order_by("-id").first()
    if asked is not None:
        _open_once(entry, of_class="repair", due_at=asked.due_at)
    else:
        _void(entry, of_class="repair")


def open_after_complaint(entry: Entry) -> None:
    """Open the return visit of a closed complaint; every one of them has one (RV-01)."""
    duty = rate_duty(CLAUSE_OF["complaint"], entry)
    if duty is not None:
        _open_once(entry, of_class="complaint", due_at=duty.due_at)


def void_return_visits(entry: Entry) -> None:
    """Let what is open lapse, its duty too: the matter goes back to be done, or ends without anything to ask about."""
    void_duties(entry, clauses=(CLAUSE_OF["repair"],))
    _void(entry)


def _void(entry: Entry, of_class: str = "") -> None:
    rows = ReturnVisit.objects.filter(request__number=_number(entry), state=State.OPEN)
    if of_class:
        rows = rows.filter(kind=of_class)
    for visit in rows:
        visit.state, visit.ended_by, visit.version = State.VOID, entry.id, visit.version + 1
        visit.save(update_fields=["state", "ended_by", "version"])


def _open_once(entry: Entry, *, of_class: str, due_at: datetime | None) -> None:
    """Open one, or let the one that is open be of this class from now on: a case may have been sorted anew."""
    request = Request.objects.get(number=_number(entry))
    standing = list(ReturnVisit.objects.filter(request=request))
    now_open = next((visit for visit in standing if visit.state == State.OPEN), None)
    if now_open is None:
        _open(request, of_class, entry, due_at, len(standing) + 1)
    elif now_open.kind != of_class:
        now_open.kind, now_open.due_at, now_open.trigger = of_class, due_at, entry.id
        now_open.role = _owed_by(request, of_class)
        now_open.save(update_fields=["kind", "due_at", "trigger", "role"])


def _open(request: Request, of_class: str, entry: Entry, due_at: datetime | None, serial: int) -> ReturnVisit:
    return ReturnVisit.objects.create(
        id=new_id(entry.recorded_at),
        number=f"{request.number}-R{serial}",
        request=request,
        community_id=request.community_id,
        kind=of_class,
        role=_owed_by(request, of_class),
        trigger=entry.id,
        opened_at=entry.at,
        due_at=due_at,
    )


def _owed_by(request: Request, of_class: str) -> str:
    return rules.owed_by(of_class=of_class, major=of_class == "complaint" and _is_major(request))


def _is_major(request: Request) -> bool:
    judged = Entry.objects.filter(subject=request.subject, kind="request.judged").order_by("-seq")
    return next(
        (bool(facts["major"]) for facts in judged.values_list("facts", flat=True) if "major" in facts), False
    )


def _number(entry: Entry) -> str:
    return entry.subject.removeprefix("request:")


@operation
def open_return_visit(*, number: str, act: Act, by: Actor) -> ReturnVisit:
    """Open the return visit of any case whose work is done, by hand (RV-06); one that is open already is returned.

    Raises:
        RuleViolation: ``request.not_found``, ``return_visit.nothing_done``, ``step.not_yours``.
    """
    rows = Request.objects.select_for_update(of=("self",)).select_related("community__office")
    request = rows.filter(number=number).first()
    if request is None:
        raise RuleViolation("request.not_found", number=number)
    if not rules.DOERS & by.roles_at(request.community.office_id):
        raise RuleViolation("step.not_yours", step="open", roles=sorted(rules.DOERS))
    if request.state not in AFTER_WORK or request.outcome in ("withdrawn", "void"):
        raise RuleViolation("return_visit.nothing_done")
    standing = list(ReturnVisit.objects.filter(request=request).select_related("request"))
    for visit in standing:
        if visit.state == State.OPEN:
            return visit
    of_class = rules.class_of(type=request.type, nature=request.nature)
    serial = len(standing) + 1
    entry = append(
        book=request.community.book_id,
        kind="return_visit.opened",
        subject=request.subject,
        act=act,
        clause="RV-06",
        facts={"visit": f"{request.number}-R{serial}", "class": of_class},
    )
    return _open(request, of_class, entry, None, serial)
