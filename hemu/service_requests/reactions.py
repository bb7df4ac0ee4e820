"""What follows from a request's entries, in their transaction: duties refitted, restarted, paused, void; tellings."""

from uuid import UUID

from hemu.duties.operations import Restart, hand_on, pause, refit, restart, resume, void_duties
from hemu.duties.queries import office_of
from hemu.estate.queries import holders
from hemu.infra.moments import office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.operations import tell
from hemu.service_requests.operations.telling import (
    compose,
    tell_group_of,
    tell_owner_of,
    tell_staff_of,
)
from hemu.service_requests.queries import named_in

ENDED_WITHOUT_RESULT = ("referred", "own_matter")
SORTED_BY = (
    "request.registered",
    "request.classified",
    "request.accepted",
    "request.resorted",
    "request.outside_noted",
)
RESTARTS = {"request.reopened": Restart("request.registered", without=frozenset({"RQ-03"}))}
"""A reopened case starts over, but for the sorting, which stands."""


def _refit(entry: Entry) -> None:
    refit(entry, names=("type", "place", "limit", "due_by"), said_by=SORTED_BY, restarts=RESTARTS)


def _restart(entry: Entry) -> None:
    restart(entry, RESTARTS[entry.kind])


def _pause(entry: Entry) -> None:
    pause(entry, until_fact="resume_at")


def _void(entry: Entry) -> None:
    void_duties(entry)


def _close(entry: Entry) -> None:
    """A closed case owes no undated step any more; one that ended without a result owes no result either."""
    void_duties(entry, undated_only=entry.facts["outcome"] not in ENDED_WITHOUT_RESULT)


def _tell_handler(entry: Entry) -> None:
    people = [each for each in (entry.facts.get("to"), *entry.facts.get("helpers", ())) if each]
    if people:
        danger = str(entry.facts.get("rule", "")).startswith("danger")
        tell(
            staff=[UUID(each.removeprefix("staff:")) for each in people],
            topic="request.danger" if danger else "request.dispatched",
            subject=entry.subject,
            key=f"dispatched:{entry.id.hex}",
            now=entry.recorded_at,
        )


def _tell_above(entry: Entry) -> None:
    """Tell those to whom a matter is reported, at once: the decision is theirs (RQ-09)."""
    office = office_of(entry.book_id)
    role = str(entry.facts.get("role", ""))
    if office and role:
        tell(
            staff=holders(role, office, on=office_day(entry.recorded_at)),
            topic="request.escalated",
            subject=entry.subject,
            key=f"escalated:{entry.id.hex}",
            now=entry.recorded_at,
        )


OWN_ACTS = (
    "request.appointed",
    "request.quote_accepted",
    "request.quote_declined",
    "request.urged",
    "request.added",
)
"""What an owner does with a case that somebody is at: that person hears of it at once."""

REACTIONS = (
    Reaction("request.classified", _refit),
    Reaction("request.resorted", _refit),
    Reaction("request.outside_noted", _refit),
    Reaction("request.reopened", _restart),
    Reaction("request.paused", _pause),
    Reaction("request.resumed", resume),
    Reaction("request.withdrawn", _void),
    Reaction("request.voided", _void),
    Reaction("request.merged", lambda entry: hand_on(entry, to=f"request:{entry.facts['into']}")),
    Reaction("request.closed", _close),
    Reaction("request.dispatched", _tell_handler),
    Reaction("request.dispatched", tell_group_of),
    Reaction("request.escalated", _tell_above),
    Reaction("request.registered", tell_owner_of),
    Reaction("request.replied", tell_owner_of),
    Reaction("request.owner_informed", tell_owner_of),
    Reaction("request.appointed", tell_owner_of),
    *(Reaction(kind, tell_staff_of) for kind in OWN_ACTS),
)
TEXTS = {"request": compose}
BARRED = {"request": named_in}
