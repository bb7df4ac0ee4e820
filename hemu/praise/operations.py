"""Passing praise on: an entry that names the person, and a message with the words."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.estate.queries import colleagues_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.messaging.operations import tell
from hemu.praise.models import Praise
from hemu.service_requests.models import Request


@operation
def pass_on_praise(*, number: str, staff_id: UUID, by: Actor, act: Act, words: str = "") -> Praise:
    """Tell a member of staff what an owner praised them for; telling the same person again changes nothing.

    Args:
        words: the owner's words; those of the case where none are given.

    Raises:
        RuleViolation: ``request.not_found``, ``access.denied``, ``praise.none_here``, ``praise.unknown_person``.
    """
    rows = Request.objects.select_for_update(of=("self",)).select_related("community__office")
    case = rows.filter(number=number).first()
    if case is None:
        raise RuleViolation("request.not_found", number=number)
    by.require("praise.pass_on", case.community.office_id)
    if case.type != "praise" or case.outcome in ("void", "withdrawn"):
        raise RuleViolation("praise.none_here")
    if str(staff_id) not in dict(colleagues_of(case.community, on=office_day(act.recorded_at))):
        raise RuleViolation("praise.unknown_person")
    if known := Praise.objects.filter(request=case, staff=staff_id).first():
        return known
    entry = append(
        book=case.community.book_id,
        kind="praise.passed_on",
        subject=case.subject,
        act=act,
        clause="RQ-12",
        facts={"to": f"staff:{staff_id}"},
        words={"text": words.strip() or case.text},
    )
    tell(
        staff=[staff_id],
        topic="praise.passed_on",
        subject=case.subject,
        key=f"praise:{entry.id.hex}",
        now=act.recorded_at,
        facts={"entry": str(entry.id)},
    )
    return Praise.objects.create(request=case, staff_id=staff_id, entry=entry.id, praised_at=case.happened_at)
