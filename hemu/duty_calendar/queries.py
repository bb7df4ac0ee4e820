"""What is due on which day: for a person, a community, an office; and what a secret address opens."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, Count, F, Func, Q
from django.db.models.lookups import IsNull

from hemu.access.actors import Actor, actor_of
from hemu.access.models import Account
from hemu.access.queries_kept import kept_from
from hemu.duties.models import Duty
from hemu.duties.queries_owing import stood_in_for
from hemu.duty_calendar.models import Feed
from hemu.duty_calendar.rules import Due
from hemu.duty_wall.queries_counting import begins
from hemu.duty_wall.rules import month_after
from hemu.estate.models import Community, Company, Office
from hemu.foundation.due import is_late
from hemu.infra.indexes import Unsought
from hemu.infra.moments import office_day
from hemu.sop.register import load_register

BACK, AHEAD, MOST = timedelta(days=30), timedelta(days=60), 1_000
"""A feed holds what is open from so long ago to so far ahead, at most a thousand."""


class OfficeDay(Func):
    """The day of a moment at the offices, as text; one function of the database, not one of Python for each row."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the expression for SQLite."""
        return self.as_sql(compiler, connection, template="date(%(expressions)s, '+8 hours')", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the expression for PostgreSQL."""
        day = "to_char(%(expressions)s AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')"
        return self.as_sql(compiler, connection, template=day, **context)


@dataclass(frozen=True)
class OnDay:
    """So many duties of one clause on one day that stand alike; ``book`` where they are of one book."""

    day: date
    clause: str
    state: str
    count: int
    book: str = ""


def hidden_from(actor: Actor) -> set[str]:
    """Return the subjects kept from somebody whom they name, wherever duties are listed."""
    return kept_from(actor.staff_id)


def owed_by(
    actor: Actor, *, until: datetime, since: datetime | None = None, most: int, on: date | None = None
) -> list[Duty]:
    """Return the open duties that lie with a person, or with a post held and nobody named, due by ``until``.

    Those due first come first, at most ``most``.

    Args:
        on: also what they owe on this day because they stand in for others.
    """
    if not actor.may("duty.view"):
        return []
    rows = Duty.objects.filter(state=Duty.State.OPEN, due_at__lte=until)
    if since is not None:
        rows = rows.filter(due_at__gte=since)
    nobody_named = IsNull(Unsought(F("staff_id")), True)  # nearly all are
    mine = [rows.filter(staff=actor.staff_id), rows.filter(actor.by_post(), nobody_named)]
    if on is not None and (others := stood_in_for(actor, on=on)) is not None:
        mine.append(rows.filter(others))
    both = [each for some in mine for each in some.select_related("staff").order_by("due_at", "id")[:most]]
    once = {each.id: each for each in both}.values()
    return sorted(once, key=lambda each: (each.due_at or each.start_at, each.id))[:most]


def month_of_person(actor: Actor, month: date, *, now: datetime) -> list[OnDay]:
    """Return what somebody still owes in a month, by day and clause."""
    until = begins(month_after(month)) - timedelta(seconds=1)
    hidden, found = hidden_from(actor), owed_by(actor, since=begins(month), until=until, most=MOST)
    counts: dict[tuple[date, str, str, str], int] = {}
    for each in found:
        if each.due_at is None or each.subject in hidden:
            continue
        state = "late" if is_late(now, each.due_at) else "open"
        key = (office_day(each.due_at), each.clause, state, each.book_id)
        counts[key] = counts.get(key, 0) + 1
    return [OnDay(day, clause, state, count, book) for (day, clause, state, book), count in counts.items()]


def month_of_books(
    books: Collection[str], month: date, *, now: datetime, hidden: Collection[str] = ()
) -> list[OnDay]:
    """Return the duties of some books that are due in a month, by day and clause, the fulfilled ones too.

    Args:
        hidden: subjects kept from who asks; their duties are not counted.
    """
    rows = Duty.objects.filter(
        book__in=books, due_at__gte=begins(month), due_at__lt=begins(month_after(month))
    ).exclude(Q(state=Duty.State.VOID) | Q(subject__in=hidden))
    past = Q(state=Duty.State.OPEN, due_at__lte=now - timedelta(seconds=1))
    counts = {
        "late": Count("id", filter=past),
        "open": Count("id", filter=Q(state=Duty.State.OPEN) & ~past),
        "fulfilled_late": Count("id", filter=Q(state=Duty.State.FULFILLED, late_at__isnull=False)),
        "fulfilled": Count("id", filter=Q(state=Duty.State.FULFILLED, late_at__isnull=True)),
    }
    book = next(iter(books)) if len(books) == 1 else ""
    found = rows.annotate(day=OfficeDay("due_at")).values_list("day", "clause").annotate(
        **{f"n_{name}": count for name, count in counts.items()}
    )  # fmt: skip
    return [
        OnDay(date.fromisoformat(day), clause, state, count, book)
        for day, clause, *numbers in found
        for state, count in zip(counts, numbers, strict=True)
        if count
    ]


def feeds_of(actor: Actor) -> list[Feed]:
    """Return the addresses that somebody has in use, the newest first."""
    rows = Feed.objects.filter(staff=actor.staff_id, revoked_at__isnull=True).select_related("office")
    return list(rows.order_by("-made_at", "-id"))


def digest_of(secret: str) -> str:
    """Return what is kept of an address's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fetched(secret: str, *, now: datetime) -> tuple[str, list[Due]] | None:
    """Return the name and the duties of the calendar that a secret opens.

    None for a secret that nobody has, that was revoked, or whose maker has no log-in or may see no duties there any
    more: all of these answer alike.
    """
    feed = (
        Feed.objects.filter(digest=digest_of(secret), revoked_at__isnull=True)
        .select_related("office")
        .first()
    )
    accounts = Account.objects.select_related("staff").filter(is_active=True)
    account = accounts.filter(staff=feed.staff_id).first() if feed else None
    if feed is None or account is None:
        return None
    actor = actor_of(account, today=office_day(now))
    if not actor.may("duty.view", feed.office_id):
        return None
    hidden = hidden_from(actor)
    if feed.office is None:
        found = owed_by(actor, since=now - BACK, until=now + AHEAD, most=MOST)
    else:
        rows = Duty.objects.filter(office=feed.office, state=Duty.State.OPEN)
        found = list(
            rows.filter(due_at__gte=now - BACK, due_at__lte=now + AHEAD).order_by("due_at", "id")[:MOST]
        )
    return feed.office.name if feed.office else "", dues_of(
        [each for each in found if each.subject not in hidden]
    )


def dues_of(duties: Collection[Duty]) -> list[Due]:
    """Return duties as a calendar shows them: the words of the clause, the place, when; nothing of a case or person."""
    places, known = _places({each.book_id for each in duties}), load_register().clauses
    return [
        Due(
            uid=str(each.id),
            clause=each.clause,
            title=known[each.clause].title if each.clause in known else "",
            place=places.get(each.book_id, ""),
            due=each.due_at,
        )
        for each in duties
        if each.due_at is not None
    ]


def _places(books: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for model in (Company, Office, Community):
        found |= dict(model._default_manager.filter(book__in=books).values_list("book_id", "name"))
    return found
