"""The demonstration's owners' committee: three members in office, one of whom named a helper."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.committee.models import Member
from hemu.committee.operations import appoint_liaison, name_helper, seat_member
from hemu.committee.rules import ORDER, Post
from hemu.estate.models import Community, Tie
from hemu.infra import clock
from hemu.infra.moments import office_day

Act = tuple[datetime, int, Callable[[], None]]
BEFORE = timedelta(days=12, hours=1)
TERM = timedelta(days=3 * 365)
HELPER = "19900900009"
ELECTION = "业主大会选举产生，已向街道办事处备案。"


def committee_seated(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the act: an hour before its clauses are switched on the committee is entered."""
    yield now - BEFORE, 2_900_000, partial(_seated, community, actors["office_director"], now - BEFORE)


def _seated(community: Community, by: Actor, at: datetime) -> None:
    with clock.standing_at(at):
        since = office_day(at) - timedelta(days=200)
        act = by.act(now=at)
        members = [
            seat_member(
                home=tie.home, name=tie.person.name, post=str(post), since=since, until=since + TERM,
                election=ELECTION, by=by, act=act,
            )
            for post, tie in zip(ORDER, _owners(community, office_day(at)), strict=False)
        ]  # fmt: skip
        name_helper(member=members[-1], name="示例家属", phone=HELPER, by=by, act=act)
        appoint_liaison(community=community, staff=by.staff_id, since=since, by=by, act=act)


def _owners(community: Community, day: date) -> list[Tie]:
    """Return owners of three homes who may be told by telephone, each of one name in the home."""
    ties = Tie.objects.filter(home__community=community, home__occupancy="occupied", kind="owner", until=None)
    ties = ties.filter(person__phones__isnull=False, person__is_company=False).exclude(person__name="")
    rows = ties.select_related("home", "person").order_by("home__written", "id")
    found = {tie.home_id: tie for tie in rows[:60]}
    return list(found.values())[5 : 5 + len(Post)]


def shown_at_the_door(community: Community) -> list[dict[str, str]]:
    """Return whom the owners' door of a trial names: the chair's number and the helper's."""
    chair = Member.objects.filter(community=community, post=Post.CHAIR).select_related("person").first()
    phone = chair.person.phones.order_by("position").first() if chair else None
    if phone is None:
        return []
    return [{"phone": phone.number, "name": "业委会主任"}, {"phone": HELPER, "name": "委员的帮手"}]
