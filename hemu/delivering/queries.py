"""Reading how a notice reaches its homes: what is about to happen, what did, whom nothing reached."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet

from hemu.delivering.models import Agreement, Delivery, Dropped, Told
from hemu.estate.models import Home, Office, Staff
from hemu.infra.moments import iso_local, office_day, parse_moment
from hemu.ledger.models import Entry
from hemu.messaging.queries import message_behind
from hemu.messaging.rules import GONE, UNSETTLED, State
from hemu.notices.models import Notice, NoticeRead
from hemu.notices.queries_notices import homes_for, ties_of
from hemu.papers.queries import people_of
from hemu.papers.queries_checks import code_typed

UNDERWAY = (State.WAITING, State.SENDING)
MOST_LEFT = 2_000
DIRECTOR = "office_director"


@dataclass(frozen=True)
class Figures:
    """How a notice reached its homes so far. A home counts under each way that reached it, and once in ``reached``.

    Attributes:
        homes: that it is for.
        reached: somebody read it, a message went out to it, or a slip lies in its letter box.
        read: somebody of it opened the notice.
        delivered, sent: by message; delivered as the gateway told, sent as far as it took it.
        underway: messages wait or are being sent.
        failed: a message to it did not surely arrive.
        dropped: a slip lies in its letter box.
        left: nothing reached it and nothing is underway.
    """

    homes: int
    reached: int
    read: int
    delivered: int
    sent: int
    underway: int
    failed: int
    dropped: int
    left: int


def figures_of(notice: Notice, *, on: date) -> Figures:
    """Return how a notice reached its homes so far. Statements: six, however many homes."""
    homes = homes_for(notice.community, notice.audience, on=on)
    told = Told.objects.filter(notice=notice).aggregate(
        **{
            name: Count("home", distinct=True, filter=Q(message__state__in=states))
            for name, states in (
                ("delivered", (State.DELIVERED,)),
                ("sent", GONE),
                ("underway", UNDERWAY),
                ("failed", UNSETTLED),
            )
        }
    )
    counts = {name: int(count) for name, count in told.items()}
    return Figures(
        homes=homes.count(),
        reached=homes.filter(_reached(notice)).count(),
        read=NoticeRead.objects.filter(notice=notice).count(),
        dropped=Dropped.objects.filter(notice=notice).count(),
        left=homes_left(notice, on=on).count(),
        **counts,
    )


def _reached(notice: Notice) -> Q:
    """Return the condition of a home that something reached: each list is read once, not asked of for each home."""
    return (
        Q(id__in=NoticeRead.objects.filter(notice=notice).values("home"))
        | Q(id__in=Dropped.objects.filter(notice=notice).values("home"))
        | Q(id__in=_homes_told(notice, GONE))
    )


def _homes_told(notice: Notice, states: Collection[str]) -> QuerySet[Any, Any]:
    """Return the ids of the homes to which some message is in one of the states.

    The state is asked in the group: as a plain condition PostgreSQL, not knowing yet how many messages have just been
    laid ready, looks for each of them through all that wait.
    """
    counted = Count("message", filter=Q(message__state__in=states))
    rows = Told.objects.filter(notice=notice).values("home").annotate(counted=counted)
    return rows.filter(counted__gt=0).values("home")


def homes_left(notice: Notice, *, on: date) -> QuerySet[Home]:
    """Return the homes of a notice that nothing has reached and to which nothing is underway."""
    homes = homes_for(notice.community, notice.audience, on=on)
    return homes.exclude(_reached(notice)).exclude(id__in=_homes_told(notice, UNDERWAY))


def letter_boxes(notice: Notice, *, on: date) -> list[tuple[Home, bool]]:
    """Return the homes left, as one walks by them, each with whether a message failed; 2,000 at most."""
    failed = set(_homes_told(notice, UNSETTLED).values_list("home", flat=True))
    rows = homes_left(notice, on=on).order_by("building", "unit", "floor", "room", "id")[:MOST_LEFT]
    return sorted(((each, each.id in failed) for each in rows), key=lambda pair: _walked(pair[0]))


def _walked(home: Home) -> tuple[tuple[int, str], ...]:
    return tuple((len(each), each) for each in (home.building, home.unit, home.room))


def agreed_homes(notice: Notice, *, on: date) -> QuerySet[Home]:
    """Return the homes of a notice in which somebody agreed to messages about events."""
    agreed = ties_of(notice.audience, on).filter(person__agreement__isnull=False)
    return homes_for(notice.community, notice.audience, on=on).filter(Exists(agreed))


# ── by a code, by the link of a message ──────────────────────────────────────


def notice_by_code(code: str) -> Notice | None:
    """Return the published notice whose sheet or slip bears a code, however it was typed; None where none does."""
    rows = Notice.objects.select_related("document", "community__office")
    typed = code_typed(code)
    return rows.filter(document__code=typed, published_at__isnull=False).first() if typed else None


def told_by(token: str) -> tuple[list[Notice], dict[UUID, list[Home]]]:
    """Return the notices that the message of a link speaks of, newest first, with the homes that each was for."""
    message = message_behind(token)
    rows = Told.objects.filter(message=message) if message else Told.objects.none()
    rows = rows.select_related("notice__document", "notice__community__office", "home")
    homes: dict[UUID, list[Home]] = {}
    notices = {}
    for each in rows.order_by("-notice_id", "home_id"):
        notices[each.notice_id] = each.notice
        homes.setdefault(each.notice_id, []).append(each.home)
    return list(notices.values()), homes


def wants_events(people: Iterable[UUID]) -> bool:
    """Tell whether somebody agreed to messages about events."""
    return Agreement.objects.filter(person__in=list(people)).exists()


def consenters(office: Office, *, now: datetime) -> dict[str, str]:
    """Return who may consent to an emergency broadcast, key → name: the directors, where there is none those above."""
    here, above = people_of(office, [DIRECTOR], on=office_day(now))
    return here[DIRECTOR] or above


def consent_of(notice: Notice) -> dict[str, Any] | None:
    """Return by whose word an emergency notice went out before its paper was approved; None for any other."""
    entry = Entry.objects.filter(subject=notice.subject, kind="notice.consented").order_by("seq").first()
    if entry is None or entry.facts["paper"] != str(notice.document_id):
        return None
    people = {each.key: each.name for each in Staff.objects.filter(id__in=_ids(entry))}
    return {
        "who": people.get(entry.facts["consented_by"], ""),
        "heard_by": people.get(entry.actor, ""),
        "at": parse_moment(entry.facts["consented_at"]),
    }


def _ids(entry: Entry) -> list[UUID]:
    keys = (entry.actor, entry.facts["consented_by"])
    return [UUID(each.removeprefix("staff:")) for each in keys if each.startswith("staff:")]


def plain(notice: Notice, *, on: date) -> dict[str, Any]:
    """Return how a notice reached its homes, as commands print it."""
    figures = figures_of(notice, on=on)
    delivery = Delivery.objects.filter(notice=notice).first()
    return {
        "id": str(notice.document_id),
        "number": notice.document.number or None,
        "title": notice.document.title,
        "published_at": iso_local(notice.published_at),
        "send_at": iso_local(delivery.send_at) if delivery else None,
        "laid_ready": bool(delivery and delivery.finished_at),
        **asdict(figures),
    }
