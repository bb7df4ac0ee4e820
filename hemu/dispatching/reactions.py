"""What follows from cases that are sent and sorted: the pool is told, and a rule may send what was just sorted."""

from uuid import UUID

from hemu.dispatching.models import Absence
from hemu.dispatching.operations import dispatch_when_sorted
from hemu.dispatching.operations.handing import count_open, hand_over_left
from hemu.dispatching.queries import stand_ins
from hemu.duties.queries import office_of
from hemu.estate.models import Post
from hemu.estate.queries import on_duty
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.operations import tell
from hemu.staffing.rules import Work


def _tell_pool(entry: Entry) -> None:
    """Tell those of a department who are on duty, all of it where nobody is, that something waits to be taken."""
    department = entry.facts.get("department")
    office = office_of(entry.book_id)
    if not department or entry.facts.get("to") or office is None:
        return
    day = office_day(entry.recorded_at)
    posts = Post.objects.filter(in_force(day), department=department)
    members = set(posts.values_list("staff_id", flat=True))
    there = members & {staff.id for staff in on_duty(office, at=entry.recorded_at)}
    tell(
        staff=sorted(there or members),
        topic="request.pooled",
        subject=entry.subject,
        key=f"pooled:{entry.id.hex}",
        now=entry.recorded_at,
    )


def _there_again(entry: Entry) -> None:
    """Whoever comes back after leaving is no longer away for good."""
    staff = UUID(entry.subject.partition(":")[2])
    Absence.objects.filter(staff=staff, until__isnull=True).delete()


REACTIONS = (Reaction("request.dispatched", _tell_pool), Reaction("staff.returned", _there_again))
WORK = (Work("requests", count_open, hand_over_left),)
STAND_INS = (stand_ins,)
"""Who is away from an office on a day, and who stands in; duties ask it."""
FOLLOW_UPS = {"classify": dispatch_when_sorted}
