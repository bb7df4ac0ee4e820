"""How return visits come about and lapse. The duties of the SOP ask for them."""

from datetime import datetime

from django.db.models import F

from hemu.access.actors import Actor
from hemu.duties.operations import void_duties
from hemu.duties.queries import opened_with
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation, read_once
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.return_visits import rules
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.rules import CLAUSE_OF, State
from hemu.service_requests.models import Request
from hemu.service_requests.queries import hidden_from
from hemu.service_requests.rules import State as RequestState

AFTER_WORK = (RequestState.RESOLVED, RequestState.INFORMED, RequestState.CONFIRMED, RequestState.CLOSED)


def open_after_work(entry: Entry) -> None:
    """Open the return visit that the duty of a repair just done asks for (RV-03)."""
    _open_if_asked(entry, of_class="repair")


def open_after_complaint(entry: Entry) -> None:
    """Open the return visit of a closed complaint; every one of them has one (RV-01)."""
    _open_if_asked(entry, of_class="complaint")


def void_return_visit(entry: Entry) -> None:
    """Let what is open lapse, its duty too: the matter goes back to be done, or ends without anything to ask about."""
    waiting = ReturnVisit.objects.filter(request=_request(entry), state=State.OPEN)
    if waiting.update(state=State.VOID, ended_by=entry.id, version=F("version") + 1):
        void_duties(entry, clauses=(CLAUSE_OF["repair"],))


def _open_if_asked(entry: Entry, *, of_class: str) -> None:
    duty = opened_with(entry, CLAUSE_OF[of_class])
    if duty is None:
        return
    request = _request(entry)
    # A request has one open at most: one that stands already is it.
    visit = _new(request, of_class, entry, f"R{request.version}", duty.due_at)
    ReturnVisit.objects.bulk_create([visit], ignore_conflicts=True)


def _new(request: Request, of_class: str, entry: Entry, mark: str, due_at: datetime | None) -> ReturnVisit:
    return ReturnVisit(
        id=new_id(entry.recorded_at),
        number=f"{request.number}-{mark}",
        request=request,
        community_id=request.community_id,
        kind=of_class,
        role=rules.owed_by(of_class=of_class, major=request.major),
        trigger=entry.id,
        opened_at=entry.at,
        due_at=due_at,
    )


def _request(entry: Entry) -> Request:
    number = entry.subject.removeprefix("request:")
    return read_once(("request", number), lambda: Request.objects.get(number=number))


@operation
def open_return_visit(*, number: str, act: Act, by: Actor) -> ReturnVisit:
    """Open the return visit of any case whose work is done, by hand (RV-06); one that is open already is returned.

    Raises:
        RuleViolation: ``request.not_found``, ``return_visit.nothing_done``, ``step.not_yours``.
    """
    rows = Request.objects.select_for_update(of=("self",)).select_related("community__office")
    request = rows.filter(number=number).exclude(hidden_from(by.staff_id)).first()
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
    mark = f"H{sum(visit.number.rpartition('-')[2].startswith('H') for visit in standing) + 1}"
    entry = append(
        book=request.community.book_id,
        kind="return_visit.opened",
        subject=request.subject,
        act=act,
        clause="RV-06",
        facts={"visit": f"{request.number}-{mark}", "class": of_class},
    )
    made = _new(request, of_class, entry, mark, None)
    made.save(force_insert=True)
    return made
