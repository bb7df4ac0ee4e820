"""The demonstration's correspondence with its owners' committee: an application answered, a notification received, one
inquiry answered, one open, one that the committee calls not answered."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.committee.models import Member
from hemu.committee.queries import Seat
from hemu.committee.rules import Post
from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.operations_inquiries import ask, judge_inquiry, settle_inquiry
from hemu.correspondence.operations_papers import answer_letter, deliver_letter, open_letter, write_letter
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.papers.operations import decide, issue_paper, submit_paper
from hemu.papers.queries import version_of

Act = tuple[datetime, int, Callable[[], None]]
Actors = Mapping[str, Actor]
COSTS = "上季度电梯维保费比预算多出一成，多在哪里？"
LIGHTS = "地下车库的灯白天也全开着，建议改成分区感应。"
BOARD = "建议把每月收支表也贴到各单元门口，老人不用手机。"


def letters_exchanged(community: Community, actors: Actors, *, now: datetime) -> Iterator[Act]:
    """Yield the acts of nine days in the order of their time."""
    acts: list[tuple[int, int, Callable[[datetime], None]]] = [
        (9, 10, partial(_applied, community, actors)),
        (8, 10, partial(_asked, community, "question", COSTS)),
        (8, 19, partial(_opened_and_answered, community)),
        (
            7,
            10,
            partial(_replied, actors, COSTS, "多在更换两部电梯的钢丝绳，合同和发票附在当月凭证里。"),
        ),
        (6, 20, partial(_asked, community, "suggestion", LIGHTS)),
        (5, 10, partial(_notified, community, actors)),
        (4, 15, partial(_replied, actors, LIGHTS, "已请工程部研究。")),
        (1, 9, partial(_not_answered, community)),
    ]
    for number, (days, hour, act) in enumerate(acts):
        day = (now - timedelta(days=days)).astimezone(OFFICE_ZONE)
        moment = day.replace(hour=hour, minute=20, second=0, microsecond=0)
        yield moment, 3_200_000 + number, partial(_at, moment, act)
    moment = now - timedelta(hours=3)
    yield moment, 3_200_100, partial(_at, moment, partial(_asked, community, "suggestion", BOARD))


def _at(moment: datetime, act: Callable[[datetime], None]) -> None:
    with clock.standing_at(moment):
        act(moment)


def _seat(community: Community) -> Seat:
    chair = Member.objects.get(community=community, post=Post.CHAIR)
    return Seat(chair.id, community, chair.person_id, chair.post)


def _applied(community: Community, actors: Actors, at: datetime) -> None:
    by = actors["public_affairs"]
    letter = write_letter(
        community=community, sort="application", matter="repair_fund", title="关于动用本体维修基金修缮 3 栋屋面的申报",
        grounds="3 栋屋面多处渗水，已检测，预算 12 万元，拟请三家单位报价。", enclosures="检测报告\n预算表",
        planned_on=office_day(at) + timedelta(days=40), by=by, act=by.act(now=at),
    )  # fmt: skip
    _issued(letter, actors, at)


def _issued(letter: Letter, actors: Actors, at: datetime) -> None:
    by, director = actors["public_affairs"], actors["office_director"]
    paper = submit_paper(document=letter.document_id, by=by, act=by.act(now=at))
    digest = version_of(paper).digest
    decide(document=paper.id, by=director, act=director.act(now=at), digest=digest, agree=True)
    issue_paper(document=paper.id, by=director, act=director.act(now=at), mode="mark")


def _opened_and_answered(community: Community, at: datetime) -> None:
    letter, seat = Letter.objects.get(community=community, sort="application"), _seat(community)
    open_letter(document=letter.document_id, seat=seat, now=at)
    letter.refresh_from_db()
    answer_letter(
        document=letter.document_id, answer="agreed", words="同意。请把三家报价一并送来。", seat=seat, now=at,
        version=letter.version,
    )  # fmt: skip


def _notified(community: Community, actors: Actors, at: datetime) -> None:
    by = actors["public_affairs"]
    letter = write_letter(
        community=community, sort="notification", matter="incident", title="关于水泵房进水的通报",
        grounds="暴雨时水泵房进水，当晚排干，未停水。防水挡板已加高。", arose_at=at - timedelta(hours=20),
        emergency=True, by=by, act=by.act(now=at),
    )  # fmt: skip
    _issued(letter, actors, at)
    deliver_letter(document=letter.document_id, way="post", number="XA20261101001", by=by, act=by.act(now=at))


def _asked(community: Community, sort: str, text: str, at: datetime) -> None:
    ask(seat=_seat(community), sort=sort, text=text, now=at)


def _replied(actors: Actors, text: str, reply: str, at: datetime) -> None:
    found, by = Inquiry.objects.get(text=text), actors["office_director"]
    judge_inquiry(
        inquiry=found.id, reasonable=True, solvable=True, reason="", answer=reply, by=by, act=by.act(now=at),
        version=found.version,
    )  # fmt: skip


def _not_answered(community: Community, at: datetime) -> None:
    found = Inquiry.objects.get(text=LIGHTS)
    settle_inquiry(
        inquiry=found.id, answered=False, words="没有说什么时候改、花多少钱。", seat=_seat(community), now=at,
        version=found.version,
    )  # fmt: skip
