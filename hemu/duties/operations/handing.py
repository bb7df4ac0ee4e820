"""Handing on the duties that lie with one person who leaves: to another, or back to the post."""

from uuid import UUID

from django.db.models import QuerySet

from hemu.duties.models import Duty
from hemu.duties.operations.births import SUBJECT
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append


def _lying_with(staff: UUID) -> QuerySet[Duty]:
    """Return the open duties of periods that lie with a person; those of cases go with their case."""
    return Duty.objects.filter(staff=staff, state=Duty.State.OPEN, subject__startswith=f"{SUBJECT}:")


def open_duties_of(staff: UUID) -> int:
    """Return how many open duties of their own post lie with somebody."""
    return _lying_with(staff).count()


@operation
def hand_on(*, staff: UUID, to: UUID | None, act: Act, limit: int) -> int:
    """Hand at most ``limit`` duties of somebody on to another (none: back to the post); return how many went."""
    found = list(_lying_with(staff).select_for_update().order_by("id")[:limit])
    for duty in found:
        facts = {"clause": duty.clause, "duty": str(duty.id), "from": f"staff:{staff}"}
        append(
            book=duty.book_id,
            kind="duty.handed_on",
            subject=duty.subject,
            act=act,
            clause=duty.clause,
            facts=facts | ({"to": f"staff:{to}"} if to else {}),
        )
    Duty.objects.filter(id__in=[each.id for each in found]).update(staff=to)
    return len(found)
