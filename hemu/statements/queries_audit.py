"""Reading the audit windows: who may read which books when, what lies open, who looked, the month's record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from hemu.access.actors import Actor
from hemu.committee.models import Helper
from hemu.committee.queries import Item, Seat
from hemu.estate.models import Community, Person, Staff, Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.terms import in_force_or_undated
from hemu.ledger.catalogue import kinds
from hemu.ledger.entries import Audience
from hemu.ledger.models import Entry
from hemu.statements.models import AuditAsk, AuditBooks, Look, Voucher
from hemu.statements.rules import check_month, month_after, month_before, month_of
from hemu.statements.rules_audit import Window, bounds_of, window_at
from hemu.statements.wording import audit_item

OWNING = ("owner", "co_owner", "company")
LOOKS, LINES, WINDOWS = 100, 50, 12


def books_for(actor: Actor, community: UUID, month: str, permission: str = "statement.view") -> AuditBooks:
    """Return the window of a month as this person may see it; one of which nothing is kept yet is not saved.

    Raises:
        RuleViolation: ``audit.not_found``.
    """
    place = actor.communities(permission).filter(id=community).select_related("office").first()
    if place is None:
        raise RuleViolation("audit.not_found")
    rows = AuditBooks.objects.filter(community=place, month=check_month(month))
    found = rows.select_related("laid_by").first() or AuditBooks(month=month)
    found.community = place
    return found


def current_month(now: datetime) -> str:
    """Return the month of the window that is open or comes next."""
    month = month_of(office_day(now))
    return month_after(month) if window_at(month, now=now) is Window.OVER else month


def windows_of(community: Community, *, now: datetime) -> list[tuple[str, AuditBooks | None]]:
    """Return the windows from the one that is open or comes next backwards, newest first. One statement."""
    month = current_month(now)
    months = [month]
    while len(months) < WINDOWS:
        months.append(month_before(months[-1]))
    rows = AuditBooks.objects.filter(community=community, month__in=months).select_related("laid_by")
    rows = rows.annotate(looked=Count("looks"))
    found = {each.month: each for each in rows}
    return [(each, found.get(each)) for each in months]


def vouchers_of(books: AuditBooks) -> list[Voucher]:
    """Return what lies open: books first, then vouchers as they were put in."""
    return list(books.vouchers.order_by("kind", "id")) if books.pk else []


def voucher_with(books: AuditBooks, file: UUID) -> Voucher | None:
    """Return the voucher to which a file belongs; None where none of these does."""
    return next(
        (row for row in vouchers_of(books) if any(each["id"] == str(file) for each in row.files)), None
    )


def looks_of(books: AuditBooks) -> list[Look]:
    """Return who looked, the newest first, 100 at most."""
    return list(books.looks.select_related("voucher").order_by("-at", "-id")[:LOOKS]) if books.pk else []


def asks_of(books: AuditBooks) -> list[AuditAsk]:
    """Return the owners who asked to read, the first first."""
    return list(books.asks.select_related("decided_by").order_by("id")) if books.pk else []


def ask_for(actor: Actor, ask: UUID) -> AuditAsk:
    """Return an owner's request that this person may decide.

    Raises:
        RuleViolation: ``audit.ask_not_found``.
    """
    rows = AuditAsk.objects.filter(actor.within("audit.keep", "books__community"), id=ask)
    found = rows.select_related("books__community__office").first()
    if found is None:
        raise RuleViolation("audit.ask_not_found")
    return found


def owns_there(person: UUID, community: Community, *, now: datetime) -> bool:
    """Tell whether somebody owns a home there today."""
    today = office_day(now)
    rows = Tie.objects.filter(
        in_force_or_undated(today), person=person, kind__in=OWNING, home__community=community
    )
    return rows.exists()


def owners_with(phone: str, community: Community, *, today: date) -> Person | None:
    """Return the owner of a home there whose phone this is; None where there is none."""
    rows = Tie.objects.filter(
        in_force_or_undated(today), person__phones__number=phone, kind__in=OWNING, home__community=community
    )
    tie = rows.select_related("person").order_by("id").first()
    return tie.person if tie else None


# ── who reads ─────────────────────────────────────────────────


@dataclass(frozen=True)
class Reader:
    """Who reads from outside the company: a member by seat, or an owner who was let in.

    Attributes:
        key: how the read log names them.
    """

    key: str
    role: str


def readers_books(
    books: UUID, *, seats: Sequence[Seat], people: Collection[UUID], now: datetime
) -> tuple[AuditBooks, Reader]:
    """Return a window's books and as whom one reads them.

    Raises:
        RuleViolation: ``audit.not_found`` for who is neither a member there nor an owner who was let in and finds the
            window open; for a member ``audit.not_yet_open``, ``audit.over``, ``audit.not_laid``.
    """
    found = AuditBooks.objects.filter(id=books).select_related("community__office", "laid_by").first()
    ask = AuditAsk.objects.filter(books=books, person__in=people, granted=True).first()
    if found is None:
        raise RuleViolation("audit.not_found")
    stands = window_at(found.month, now=now)
    seat = next((each for each in seats if each.community.id == found.community_id), None)
    if seat is None:
        readable = stands is Window.OPEN and found.laid_at is not None
        if ask is None or not readable or not owns_there(ask.person, found.community, now=now):
            raise RuleViolation("audit.not_found")
        return found, Reader(f"owner:{ask.person}", "owner")
    if stands is not Window.OPEN:
        raise RuleViolation("audit.not_yet_open" if stands is Window.BEFORE else "audit.over")
    if not found.laid_at:
        raise RuleViolation("audit.not_laid")
    return found, Reader(seat.key, "member")


def names_of_readers(looks: Sequence[Look]) -> dict[str, str]:
    """Return the names of who looked, by key. Three statements at most."""

    def ids(prefix: str) -> set[UUID]:
        return {UUID(each.reader.partition(":")[2]) for each in looks if each.reader.startswith(prefix)}

    found: dict[str, str] = {}
    for prefix, model in (("staff:", Staff), ("owner:", Person), ("helper:", Helper)):
        if wanted := ids(prefix):
            rows = model.objects.filter(id__in=wanted).values_list("id", "name")
            found |= {f"{prefix}{key}": name for key, name in rows}
    return found


# ── the month's record ────────────────────────────────────────


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Return when a month begins, and the first moment after it."""

    def begins(text: str) -> datetime:
        year, number = map(int, text.split("-"))
        return datetime(year, number, 1, tzinfo=OFFICE_ZONE)

    return begins(month), begins(month_after(month))


def record_of(
    community: Community, month: str, *, after: int | None = None
) -> tuple[list[Entry], int | None]:
    """Return one page of what happened in a month by a community's book, as far as owners or the committee may read it.

    Without words, newest first; and the place after which the next page begins, None at the end.
    """
    since, until = month_bounds(month)
    seen = [name for name, kind in kinds().items() if kind.audience in (Audience.OWNER, Audience.COMMITTEE)]
    rows = Entry.objects.filter(book=community.book_id, kind__in=seen, at__gte=since, at__lt=until)
    if after is not None:
        rows = rows.filter(seq__lt=after)
    found = list(rows.order_by("-seq")[: LINES + 1])
    return found[:LINES], found[LINES - 1].seq if len(found) > LINES else None


# ── what the committee's desk shows ───────────────────────────


def audit(seat: Seat, *, now: datetime) -> list[Item]:
    """Return how the window that is open or comes next stands for a member. One statement."""
    month = current_month(now)
    books = AuditBooks.objects.filter(community=seat.community, month=month).first()
    opens, closes = bounds_of(month)
    return [audit_item(seat.community, month, books, opens=opens, closes=closes, now=now)]


def asked_by(people: Collection[UUID], months: Collection[str]) -> QuerySet[AuditAsk]:
    """Return what these people asked to read in the windows of some months."""
    rows = AuditAsk.objects.filter(person__in=people, books__month__in=months)
    return rows.select_related("books__community")
