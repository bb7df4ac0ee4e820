"""What the demonstration's office tells its owners: one notice that hangs, works planned with their notice to approve."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.config.demo_pictures import drawn
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.notices.models import Work
from hemu.notices.operations_notices import draft_notice, post_notice
from hemu.notices.operations_works import plan_work
from hemu.notices.queries_works import notice_begins
from hemu.papers.operations import decide, issue_paper, submit_paper
from hemu.papers.queries import version_of

Act = tuple[datetime, int, Callable[[], None]]
LAW = "二手烟、楼道堆物和电动车进楼充电都有隐患。请不要在楼道堆放杂物，不要把电池带回家充电。发现隐患请打管理处电话。"
HANGS = timedelta(days=14)


def owners_told(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: three days ago a notice that hangs, two hours ago an outage planned for the day after tomorrow."""
    yield now - timedelta(days=3), 3_100_000, partial(_hung, community, actors, now - timedelta(days=3))
    yield now - timedelta(hours=2), 3_100_001, partial(_planned, community, actors, now - timedelta(hours=2))


def _hung(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    steward, director = actors["steward"], actors["office_director"]
    with clock.standing_at(at):
        today = office_day(at)
        notice = draft_notice(
            community=community, kind="fire_and_law", title="冬季消防安全提醒", body=LAW, since=today, until=today + HANGS,
            channels=["board", "app"], places=["东门公告栏"], by=steward, act=steward.act(now=at),
        )  # fmt: skip
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
            channels=["board", "door"], places=["3栋大堂"], work=work, by=steward, act=steward.act(now=at),
        )  # fmt: skip
        submit_paper(document=notice.document_id, by=steward, act=steward.act(now=at))
