"""What this room has to say on a member's first page: to answer, received."""

from datetime import datetime

from django.urls import reverse

from hemu.committee.queries import Item, Seat
from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.queries_inquiries import inquiries_at_rest
from hemu.correspondence.queries_papers import papers_taken, papers_waiting
from hemu.correspondence.web.my_papers import status_for_members
from hemu.correspondence.wording import INQUIRY_SORTS, INQUIRY_STATES, SORTS


def to_answer(seat: Seat, *, now: datetime) -> list[Item]:
    """Return the papers that nobody of the committee took or answered, and the answers it has said nothing of. Two statements."""
    found = [_paper(letter) for letter in papers_waiting(seat)]
    return [*found, *(_inquiry(each) for each in inquiries_at_rest(seat))]


def received(seat: Seat, *, now: datetime) -> list[Item]:
    """Return the papers that the committee took and owes no answer to. One statement."""
    return [_paper(each) for each in papers_taken(seat)]


def _paper(letter: Letter) -> Item:
    return Item(
        kind=str(SORTS[letter.sort]),
        title=letter.document.title,
        url=reverse("my_committee_paper", args=[letter.document_id]),
        at=letter.delivered_at or letter.document.seal_use.at,
        state=str(status_for_members(letter).word),
    )


def _inquiry(inquiry: Inquiry) -> Item:
    return Item(
        kind=str(INQUIRY_SORTS[inquiry.sort]),
        title=inquiry.text[:60],
        url=reverse("my_committee_inquiry", args=[inquiry.id]),
        at=inquiry.received_at,
        state=str(INQUIRY_STATES[inquiry.state].word),
    )
