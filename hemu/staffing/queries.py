"""Reading staff: who works here, in which posts, what a list is compared with, what open work somebody has."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Beat, Community, Office, Post, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.staffing.models import Leaving, StaffImport
from hemu.staffing.rules import Authority, Work, spelled
from hemu.staffing.staff_sheet.changes import KnownMember, KnownPost, World

KEEPERS = frozenset(role for role, held in PERMISSIONS_OF.items() if "staff.change" in held)
"""The roles that look after staff: an office must not lose the last person in one of them."""


def authority_of(actor: Actor) -> Authority:
    """Return over whose posts a member of staff decides."""
    offices = actor.offices_with("staff.change")
    return Authority(actor.staff_id, frozenset({None} if offices is None else offices))


def whole_house() -> Authority:
    """Return the authority of a command: whoever runs the installation."""
    return Authority(None, frozenset({None}))


def open_posts(today: date) -> QuerySet[Post]:
    """Return the posts that are not over, those of days to come among them."""
    return Post.objects.filter(Q(until__isnull=True) | Q(until__gte=today))


def propose_login(name: str) -> str:
    """Return the pinyin of a name as a log-in: 张三丰 is ``zhangsanfeng``."""
    from pypinyin import lazy_pinyin  # its dictionary takes a second and is seldom needed

    return spelled(lazy_pinyin(name))


def world_for(authority: Authority, *, now: datetime) -> World:
    """Return what a staff list is compared with: whom its writer does not see is not among it (`staff_seen_by`)."""
    today = office_day(now)
    logins = dict(Account.objects.values_list("staff_id", "login"))
    posts = _known_posts(today)
    members = tuple(
        KnownMember(row.id, row.name, row.number, row.phone, logins.get(row.id, ""), row.left_on, tuple(posts.get(row.id, ())))
        for row in _seen(authority.offices, today=today).order_by("id")
    )  # fmt: skip
    communities = Community.objects.values_list("name", "id", "office_id")
    return World(
        members=members,
        logins=frozenset(logins.values()),
        offices=dict(Office.objects.values_list("name", "id")),
        communities={name: (community, office) for name, community, office in communities},
        mine=authority.offices,
        writer=authority.staff,
        today=today,
    )


def _known_posts(today: date) -> dict[UUID, list[KnownPost]]:
    beats: dict[int, dict[UUID, tuple[str, ...]]] = defaultdict(dict)
    for post, community, buildings in Beat.objects.values_list("post_id", "community_id", "buildings"):
        beats[post][community] = tuple(buildings)
    found: dict[UUID, list[KnownPost]] = defaultdict(list)
    for row in open_posts(today).select_related("department").order_by("id"):
        department = row.department.name if row.department else ""
        found[row.staff_id].append(
            KnownPost(
                row.id, row.role, row.office_id, department, row.since, row.until, row.by_sheet, beats[row.id]
            )
        )
    return found


def staff_seen_by(actor: Actor, *, today: date) -> QuerySet[Staff]:
    """Return the staff that somebody sees: of their offices and of the whole company, and those in no post.

    Who has moved to another office is that office's; who has left the company stays with those who knew them.
    """
    offices = actor.offices_with("staff.view")
    return _seen({None} if offices is None else offices, today=today)


def _seen(offices: Collection[UUID | None], *, today: date) -> QuerySet[Staff]:
    """Return the staff seen from some offices; None among them: from the whole company."""
    rows = _ever_seen(offices)
    if None in offices:
        return rows
    held = open_posts(today).filter(staff=OuterRef("pk"))
    here = held.filter(Q(office__in=offices) | Q(office__isnull=True))
    return rows.filter(Exists(here) | ~Exists(held))


def staff_ever_seen_by(actor: Actor) -> QuerySet[Staff]:
    """Return the staff whose name and face somebody knows: as `staff_seen_by`, those who have moved away included."""
    offices = actor.offices_with("staff.view")
    return _ever_seen({None} if offices is None else offices)


def _ever_seen(offices: Collection[UUID | None]) -> QuerySet[Staff]:
    if None in offices:
        return Staff.objects.all()
    here = Post.objects.filter(staff=OuterRef("pk"))
    mine = here.filter(Q(office__in=offices) | Q(office__isnull=True))
    return Staff.objects.filter(Exists(mine) | ~Exists(here))


def member_for(actor: Actor, staff_id: UUID, *, today: date) -> Staff:
    """Return one member of staff that somebody may see.

    Raises:
        RuleViolation: ``staff.not_found``.
    """
    found = staff_seen_by(actor, today=today).filter(id=staff_id).first()
    if found is None:
        raise RuleViolation("staff.not_found")
    return found


def offices_of(staff: Staff, *, today: date) -> set[UUID | None]:
    """Return where somebody holds posts that are not over."""
    return set(open_posts(today).filter(staff=staff).values_list("office_id", flat=True))


def keepers_left(office: UUID | None, *, without: Iterable[UUID] = (), on: date) -> bool:
    """Tell whether on a day somebody who can log in looks after the staff of an office (None: of the company)."""
    at = Q(office__isnull=True) if office is None else Q(office=office) | Q(office__isnull=True)
    held = open_posts(on).filter(at, role__in=KEEPERS, since__lte=on).exclude(staff__in=list(without))
    return held.filter(
        Q(staff__left_on__isnull=True) | Q(staff__left_on__gt=on), staff__account__is_active=True
    ).exists()


def kept_offices(staff: Staff, *, today: date) -> list[UUID | None]:
    """Return the offices (None: the company) whose staff somebody looks after by their own posts."""
    held = open_posts(today).filter(staff=staff, role__in=KEEPERS).values_list("office_id", flat=True)
    return list(dict.fromkeys(held))


def leaving_of(staff: Staff) -> Leaving | None:
    """Return somebody's leaving that is not wholly carried out."""
    return Leaving.objects.filter(staff=staff, handed_over_at__isnull=True, cancelled_at__isnull=True).first()


def kinds_of_work() -> list[Work]:
    """Return what the rooms above keep for people, as they declare it, lowest floor first."""
    found: list[Work] = []
    for room in apps.get_app_configs():
        if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
            found.extend(getattr(import_module(f"{room.name}.reactions"), "WORK", ()))
    return found


def open_work_of(staff_id: UUID) -> dict[str, int]:
    """Return how many pieces of each kind of work somebody has open, the kinds with none left out."""
    counts = {work.name: work.count(staff_id) for work in kinds_of_work()}
    return {name: count for name, count in counts.items() if count}


def import_by_id(import_id: UUID, *, by: str) -> StaffImport:
    """Return a staff list that this actor brought.

    Raises:
        RuleViolation: ``staff.import_not_found``.
    """
    row = StaffImport.objects.filter(id=import_id, by=by).first()
    if row is None:
        raise RuleViolation("staff.import_not_found")
    return row
