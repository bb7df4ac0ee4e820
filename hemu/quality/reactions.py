"""What follows from corrective actions: who answers for one hears of it; work that goes on when somebody leaves."""

from uuid import UUID

from hemu.duties.operations import Restart, hand_over, refit, restart, void_duties
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.operations import tell
from hemu.quality.operations import count_open, hand_over_left
from hemu.quality.queries import barred
from hemu.staffing.rules import Work


def _tell(entry: Entry) -> None:
    """Tell whoever answers for an action now, unless it is who gave it."""
    to = str(entry.facts["to"])
    if to != entry.actor:
        tell(
            staff=[UUID(to.removeprefix("staff:"))],
            topic="action.given",
            subject=entry.subject,
            key=f"action:{entry.id.hex}",
            now=entry.recorded_at,
        )


RESTARTS = {"corrective_action.reopened": Restart("corrective_action.opened")}
SAYS_WHEN = frozenset(
    {"corrective_action.opened", "corrective_action.extended", "corrective_action.reopened"}
)


def _restart(entry: Entry) -> None:
    """Start the clocks again: what was found in order has not brought what it should."""
    restart(entry, RESTARTS[entry.kind])


def _refit(entry: Entry) -> None:
    """Move the duty to the new deadline; that it was another stands in the book."""
    refit(entry, names=("to", "do_by"), said_by=SAYS_WHEN, restarts=RESTARTS)


def _hand_over(entry: Entry) -> None:
    hand_over(entry)


def _void(entry: Entry) -> None:
    void_duties(entry)


REACTIONS = (
    Reaction("corrective_action.opened", _tell),
    Reaction("corrective_action.assigned", _tell),
    Reaction("corrective_action.reopened", _tell),
    Reaction("corrective_action.reopened", _restart),
    Reaction("corrective_action.extended", _refit),
    Reaction("corrective_action.assigned", _hand_over),
    Reaction("corrective_action.voided", _void),
)
BARRED = {"corrective_action": barred}
WORK = (Work("actions", count_open, hand_over_left),)
