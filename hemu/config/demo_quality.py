"""What the demonstration's office puts right: one action in every column of the board, one late, one that failed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import OFFICE_ZONE
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import open_action, take_step
from hemu.service_requests.models import Request

Act = tuple[datetime, int, Callable[[], None]]
Step = tuple[float, str, str, str, Mapping[str, str]]
"""Days ago, who, step, words, what else it asks for."""


@dataclass(frozen=True)
class Told:
    """One action as it is told: when (days ago), by whom, what, to whom, how many days it has, and its steps."""

    days: float
    by: str
    words: str
    kind: str
    to: str
    within: int
    source: str = "inspection"
    place: str = ""
    from_complaint: bool = False
    steps: tuple[Step, ...] = field(default=())


NIGHT = {
    "whys": "门岗两点没人\n当班的去顶西门\n夜班只排了两个人\n排班没按岗位数算",
    "figure": "complaints",
    "before": "4",
}
LIGHTS = {"whys": "楼道灯坏了五天才换\n没有人每天看\n巡查表里没有这一项", "figure": "RQ-17", "before": "92.5"}
TOLD = (
    Told(
        11, "cs_supervisor", "同一栋楼道灯一个月报修六次，换了又坏，要从根上查。", "repair", "technician", 14,
        place="3栋2单元", from_complaint=True, source="request",
        steps=(
            (10, "technician", "plan", "换成带防潮的灯具，楼道灯写进每天的巡查表。", LIGHTS),
            (6, "technician", "do", "14 盏全部换好，巡查表已改，照片存档。", {}),
            (5, "office_director", "verify", "夜里走了一遍，全亮；巡查表三天都有记录。", {}),
        ),
    ),
    Told(
        9, "office_director", "夜间东门岗两次没有人。", "order", "security", 12, place="东门",
        steps=(
            (8, "security", "plan", "夜班加一人，换岗当面交接，监控每小时点名。", NIGHT),
            (5, "security", "do", "新班表已经执行三晚。", {}),
            (4, "quality", "fail", "凌晨三点抽查，交接时仍空了二十分钟。", {}),
            (3, "security", "plan", "交接提前一刻钟，接班的人到了才走。", NIGHT),
        ),
    ),
    Told(
        8, "office_director", "地下车库防火门后面堆着纸箱。", "fire", "security", 5, place="地下车库 B2",
        steps=((7, "security", "plan", "当天清走，防火门贴封条，每班巡查。", {"whys": "商户图近\n没有人管这一段"}),),
    ),
    Told(
        4, "cs_supervisor", "前台接电话报修没有复述，一周里错派三单。", "service", "frontdesk", 10,
        source="return_visit",
        steps=(
            (3, "frontdesk", "plan", "登记时念一遍给业主听，主管每天听三通。", {"whys": "没有复述\n高峰时怕慢"}),
            (1, "frontdesk", "do", "这两天都照做，主管听了六通。", {}),
        ),
    ),
    Told(1, "cs_supervisor", "生活垃圾桶边上污水没有及时冲。", "cleaning", "steward", 9, place="2栋北"),
)  # fmt: skip


def actions_taken(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: each action is opened, then taken through its steps."""
    order = 4_000_000
    for told in TOLD:
        at = now - timedelta(days=told.days)
        yield at, order, partial(_open, community, actors, told, at)
        for number, step in enumerate(told.steps, order + 1):
            at = now - timedelta(days=step[0])
            yield at, number, partial(_step, community, actors, told, step, at)
        order += 100


def _open(community: Community, actors: Mapping[str, Actor], told: Told, at: datetime) -> None:
    with clock.standing_at(at):
        by, about = actors[told.by], ""
        if told.from_complaint:
            cases = Request.objects.filter(community=community, trade="repair").order_by("id")
            about = next((case.subject for case in cases[:1]), "")
        open_action(
            community=community,
            by=by,
            act=by.act(now=at),
            words=told.words,
            kind=told.kind,
            to=actors[told.to].key,
            do_by=(at + timedelta(days=told.within))
            .astimezone(OFFICE_ZONE)
            .replace(hour=23, minute=59, second=59, microsecond=0),
            source=told.source,
            about=about,
            place=told.place,
        )


def _step(community: Community, actors: Mapping[str, Actor], told: Told, step: Step, at: datetime) -> None:
    _days, login, name, words, values = step
    with clock.standing_at(at):
        by = actors[login]
        action = CorrectiveAction.objects.get(community=community, text=told.words)
        take_step(number=action.number, step=name, by=by, act=by.act(now=at), words=words, values=values)
