"""Comparing a staff list with the staff: who is who, where each post is held, what changes."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from hemu.estate.roster.shapes import Note, Refused
from hemu.foundation.errors import RuleViolation
from hemu.staffing.staff_sheet.changes import (
    Change,
    KnownMember,
    KnownPost,
    MemberChange,
    PlannedPost,
    StaffPlan,
    World,
)
from hemu.staffing.staff_sheet.posts import COMPANY_ROLES
from hemu.staffing.staff_sheet.shapes import ParsedMember, ParsedPost, ParsedStaffList

T = TypeVar("T")
Pair = tuple[PlannedPost, ParsedPost]
"""A post as it will be, and what the file says of it: what that leaves blank stays as it is."""
_COMPANY = re.compile(
    r"(?:全|总)?公司(?:本部|总部|机关|领导)?|(?:公司|集团)?(?:总部|本部|机关|职能部门)|集团(?:公司)?|全公司"
)


def plan_staff(found: ParsedStaffList, world: World, *, propose: Callable[[str], str]) -> StaffPlan:
    """Return what a list would do; rows that cannot be are refused, the others stand.

    Posts that an earlier list gave and this one does not name end yesterday, at the offices that it speaks of;
    posts given by hand, and people it does not name, are left alone.

    Args:
        propose: a log-in for a name, such as its pinyin; made unique here.
    """
    return _Planning(world, propose).all(found)


class _Planning:
    def __init__(self, world: World, propose: Callable[[str], str]) -> None:
        self.world = world
        self.propose = propose
        self.plan = StaffPlan()
        self.logins = set(world.logins)
        self.offices: set[UUID | None] = set()

    def all(self, found: ParsedStaffList) -> StaffPlan:
        known = _who_is_who(found.members, self.world.members)
        self.plan.refused, self.plan.warnings = list(found.refused), list(found.warnings)
        ready: list[tuple[MemberChange, list[Pair]]] = []
        for parsed in found.members:
            try:
                ready.append(self._resolved(parsed, known.get(id(parsed))))
            except RuleViolation as no:
                self._refuse(parsed, no, found)
        self.offices = {post.office for _, posts in ready for post, _ in posts}
        for change, posts in ready:
            try:
                self._settle(change, posts)
            except RuleViolation as no:
                self._refuse(change.parsed, no, found)
        named = {member.id for member in known.values()}
        self.plan.missing = [
            member
            for member in self.world.members
            if member.id not in named
            and not _gone(member, self.world.today)
            and any(post.office in self.offices and self._is_mine(post.office) for post in member.posts)
        ]
        return self.plan

    def _refuse(self, parsed: ParsedMember, no: RuleViolation, found: ParsedStaffList) -> None:
        params = {name: str(value) for name, value in no.params.items()}
        for source in parsed.sources:
            self.plan.refused.append(Refused(source, no.code, params, found.cells.get(source, ())))

    def _warn(self, parsed: ParsedMember, code: str, **params: str) -> None:
        self.plan.warnings.append(Note(parsed.sources[0], code, {"name": parsed.name, **params}))

    # ── where a post is held ──

    def _resolved(self, parsed: ParsedMember, known: KnownMember | None) -> tuple[MemberChange, list[Pair]]:
        by_place: dict[tuple[str, UUID | None], Pair] = {}
        usual: set[UUID | None] = set()
        for said in sorted(parsed.posts, key=lambda said: said.role in COMPANY_ROLES):
            post = self._post(said, known, usual)
            usual |= {post.office} if said.role not in COMPANY_ROLES else set()
            by_place.setdefault((post.role, post.office), (post, said))
        return MemberChange(parsed, known), list(by_place.values())

    def _post(self, post: ParsedPost, known: KnownMember | None, usual: set[UUID | None]) -> PlannedPost:
        """Return a post as it will be. ``usual``: where this person's posts of an office are."""
        communities = [self._community(name) for name in post.communities]
        office = self._office(post, {office for _, office in communities}, known, usual)
        if any(at != office for _, at in communities):
            raise RuleViolation("staff.community_elsewhere", text="、".join(post.communities))
        beats = {community: post.buildings for community, _ in communities}
        if post.buildings and not beats:
            here = [place for place, at in self.world.communities.values() if at == office]
            beats = {here[0]: post.buildings} if len(here) == 1 else {}
        since = post.since or self.world.today
        if post.until and post.until < since and not post.since:
            since = post.until
        department = post.department if office else ""
        return PlannedPost(post.role, post.trade, office, department, since, post.until, beats)

    def _community(self, name: str) -> tuple[UUID, UUID]:
        return _named(name, self.world.communities, "staff.community_unknown")

    def _office(
        self, post: ParsedPost, of: set[UUID], known: KnownMember | None, usual: set[UUID | None]
    ) -> UUID | None:
        """Return the office of a post: as named, else by its communities, its role, or the only one there is."""
        if post.office and _COMPANY.fullmatch(post.office):
            return None
        if post.office:
            return self._named_office(post.office)
        if len(of) == 1:
            return next(iter(of))
        if post.role in COMPANY_ROLES:  # 前台兼收费员 collects where the front desk is
            return next(iter(usual)) if len(usual) == 1 else None
        held = {each.office for each in known.posts if each.role == post.role} if known else set()
        for few in (held, {office for office in self.world.mine if office}, set(self.world.offices.values())):
            if len(few) == 1:
                return next(iter(few))
        raise RuleViolation("staff.office_needed", known=_some(self.world.offices))

    def _named_office(self, name: str) -> UUID:
        if name in self.world.communities:
            return self.world.communities[name][1]
        try:
            return _named(name, self.world.offices, "staff.office_unknown")
        except RuleViolation:
            by_community = {
                at for each, (_, at) in self.world.communities.items() if each in name or name in each
            }
            if len(by_community) == 1:
                return by_community.pop()
            raise

    # ── what changes ──

    def _settle(self, change: MemberChange, posts: list[Pair]) -> None:
        if change.known is None:
            self._create(change, [post for post, _ in posts])
            return
        if change.parsed.left:
            self._leave(change, change.known)
        elif change.known.left_on is not None:
            self._return(change, change.known, posts)
        else:
            self._update(change, change.known, posts)
        self._check(change, change.known)
        (self.plan.updated if change.changes else self.plan.unchanged).append(change)

    def _create(self, change: MemberChange, posts: list[PlannedPost]) -> None:
        parsed = change.parsed
        if parsed.left:
            self._warn(parsed, "staff.left_and_unknown")
            return
        for post in posts:
            self._require(post.office)
        over = [post for post in posts if post.until and post.until < self.world.today]
        if len(over) == len(posts):
            self._warn(parsed, "staff.posts_over")
            return
        change.login = self._login(parsed)
        change.giving = [post for post in posts if post not in over]
        self.plan.created.append(change)

    def _login(self, parsed: ParsedMember) -> str:
        if parsed.login and parsed.login in self.logins:
            raise RuleViolation("staff.login_taken", login=parsed.login)
        login = parsed.login or self._free_login(parsed.name)
        self.logins.add(login)
        return login

    def _free_login(self, name: str) -> str:
        stem = self.propose(name) or "staff"
        tries = (stem if number == 1 else f"{stem}{number}" for number in range(1, 10_000))
        return next(login for login in tries if login not in self.logins)

    def _leave(self, change: MemberChange, known: KnownMember) -> None:
        if known.left_on is not None:
            return
        if change.parsed.left_on is None:
            self._warn(change.parsed, "staff.left_today")
        change.leaving_on = change.parsed.left_on or self.world.today
        change.changes.append(Change("left_on", None, change.leaving_on))

    def _return(self, change: MemberChange, known: KnownMember, posts: list[Pair]) -> None:
        """Take somebody in again who left, where the list says so with a day after the leaving."""
        left_on = known.left_on or self.world.today
        again = [post for post, said in posts if said.since and said.since >= left_on]
        if not again:
            self._warn(change.parsed, "staff.left_by_hand", day=left_on.isoformat())
            return
        change.returning = True
        change.changes.append(Change("left_on", left_on, None))
        for post in again:
            self._give(change, post)

    def _update(self, change: MemberChange, known: KnownMember, posts: list[Pair]) -> None:
        parsed = change.parsed
        for name in ("phone", "number"):
            value, before = getattr(parsed, name), getattr(known, name)
            if value and value != before:
                change.values[name] = value
                change.changes.append(Change(name, before, value))
        if parsed.login and known.login and parsed.login != known.login:
            self._warn(parsed, "staff.login_kept", login=known.login)
        if not known.login:
            change.login = self._login(parsed)
            change.changes.append(Change("login", "", change.login))
        left = list(known.posts)
        for planned, said in posts:
            held = next(
                (post for post in left if (post.role, post.office) == (planned.role, planned.office)), None
            )
            if held is None:
                self._give(change, planned)
            else:
                left.remove(held)
                self._go_on(change, held, planned, said)
        self._end(change, left)

    def _give(self, change: MemberChange, post: PlannedPost) -> None:
        if post.until and post.until < self.world.today:
            return
        change.giving.append(post)
        change.changes.append(Change("post", None, post))

    def _go_on(self, change: MemberChange, held: KnownPost, planned: PlannedPost, said: ParsedPost) -> None:
        """Compare a held post with what the list says of it; what it leaves blank stays."""
        after = PlannedPost(
            held.role,
            planned.trade,
            held.office,
            planned.department or held.department,
            said.since or held.since,
            said.until or held.until,
            planned.beats or held.beats,
        )
        before = (held.department, held.since, held.until, {**held.beats})
        if (after.department, after.since, after.until, {**after.beats}) != before:
            change.changing.append((held, after))
            change.changes.append(Change("post", held, after))

    def _end(self, change: MemberChange, left: list[KnownPost]) -> None:
        yesterday = self.world.today - timedelta(days=1)
        for post in left:
            if post.office not in self.offices:
                continue
            if post.by_sheet and change.parsed.posts:
                change.ending.append((post, yesterday))
                change.changes.append(Change("post", post, None))
            elif change.parsed.posts:
                change.kept.append(post)

    # ── who may ──

    def _check(self, change: MemberChange, known: KnownMember) -> None:
        if not change.changes:
            return
        offices = {post.office for post in change.giving}
        offices |= {post.office for post, _ in (*change.changing, *change.ending)}
        if known.id == self.world.writer and (offices or change.leaving_on or change.returning):
            raise RuleViolation("staff.own_posts")
        if change.leaving_on or change.values or change.returning:
            offices |= {post.office for post in known.posts}
        for office in offices:
            self._require(office)

    def _is_mine(self, office: UUID | None) -> bool:
        return None in self.world.mine or office in self.world.mine

    def _require(self, office: UUID | None) -> None:
        if not self._is_mine(office):
            names = {at: name for name, at in self.world.offices.items()}
            raise RuleViolation("staff.not_your_office", office=names.get(office, "") if office else "")


def _gone(member: KnownMember, today: date) -> bool:
    return member.left_on is not None and member.left_on <= today


def _who_is_who(parsed: list[ParsedMember], members: tuple[KnownMember, ...]) -> dict[int, KnownMember]:
    """Return who of the known each person of the file is: by number, log-in or phone, then by a name held once."""
    found: dict[int, KnownMember] = {}
    taken: set[UUID] = set()

    def pair(person: ParsedMember, fits: list[KnownMember]) -> None:
        free = [member for member in fits if member.id not in taken]
        if len(free) == 1 and id(person) not in found:
            found[id(person)] = free[0]
            taken.add(free[0].id)

    for name in ("number", "login", "phone"):
        for person in parsed:
            if value := getattr(person, name):
                fits = [each for each in members if getattr(each, name) == value and each.name == person.name]
                pair(person, fits)
    names = [person.name for person in parsed]
    for person in parsed:
        if names.count(person.name) == 1 or not (person.phone or person.login or person.number):
            pair(person, [each for each in members if each.name == person.name])
    return found


def _named(name: str, known: Mapping[str, T], code: str) -> T:
    """Return what a name means: exactly, else the one whose name holds it or is held in it."""
    if name in known:
        return known[name]
    near = [each for each in known if name in each or each in name]
    if len(near) != 1:
        raise RuleViolation(code, text=name[:40], known=_some(known))
    return known[near[0]]


def _some(names: Iterable[str]) -> str:
    return "、".join(sorted(names)[:10])
