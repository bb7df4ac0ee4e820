"""What the demonstration's desk and stewards keep beside the cases: calls, an issue found, property of owners."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.contact_channels.operations import note_call
from hemu.estate.models import Community, Home
from hemu.infra import clock
from hemu.stewardship.models import Matter
from hemu.stewardship.operations import find_issue, receive_property, take_step

Act = tuple[datetime, int, Callable[[], None]]
CALLS = [
    (300, "19900001002", 2, True, "问车位月租怎么办。"),
    (220, "19900001040", 1, True, "说楼道有异味，已登记。"),
    (150, "19900005678", 6, True, "外面的人问物业电话。"),
    (90, "19900001077", 8, False, ""),
]
"""Minutes ago, number, rings, taken, what it was about."""
BLOCKED = "架空层堆了装修材料，挡着消防栓。"
PARCEL = "快递一箱，外包装完好。"


def things_kept(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: calls, one issue that is told and one that is not, a key kept, a parcel that was damaged."""
    desk, steward = actors["frontdesk"], actors["steward"]
    for number, call in enumerate(CALLS):
        at = now - timedelta(minutes=call[0])
        yield at, 2_000_000 + number, partial(_call, community, desk, call, at)
    found, told = now - timedelta(hours=5), now - timedelta(hours=3)
    yield found, 2_000_010, partial(_found, community, steward, found)
    yield told, 2_000_011, partial(_told, community, steward, told)


def _call(community: Community, by: Actor, call: tuple[int, str, int, bool, str], at: datetime) -> None:
    _ago, phone, rings, taken, about = call
    with clock.standing_at(at):
        act = by.act(now=at)
        note_call(
            office=community.office, by=by, act=act, phone=phone, rings=rings, answered=taken, about=about
        )


def _found(community: Community, by: Actor, at: datetime) -> None:
    first, second, third = Home.objects.filter(community=community, occupancy="occupied").order_by("written")[
        :3
    ]
    with clock.standing_at(at):
        act = by.act(now=at)
        find_issue(community=community, by=by, act=act, words=BLOCKED, place="3栋架空层")
        find_issue(community=community, by=by, act=act, words="阳台花盆放在护栏外面，风大怕掉。", home=first)
        key = "入户门钥匙一把，出差期间代为开门浇花。"
        receive_property(
            community=community, by=by, act=act, words=key, home=second, thing="key", place="前台钥匙柜"
        )
        receive_property(
            community=community, by=by, act=act, words=PARCEL, home=third, thing="parcel", place="前台"
        )


def _told(community: Community, by: Actor, at: datetime) -> None:
    said = [
        (BLOCKED, "communicate", "户主答应今晚清走。", {"told_to": "owner", "told_by": "visit"}),
        (PARCEL, "find_problem", "搬动时箱角压坏，里面有玻璃响声。", {"problem": "damaged"}),
    ]
    with clock.standing_at(at):
        for text, step, words, values in said:
            matter = Matter.objects.get(community=community, text=text)
            take_step(matter=matter.id, step=step, by=by, act=by.act(now=at), words=words, values=values)
