"""Reading calls, and what is known of each channel before it is checked."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hemu.access.actors import Actor
from hemu.contact_channels.models import Call
from hemu.contact_channels.rules import CHECK, CHECKED, IN_TIME, subject_of
from hemu.duties.models import Duty
from hemu.estate.models import Community, Office, Phone
from hemu.estate.queries import office_rules, staff_names
from hemu.foundation.due import Period, period_of
from hemu.infra.identity import first_id
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.queries import hidden_from

WEEK, MOMENT = timedelta(days=7), timedelta(seconds=1)
SHOWN = 50
TO_RETURN = 50


@dataclass(frozen=True)
class Figures:
    """The calls of some days: all, those taken, those taken within three rings, missed ones not called back."""

    calls: int
    answered: int
    in_time: int
    to_return: int


def calls_of(actor: Actor, permission: str = "call.view") -> QuerySet[Call]:
    """Return the calls to the offices at which a permission is held, none about a case that names this person."""
    held, hidden = actor.offices_with(permission), Request.objects.filter(hidden_from(actor.staff_id))
    rows = Call.objects.select_related("request", "staff", "office").exclude(request__in=hidden.values("pk"))
    return rows if held is None else rows.filter(office__in=held)


def figures_of(rows: QuerySet[Call], *, now: datetime) -> Figures:
    """Return the figures of the last seven days, and of what is to be called back from any day."""
    taken, quick = Q(answered=True), Q(answered=True, rings__lte=IN_TIME)
    week = rows.filter(called_at__gt=now - WEEK).aggregate(
        all=Count("id"), taken=Count("id", filter=taken), quick=Count("id", filter=quick)
    )
    return Figures(week["all"], week["taken"], week["quick"], to_return(rows).count())


def to_return(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Return the missed calls of which nobody was reached yet, the oldest first."""
    return rows.filter(answered=False, returned_at__isnull=True).order_by("called_at")


def latest(rows: QuerySet[Call]) -> list[Call]:
    """Return the newest calls, 50 at most."""
    return list(rows.order_by("-called_at")[:SHOWN])


def without_cause(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Return the calls taken of which nobody has said yet what they were about, the oldest first."""
    return rows.filter(answered=True, about="", request__isnull=True).order_by("called_at")


def explained_by(rows: Iterable[Call]) -> dict[UUID, tuple[str, datetime]]:
    """Return who said afterwards what a call was about, and when, by the call's id; two statements."""
    ids = {each.subject: each.id for each in rows}
    entries = list(Entry.objects.filter(subject__in=list(ids), kind="call.explained"))
    names = staff_names({UUID(each.actor[6:]) for each in entries})
    return {ids[each.subject]: (names.get(UUID(each.actor[6:]), ""), each.at) for each in entries}


def names_by_phone(phones: Iterable[str]) -> dict[str, str]:
    """Return whose a number is, by the roster; a number of several people names the first."""
    rows = Phone.objects.filter(number__in={each for each in phones if each}).order_by("-position", "-id")
    return dict(rows.values_list("number", "person__name"))


def month_of(office: Office, moment: datetime) -> Period:
    """Return the month of a moment at an office."""
    return period_of("month", moment, office_rules(office, on=moment).time)


def month_to_check(community: Community, *, now: datetime) -> Period:
    """Return the month whose check comes next: the last one while its duty is open, late as it is, else this one."""
    this = month_of(community.office, now)
    last = month_of(community.office, this.start - MOMENT)
    owed = Duty.objects.filter(key=f"{CHECK}:{community.book_id}:{last.key}", state=Duty.State.OPEN)
    return last if owed.exists() else this


def channel_facts(community: Community, month: Period) -> dict[str, tuple[int, int]]:
    """Return how many words came in by each channel in a month, and how many of them were answered late or are (RQ-06)."""
    rows = Request.objects.filter(
        community=community, id__gte=first_id(month.start), id__lt=first_id(month.end)
    ).values_list("number", "channel")
    channel = {f"request:{number}": channel for number, channel in rows}
    late = Duty.objects.filter(subject__in=list(channel), clause="RQ-06", late_at__isnull=False)
    came = Counter(channel.values())
    slow = Counter(channel[subject] for subject in late.values_list("subject", flat=True))
    return {each: (came[each], slow[each]) for each in CHECKED}


def checks_of(community: Community, period: str) -> list[Entry]:
    """Return the checks of a month, in the order of the book, with the words."""
    rows = Entry.objects.filter(subject=subject_of(community.id.hex, period), kind="channel.checked")
    return list(rows.select_related("words_row").order_by("seq"))
