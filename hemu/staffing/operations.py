"""People in and out of posts: taking in, giving and ending posts, leaving and staying after all.

Every change is an entry. Nobody changes their own posts, nobody decides beyond their offices, and no office loses
the last person who looks after its staff.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Beat, Company, Department, Office, Post, Shift, Staff
from hemu.estate.operations import employ, initials_of, open_department
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.sign_in.operations_codes import shut_out
from hemu.staffing.models import Leaving
from hemu.staffing.queries import (
    keepers_left,
    kept_offices,
    leaving_of,
    offices_of,
    open_posts,
    propose_login,
)
from hemu.staffing.rules import Authority

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewPost:
    """A post to be given: where, from when, until when; what it looks after (community → buildings)."""

    role: str
    office: Office | None
    since: date
    until: date | None = None
    department: str = ""
    trade: str = ""
    beats: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    by_sheet: bool = False


@operation
def take_in(
    *, name: str, phone: str, login: str, posts: list[NewPost], by: Authority, act: Act, number: str = ""
) -> Staff:
    """Enter somebody with a log-in that a code opens the first time, and their posts.

    Args:
        login: empty: the pinyin of the name, made unique.

    Raises:
        RuleViolation: ``staff.no_name``, ``staff.no_post``, ``staff.login_taken`` (login; not whose: perhaps of another office), and as ``give``.
    """
    if not name.strip():
        raise RuleViolation("staff.no_name")
    if not posts:
        raise RuleViolation("staff.no_post")
    by.require(post.office.id if post.office else None for post in posts)
    login = login.strip().lower() or free_login(name)
    if Account.objects.filter(login=login).exists():
        raise RuleViolation("staff.login_taken", login=login)
    staff = employ(name=name.strip(), now=act.recorded_at)
    Staff.objects.filter(id=staff.id).update(phone=phone, number=number)
    open_account(staff, login)
    append(book=book_of_posts(posts), kind="staff.joined", subject=staff.key, act=act)
    for post in posts:
        give(staff, post, act)
    return staff


def free_login(name: str) -> str:
    """Return the pinyin of a name, with a number where somebody has it already."""
    stem = propose_login(name) or "staff"
    taken = set(Account.objects.filter(login__startswith=stem).values_list("login", flat=True))
    tries = [stem, *(f"{stem}{number}" for number in range(2, len(taken) + 3))]
    return next(login for login in tries if login not in taken)


def open_account(staff: Staff, login: str) -> Account:
    """Make a log-in without a password: a code of entry lets its holder choose one."""
    account = Account(login=login, staff=staff)
    account.set_unusable_password()
    account.save(force_insert=True)
    return account


def book_of_posts(posts: Iterable[NewPost]) -> str:
    """Return the book of the first office among posts, else the company's."""
    office = next((post.office for post in posts if post.office), None)
    return book_at(office)


def book_at(office: Office | None) -> str:
    """Return the book of an office; None: the company's."""
    return office.book_id if office else Company.objects.values_list("book_id", flat=True).get()


@operation
def give_posts(*, staff: Staff, posts: list[NewPost], by: Authority, act: Act) -> None:
    """Give somebody more posts.

    Raises:
        RuleViolation: ``staff.own_posts``, ``staff.not_yours``, ``staff.has_left``, and as ``give``.
    """
    by.require((post.office.id if post.office else None for post in posts), of=staff.id)
    if staff.left_on is not None:
        raise RuleViolation("staff.has_left")
    for post in posts:
        give(staff, post, act)


def give(staff: Staff, post: NewPost, act: Act) -> Post:
    """Give one post, in the caller's transaction.

    Raises:
        RuleViolation: ``staff.post_unknown`` (text), ``staff.ends_before_it_begins``, ``staff.post_held``.
    """
    if post.role not in PERMISSIONS_OF:
        raise RuleViolation("staff.post_unknown", text=post.role)
    if post.until and post.until < post.since:
        raise RuleViolation("staff.ends_before_it_begins")
    held = open_posts(max(post.since, office_day(act.recorded_at))).filter(
        staff=staff, role=post.role, office=post.office
    )
    if post.until:
        held = held.filter(since__lte=post.until)
    if held.exists():
        raise RuleViolation("staff.post_held")
    row = Post.objects.create(
        staff=staff, role=post.role, office=post.office, department=department_of(post, act.recorded_at),
        since=post.since, until=post.until, by_sheet=post.by_sheet,
    )  # fmt: skip
    set_beats(row, post.beats)
    append(book=book_at(post.office), kind="post.given", subject=staff.key, act=act, facts=facts_of(row))
    return row


def department_of(post: NewPost, now: datetime) -> Department | None:
    """Return the department of a post: as named, opened on first use; else the one that carries its trade."""
    if post.office is None:
        return None
    if post.department:
        return open_department(office=post.office, name=post.department[:60], trade=post.trade, now=now)
    if not post.trade:
        return None
    return Department.objects.filter(office=post.office, trade=post.trade).order_by("id").first()


def set_beats(post: Post, beats: Mapping[UUID, tuple[str, ...]]) -> None:
    """Let the holder of a post look after these communities, or buildings of them, and no others."""
    Beat.objects.filter(post=post).delete()
    Beat.objects.bulk_create(
        Beat(post=post, community_id=community, buildings=list(buildings))
        for community, buildings in beats.items()
    )


def facts_of(post: Post) -> dict[str, str | None]:
    """Return a post's facts for the book."""
    return {
        "role": post.role,
        "office": str(post.office_id) if post.office_id else None,
        "department": str(post.department_id) if post.department_id else None,
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else None,
    }


@operation
def end_post(*, post: Post, until: date, by: Authority, act: Act) -> None:
    """Let a post end with a day, inclusive; yesterday ends it at once.

    Raises:
        RuleViolation: ``staff.own_posts``, ``staff.not_yours``, ``staff.last_director`` (office).
    """
    by.require([post.office_id], of=post.staff_id)
    if post.role in PERMISSIONS_OF and "staff.change" in PERMISSIONS_OF[post.role]:
        require_keeper(post.office, without=post.staff_id, on=until + ONE_DAY, now=act.recorded_at)
    ended(post, until, act)


def ended(post: Post, until: date, act: Act) -> None:
    """End one post, in the caller's transaction."""
    post.until = until
    post.save(update_fields=["until"])
    facts = {
        "role": post.role,
        "office": str(post.office_id) if post.office_id else None,
        "until": until.isoformat(),
    }
    append(book=book_at(post.office), kind="post.ended", subject=post.staff.key, act=act, facts=facts)


def require_keeper(office: Office | None, *, without: UUID, on: date, now: datetime) -> None:
    """Refuse what would leave an office (None: the company) without anybody who looks after its staff.

    Where nobody did before, nothing is lost.

    Raises:
        RuleViolation: ``staff.last_director`` (office).
    """
    at = office.id if office else None
    day = max(on, office_day(now))
    if not keepers_left(at, without=[without], on=day) and keepers_left(at, on=office_day(now)):
        raise RuleViolation("staff.last_director", office=office.name if office else "")


@operation
def change_person(*, staff: Staff, name: str, phone: str, by: Authority, act: Act) -> None:
    """Mend a name or a phone.

    Raises:
        RuleViolation: ``staff.no_name``, ``staff.not_yours``.
    """
    by.require(offices_of(staff, today=office_day(act.recorded_at)))
    if not name.strip():
        raise RuleViolation("staff.no_name")
    before = {"name": staff.name, "phone": staff.phone}
    after = {"name": name.strip()[:60], "phone": phone}
    what = [key for key in before if before[key] != after[key]]
    if not what:
        return
    Staff.objects.filter(id=staff.id).update(**after, initials=initials_of(after["name"]))
    append(
        book=book_of_staff(staff, act.recorded_at),
        kind="staff.changed",
        subject=staff.key,
        act=act,
        facts={"what": ",".join(what)},
        words={
            f"{key}_{side}": value[key]
            for key in what
            for side, value in (("before", before), ("after", after))
        },
    )


def book_of_staff(staff: Staff, now: datetime) -> str:
    """Return the book of the first office at which somebody holds or held a post, else the company's."""
    post = (
        Post.objects.filter(staff=staff, office__isnull=False)
        .select_related("office")
        .order_by("-id")
        .first()
    )
    return book_at(post.office if post else None)


# ── leaving ──────────────────────────────────────────────────────────────────


@operation
def leave(*, staff: Staff, on: date, to: Staff | None, reason: str, by: Authority, act: Act) -> Leaving:
    """Let somebody go from a day on: their posts end the day before, and on that day their ways in.

    A day that has come takes effect at once; the open work is handed over afterwards, by ``hand_over``.

    Args:
        to: who takes the open work; None: it goes back to whoever distributes it.

    Raises:
        RuleViolation: ``staff.own_posts``, ``staff.not_yours``, ``staff.has_left``, ``staff.last_director``,
            ``staff.takes_over_oneself``, ``staff.successor_left``.
    """
    today = office_day(act.recorded_at)
    by.require(offices_of(staff, today=today), of=staff.id)
    staff = Staff.objects.select_for_update().get(id=staff.id)
    if staff.left_on is not None:
        raise RuleViolation("staff.has_left")
    _check_successor(staff, to, max(on, today))
    for office in kept_offices(staff, today=today):
        at = Office.objects.filter(id=office).first() if office else None
        require_keeper(at, without=staff.id, on=on, now=act.recorded_at)
    return _order(staff, on, to, reason, act)


def _check_successor(staff: Staff, to: Staff | None, day: date) -> None:
    if to is not None and to.id == staff.id:
        raise RuleViolation("staff.takes_over_oneself")
    if to is not None and to.has_left(day):
        raise RuleViolation("staff.successor_left")


def _order(staff: Staff, on: date, to: Staff | None, reason: str, act: Act) -> Leaving:
    row = Leaving(
        id=new_id(act.recorded_at), staff=staff, on=on, to=to, by=act.actor, ordered_at=act.recorded_at
    )
    last_day = on - ONE_DAY
    for post in open_posts(office_day(act.recorded_at)).filter(staff=staff).select_related("office", "staff"):
        if post.until is None or post.until > last_day:
            row.posts_before[str(post.id)] = post.until.isoformat() if post.until else None
            ended(post, last_day, act)
    row.save(force_insert=True)
    staff.left_on = on
    staff.save(update_fields=["left_on"])
    append(
        book=book_of_staff(staff, act.recorded_at),
        kind="staff.leaving",
        subject=staff.key,
        act=act,
        facts={"on": on.isoformat(), "to": str(to.id) if to else None},
        words={"reason": reason.strip()[:300]},
    )
    if on <= office_day(act.recorded_at):
        end_access(leaving=row, act=act)
    return row


@operation
def end_access(*, leaving: Leaving, act: Act) -> None:
    """Close the ways in of somebody whose day has come: sessions, devices, codes, at once; their shifts fall. Done once."""
    if not Leaving.objects.filter(id=leaving.id, done_at__isnull=True, cancelled_at__isnull=True).update(
        done_at=act.recorded_at
    ):
        return
    leaving.done_at = act.recorded_at
    account = Account.objects.filter(staff_id=leaving.staff_id).first()
    if account is not None:
        shut_out(account)
    midnight = datetime.combine(leaving.on, time.min, OFFICE_ZONE)
    Shift.objects.filter(staff_id=leaving.staff_id, begins_at__gte=midnight).delete()
    append(
        book=book_of_staff(leaving.staff, act.recorded_at),
        kind="staff.left",
        subject=leaving.staff.key,
        act=act,
        facts={"on": leaving.on.isoformat()},
    )


@operation
def stay(*, staff: Staff, by: Authority, act: Act) -> None:
    """Take back a leaving whose day has not come: the posts go on as before.

    Raises:
        RuleViolation: ``staff.own_posts``, ``staff.not_yours``, ``staff.not_leaving``.
    """
    by.require(offices_of(staff, today=office_day(act.recorded_at)), of=staff.id)
    row = leaving_of(staff)
    if row is None or not Leaving.objects.filter(id=row.id, done_at__isnull=True).update(
        cancelled_at=act.recorded_at
    ):
        raise RuleViolation("staff.not_leaving")
    for post, until in row.posts_before.items():
        Post.objects.filter(id=int(post)).update(until=date.fromisoformat(until) if until else None)
    Staff.objects.filter(id=staff.id).update(left_on=None)
    append(
        book=book_of_staff(staff, act.recorded_at),
        kind="staff.staying",
        subject=staff.key,
        act=act,
        facts={"on": row.on.isoformat()},
    )


@operation
def take_back(*, staff: Staff, posts: list[NewPost], by: Authority, act: Act) -> None:
    """Take somebody in again who left: the old log-in opens anew with a code, in new posts.

    Raises:
        RuleViolation: ``staff.not_left``, ``staff.no_post``, and as ``give_posts``.
    """
    if staff.left_on is None or not staff.has_left(office_day(act.recorded_at)):
        raise RuleViolation("staff.not_left")
    if not posts:
        raise RuleViolation("staff.no_post")
    by.require((post.office.id if post.office else None for post in posts), of=staff.id)
    Staff.objects.filter(id=staff.id).update(left_on=None)
    Account.objects.filter(staff=staff).update(is_active=True)
    append(book=book_of_posts(posts), kind="staff.returned", subject=staff.key, act=act)
    for post in posts:
        give(staff, post, act)
