"""What follows from acts about papers: whose turn it is hears of it, and the drafter hears the outcome.

A room above that has something to add to a step of its papers declares a reaction to ``paper.approved`` or
``paper.issued`` and knows its papers by their subject.
"""

from datetime import datetime
from uuid import UUID

from hemu.infra.moments import office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell
from hemu.messaging.queries import barred_from
from hemu.papers.models import Document
from hemu.papers.queries import decisions_of, version_of, waiting_for
from hemu.papers.wording import MESSAGES


def _tell_deciders(entry: Entry) -> None:
    """Tell those whose turn it is, once for each turn."""
    document = _document(entry.subject)
    version = version_of(document)
    people = waiting_for(document, version, decisions_of(version), on=office_day(entry.recorded_at))
    _tell(entry, [key for key in people if key != entry.actor], "paper.to_decide", f"paper:{version.pk}:ask")


def _tell_drafter(entry: Entry) -> None:
    document = _document(entry.subject)
    _tell(entry, [f"staff:{document.drafted_by_id}"], entry.kind, f"paper:{entry.id.hex}")


def _tell(entry: Entry, keys: list[str], topic: str, key: str) -> None:
    tell(
        staff=[UUID(each.removeprefix("staff:")) for each in keys],
        topic=topic,
        subject=entry.subject,
        key=key,
        now=entry.recorded_at,
    )


def _document(subject: str) -> Document:
    rows = Document.objects.select_related("office", "community", "drafted_by")
    return rows.get(id=UUID(subject.partition(":")[2]))


def _barred(subject: str) -> set[UUID]:
    """Return whom the case of a slip names: they must not hear of the slip either."""
    case = Document.objects.filter(id=UUID(subject.partition(":")[2])).values_list("case_number", flat=True)
    return set().union(*(barred_from(f"request:{number}") for number in case if number))


def _compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    text = MESSAGES.get(row.topic)
    return (str(text), str(text)) if text else None


REACTIONS = (
    Reaction("paper.submitted", _tell_deciders),
    Reaction("paper.agreed", _tell_deciders),
    Reaction("paper.approved", _tell_drafter),
    Reaction("paper.refused", _tell_drafter),
)
TEXTS = {"paper": _compose}
BARRED = {"paper": _barred}
