"""What the demonstration's office has in its file: a letter that came in, papers of a home, a notice taken down."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.config.demo_pictures import drawn
from hemu.estate.models import Community
from hemu.filing.operations import file_by_hand
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.notices.models import Posting
from hemu.notices.operations_notices import draft_notice, post_notice, take_down
from hemu.papers.operations import decide, issue_paper, submit_paper
from hemu.papers.queries import version_of

Act = tuple[datetime, int, Callable[[], None]]
LETTER, NUMBER = "街道办关于冬季消防检查的来函", "街办函〔2026〕41号"
PAPERS = (("household", "业主家庭情况一览表"), ("inspection", "业主交房验房表"))
PAINT = "地下车库坡道重新刷防滑漆，昨天已经完工，今天起正常通行。谢谢大家绕行。"


def things_filed(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: five days ago a letter, four days ago papers of a home, two days ago a notice taken down."""
    for days, number, act in (
        (5, 3_200_000, _letter),
        (4, 3_200_001, _of_a_home),
        (2, 3_200_002, _taken_down),
    ):
        at = now - timedelta(days=days, minutes=7)
        yield at, number, partial(act, community, actors, at)


def _letter(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    by = actors["frontdesk"]
    with clock.standing_at(at):
        scan = keep_file(data=drawn("letter"), use="paper", by=by.key, now=at)
        file_by_hand(
            community=community, file_class="correspondence", title=LETTER, paper_number=NUMBER,
            dated=office_day(at - timedelta(days=1)), files=[str(scan.id)], by=by, act=by.act(now=at),
        )  # fmt: skip


def _of_a_home(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    by, home = actors["steward"], community.homes.order_by("building", "unit", "room", "id")[0]
    with clock.standing_at(at):
        for piece, title in PAPERS:
            scan = keep_file(data=drawn("letter"), use="paper", by=by.key, now=at)
            file_by_hand(
                community=community, file_class="owner", title=title, piece=piece, home=home,
                dated=office_day(at), files=[str(scan.id)], by=by, act=by.act(now=at),
            )  # fmt: skip


def _taken_down(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    steward, director, today = actors["steward"], actors["office_director"], office_day(at)
    with clock.standing_at(at):
        notice = draft_notice(
            community=community, kind="general", title="车库坡道恢复通行", body=PAINT, since=today, until=today,
            channels=["board"], places=["车库入口"], by=steward, act=steward.act(now=at),
        )  # fmt: skip
        paper = submit_paper(document=notice.document_id, by=steward, act=steward.act(now=at))
        digest = version_of(paper).digest
        decide(document=paper.id, by=director, act=director.act(now=at), digest=digest, agree=True)
        issue_paper(document=paper.id, by=director, act=director.act(now=at), mode="mark")
        post_notice(
            document=paper.id,
            place="车库入口",
            by=steward,
            act=steward.act(now=at),
            files=_photo(steward, at),
        )
        posting = Posting.objects.get(notice=paper.id)
        take_down(
            document=paper.id,
            posting=posting.id,
            by=steward,
            act=steward.act(now=at),
            files=_photo(steward, at),
        )


def _photo(by: Actor, at: datetime) -> list[str]:
    return [str(keep_file(data=drawn("board"), use="photo", by=by.key, now=at).id)]
