"""What follows for return visits from a request's entries, in their transaction. None of them makes one: a person does."""

from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.return_visits.operations import follow_duties, open_after_complaint, void_return_visits


def _resolved(entry: Entry) -> None:
    if str(entry.facts["type"]).startswith("repair"):
        follow_duties(entry)


def _closed(entry: Entry) -> None:
    if entry.facts["type"] == "complaint":
        open_after_complaint(entry)
    else:
        _resolved(entry)


REACTIONS = (
    Reaction("request.resolved", _resolved),
    Reaction("request.closed", _closed),
    Reaction("request.sent_back", void_return_visits),
    Reaction("request.partly_solved", void_return_visits),
    Reaction("request.reopened", void_return_visits),
    Reaction("request.withdrawn", void_return_visits),
    Reaction("request.voided", void_return_visits),
    Reaction("request.merged", void_return_visits),
)
