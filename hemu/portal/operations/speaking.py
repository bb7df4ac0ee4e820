"""What owners do by themselves: write a new word, and join a neighbours' matter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import drafts_of
from hemu.estate.models import Community, Home
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.portal.models import OwnWord
from hemu.portal.queries import Owner, neighbours_case
from hemu.portal.rules import check_writing
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step


@operation
def write_word(
    *,
    owner: Owner,
    community: Community,
    home: UUID | None,
    place: str,
    name: str,
    text: str,
    now: datetime,
    files: Sequence[str] = (),
) -> Request:
    """Register what an owner writes: type not asked, channel web, the owner's own act (RQ-01).

    Args:
        community: one of the owner's; of somebody whom no roster knows any one.
        home: one of the owner's homes there; None for a public place.
        place: a public place, or the room as somebody unknown says it.
        name: how somebody unknown wants to be called.
        files: ids of this log-in's drafts.

    Raises:
        RuleViolation: ``portal.not_your_home``, ``portal.too_many_words``, and those of registering.
    """
    tie = next((tie for tie in owner.ties if tie.home_id == home), None) if home else None
    known = bool(owner.ties)
    if (home and tie is None) or (known and community.id not in owner.communities):
        raise RuleViolation("portal.not_your_home")
    written = OwnWord.objects.filter(phone=owner.phone, written_at__gt=now - timedelta(days=1)).count()
    check_writing(written=written, known=known)
    person = tie.person if tie else owner.person_in(community.id)
    act = _own(owner, person.id if person else None, now)
    handed_in = [row.id for row in drafts_of(owner.key(), files)] if files else []
    if handed_in:  # before it was said for whom
        KeptFile.objects.filter(id__in=handed_in).update(uploaded_by=act.actor)
    request = register_request(
        community=community,
        home=tie.home if tie else None,
        type="other",
        text=text,
        caller=Caller(person.id if person else None, person.name if person else name, owner.phone),
        act=act,
        channel="web",
        place=place,
        files=files,
    )
    OwnWord.objects.create(request=request, phone=owner.phone, written_at=now, homeless=not known)
    return request


@operation
def say_me_too(*, owner: Owner, number: str, now: datetime) -> Request:
    """Count the owner's home among those that a public matter troubles; once for each home (RQ-16).

    Raises:
        RuleViolation: ``request.not_found``, ``second.already``, ``step.not_allowed``.
    """
    case = neighbours_case(owner, number, now=now)
    home = _home_for(owner, case)
    tie = next(tie for tie in owner.ties if tie.home_id == home.id)
    return take_step(
        number=case.number,
        step="second",
        act=_own(owner, tie.person_id, now),
        by=None,
        values={"home": home.written, "person": str(tie.person_id)},
    )


def _home_for(owner: Owner, case: Request) -> Home:
    """Return the owner's home that speaks: in the building the matter is in, else the first in the community."""
    homes = [tie.home for tie in owner.ties if tie.home.community_id == case.community_id]
    building = case.home.building if case.home else ""
    return next((home for home in homes if home.building == building), homes[0])


def _own(owner: Owner, person: UUID | None, now: datetime) -> Act:
    return Act(owner.key(person), at=now, recorded_at=now, proof=Proof.OWN)
