"""Members hear that something new waits on their page: once a half-day, whatever came, and of nothing that it says."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from hemu.committee.models import Member
from hemu.committee.queries import in_term, members_of
from hemu.committee_desk.wording import NEWS_LINK, NEWS_TEXT, NEWS_TITLE
from hemu.correspondence.models import Letter
from hemu.duties.rules import next_bundle_at
from hemu.estate.models import Community, Phone
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.ledger.entries import Reaction
from hemu.ledger.models import Entry
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell_owner
from hemu.messaging.rules import Channel, out_of_quiet
from hemu.portal.rules import mobile_of

ISSUED = "paper.issued"
NEWS = (
    ISSUED,
    "committee.inquiry.answered",
    "committee.finance_statement.delivered",
    "committee.publication.delivered",
    "committee.minutes.published",
)
"""With which acts something new lies before the members."""


def _tell(entry: Entry) -> None:
    """Tell each member who sits and has a mobile number, at the office's next opening outside the quiet hours."""
    community = _community_of(entry) if Channel.SMS in ready_channels() else None
    if community is None:
        return
    rules = office_rules(community.office, on=entry.recorded_at)
    opening = next_bundle_at(entry.recorded_at, time=rules.time)
    at = out_of_quiet(opening, quiet=str(rules.settings.hours["quiet"]), zone=OFFICE_ZONE)
    members = members_of(community, on=office_day(entry.recorded_at))
    numbers = _mobiles([each.person_id for each in members])
    for member in members:
        if number := numbers.get(member.person_id):
            tell_owner(
                channel=Channel.SMS,
                address=number,
                topic="committee_desk.news",
                subject=member.subject,
                key=f"committee_news:{member.id.hex}:{int(at.timestamp()):x}",
                now=entry.recorded_at,
                not_before=at,
                facts={"member": str(member.id)},
            )


def _community_of(entry: Entry) -> Community | None:
    rows = Community.objects.select_related("office")
    if entry.kind != ISSUED:
        return rows.filter(book=entry.book_id).first()
    letters = Letter.objects.filter(document=UUID(entry.subject.partition(":")[2]))
    return rows.filter(id__in=letters.values("community")).first()


def _mobiles(people: list[UUID]) -> dict[UUID, str]:
    """Return the first mobile number of each person who has one."""
    found: dict[UUID, str] = {}
    rows = Phone.objects.filter(person__in=people).order_by("position", "id")
    for person, number in rows.values_list("person", "number"):
        try:
            found.setdefault(person, mobile_of(number))
        except RuleViolation:
            continue
    return found


def _compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    """Return the words; None for who sits no more."""
    sitting = Member.objects.filter(in_term(office_day(now)), id=UUID(row.facts["member"]))
    member = sitting.select_related("community__office").first()
    if member is None:
        return None
    text = str(NEWS_TEXT) % {"office": member.community.office.name}
    link = f"{settings.PUBLIC_URL}{reverse('my_committee')}" if settings.PUBLIC_URL else ""
    return str(NEWS_TITLE), text + (str(NEWS_LINK) % {"link": link} if link else "")


REACTIONS = tuple(Reaction(kind, _tell) for kind in NEWS)
TEXTS = {"committee_desk": _compose}
