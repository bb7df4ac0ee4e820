"""What follows for return visits from a request's entries, in their transaction. None of them makes one: a person does."""

from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.return_visits.operations import open_after_complaint, open_after_work, void_return_visit
from hemu.service_requests.reactions import ENDED_WITHOUT_RESULT


def _closed(entry: Entry) -> None:
    open_after_complaint(entry)
    if entry.facts["type"] != "complaint" and entry.facts["outcome"] in ENDED_WITHOUT_RESULT:
        void_return_visit(entry)


REACTIONS = (
    Reaction("request.resolved", open_after_work),
    Reaction("request.closed", _closed),
    Reaction("request.sent_back", void_return_visit),
    Reaction("request.partly_solved", void_return_visit),
    Reaction("request.reopened", void_return_visit),
    Reaction("request.withdrawn", void_return_visit),
    Reaction("request.voided", void_return_visit),
    Reaction("request.merged", void_return_visit),
)
