"""What goes to the file by itself: each kind of entry with which a piece of work ends (`queries_sources.SOURCES`)."""

from datetime import datetime

from hemu.filing.operations import file_item
from hemu.filing.queries_sources import SOURCES
from hemu.filing.wording import MESSAGES
from hemu.ledger.entries import Proof, Reaction
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.messaging.models import Outgoing


def _file(entry: Entry) -> None:
    what = SOURCES[entry.kind](entry)
    if what is not None:
        act = Act(entry.actor, entry.at, entry.recorded_at, Proof(entry.proof))
        file_item(what=what, subject=entry.subject, act=act, about=entry)


def _compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    text = MESSAGES.get(row.topic)
    return (str(text), str(text)) if text else None


REACTIONS = tuple(Reaction(kind, _file) for kind in SOURCES)
TEXTS = {"archive": _compose}
