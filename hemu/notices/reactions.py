"""What follows from entries about planned works: what is owed beforehand moves with them and is void without them."""

from hemu.duties.operations import refit, void_duties
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry


def _refit(entry: Entry) -> None:
    refit(entry, names=("planned_at",), said_by=("operation.planned", "operation.moved"), restarts={})


def _void(entry: Entry) -> None:
    void_duties(entry)


REACTIONS = (Reaction("operation.moved", _refit), Reaction("operation.called_off", _void))
