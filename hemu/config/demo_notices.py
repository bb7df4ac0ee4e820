"""What the demonstration's office tells its owners: a notice that hangs and its correction, works whose notice waits."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.config.demo_pictures import drawn
from hemu.delivering.operations import drop_in_boxes
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.notices.models import Notice, Work
from hemu.notices.operations_notices import correct_notice, draft_notice, post_notice, read_notice
from hemu.notices.operations_works import plan_work
from hemu.notices.queries_works import notice_begins, restated
from hemu.papers.operations import decide, issue_paper, submit_paper
from hemu.papers.queries import version_of

Act = tuple[datetime, int, Callable[[], None]]
LAW = "二手烟、楼道堆物和电动车进楼充电都有隐患。请不要在楼道堆放杂物，不要把电池带回家充电。发现隐患请打管理处电话。"
FIRE = "冬季消防安全提醒"
NIGHT = "夜里和周末发现隐患，请打消防控制室电话，二十四小时有人接。其余不变。"
HANGS = timedelta(days=14)
READ, BOXES = 23, 9
"""Homes that read it by phone, and homes in whose letter box a slip lies."""


def owners_told(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: a notice that hangs and reached some homes, its correction, an outage still to come."""
    yield now - timedelta(days=3), 3_100_000, partial(_hung, community, actors, now - timedelta(days=3))
    yield now - timedelta(days=1), 3_100_002, partial(_corrected, community, actors, now - timedelta(days=1))
    yield now - timedelta(hours=2), 3_100_001, partial(_planned, community, actors, now - timedelta(hours=2))


def _hung(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    steward, today = actors["steward"], office_day(at)
    with clock.standing_at(at):
        notice = draft_notice(
            community=community, kind="fire_and_law", title=FIRE, body=LAW, since=today, until=today + HANGS,
            channels=["board", "app", "message"], places=["东门公告栏"], by=steward, act=steward.act(now=at),
        )  # fmt: skip
        _posted(notice, actors, at)
        homes = list(community.homes.order_by("building", "unit", "room", "id")[: READ + BOXES])
        read_notice(notice=notice, homes=homes[:READ], now=at)
        drop_in_boxes(
            document=notice.document_id,
            homes=[each.written for each in homes[READ:]],
            by=steward,
            act=steward.act(now=at),
        )


def _corrected(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    steward = actors["steward"]
    with clock.standing_at(at):
        old = Notice.objects.select_related("document").get(community=community, document__title=FIRE)
        made = correct_notice(
            document=old.document_id, body=restated(old.document, NIGHT), by=steward, act=steward.act(now=at)
        )
        _posted(made, actors, at)


def _posted(notice: Notice, actors: Mapping[str, Actor], at: datetime) -> None:
    """Let a notice be approved, sealed and posted at the east gate."""
    steward, director = actors["steward"], actors["office_director"]
    paper = submit_paper(document=notice.document_id, by=steward, act=steward.act(now=at))
    digest = version_of(paper).digest
    decide(document=paper.id, by=director, act=director.act(now=at), digest=digest, agree=True)
    issue_paper(document=paper.id, by=director, act=director.act(now=at), mode="mark")
    photo = keep_file(data=drawn("board"), use="photo", by=steward.key, now=at)
    post_notice(
        document=paper.id, place="东门公告栏", by=steward, act=steward.act(now=at), files=[str(photo.id)]
    )


def _planned(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    steward = actors["steward"]
    with clock.standing_at(at):
        starts = (at + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
        work: Work = plan_work(
            community=community, kind="outage", place="3栋", starts=starts, ends=starts + timedelta(hours=3),
            by=steward, act=steward.act(now=at), words="清洗水箱",
        )  # fmt: skip
        title, body = notice_begins(work)
        today = office_day(at)
        notice = draft_notice(
            community=community, kind="outage", title=title, body=body, since=today, until=office_day(work.ends_at),
            channels=["board", "door", "app", "message"], places=["3栋大堂"], work=work, by=steward, act=steward.act(now=at),
        )  # fmt: skip
        submit_paper(document=notice.document_id, by=steward, act=steward.act(now=at))
