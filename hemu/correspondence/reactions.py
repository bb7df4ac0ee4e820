"""What follows from entries about the committee's papers and inquiries: what is owed moves, ends, or starts again; who is
told. The papers' own steps are those of room `papers`."""

from datetime import datetime
from uuid import UUID

from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.rules import APPLICATION, NOTIFICATION
from hemu.correspondence.wording import MESSAGES
from hemu.duties.operations import Restart, refit, restart, void_duties
from hemu.duties.queries import office_of
from hemu.estate.queries import holders
from hemu.filing.operations import file_with_committee
from hemu.infra.moments import office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell
from hemu.papers.rules_documents import PaperKind

PAPER_KINDS = tuple(
    PaperKind(code, sign, file_class="committee", clause="OC-11")
    for code, sign in ((APPLICATION, "业申"), (NOTIFICATION, "业通"))
)
AGAIN = Restart("committee.inquiry.received")
"""An answer that was none is owed again, with a clock of its own."""
TOLD = {
    "committee.inquiry.received": ("office_director", "public_affairs"),
    "committee.inquiry.reopened": ("office_director", "public_affairs"),
    "committee.inquiry.escalated": ("general_manager", "company_leader"),
    "committee.paper.answered": ("office_director", "public_affairs"),
}
RECEIPT = "committee.paper.receipted"
FILED = {"committee.inquiry.answered": "答复", "committee.paper.answered": "答复", RECEIPT: "送达回执"}
"""With which acts something goes to the file, and what it is called there."""


def _refit(entry: Entry) -> None:
    said_by = ("committee.application.planned", "committee.application.moved")
    refit(entry, names=("planned_at",), said_by=said_by, restarts={})


def _void(entry: Entry) -> None:
    void_duties(entry)


def _restart(entry: Entry) -> None:
    restart(entry, AGAIN)


def _tell(entry: Entry) -> None:
    """Tell who is to act, apart from who acted."""
    office = office_of(entry.book_id)
    if office is None:
        return
    on = office_day(entry.recorded_at)
    people = {person for role in TOLD[entry.kind] for person in holders(role, office, on=on)}
    people.discard(UUID(entry.actor[6:]) if entry.actor.startswith("staff:") else UUID(int=0))
    tell(
        staff=sorted(people),
        topic=f"correspondence.{entry.kind.rpartition('.')[2]}",
        subject=entry.subject,
        key=f"correspondence:{entry.id.hex}",
        now=entry.recorded_at,
    )


def _file(entry: Entry) -> None:
    """File what was answered and each signed receipt (OC-11, OC-14); without a file only an answer is kept for itself."""
    sort, _colon, ident = entry.subject.partition(":")
    if sort == "committee_inquiry":
        inquiry = Inquiry.objects.select_related("community__office").get(id=UUID(ident))
        community, number, title = inquiry.community, inquiry.number, f"业主委员会来件 {inquiry.number}"
    else:
        letter = Letter.objects.select_related("community__office", "document").get(document=UUID(ident))
        community, number, title = letter.community, letter.document.number, letter.document.title
    file_with_committee(
        entry=entry,
        community=community,
        title=f"{title}　{FILED[entry.kind]}",
        paper_number=number,
        without_files=entry.kind != RECEIPT,
    )


def _compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    text = MESSAGES.get(row.topic)
    return (str(text), str(text)) if text else None


REACTIONS = (
    Reaction("committee.application.moved", _refit),
    Reaction("committee.paper.dropped", _void),
    Reaction("committee.inquiry.reopened", _restart),
    *(Reaction(kind, _file) for kind in FILED),
    *(Reaction(kind, _tell) for kind in TOLD),
)
TEXTS = {"correspondence": _compose}
