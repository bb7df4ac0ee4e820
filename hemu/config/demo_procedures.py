"""What the demonstration's office watches beside its cases: clauses switched on, one fact, one duty kept by hand."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.duties.operations import begin_by_hand, confirm, keep_by_hand, state, switch
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import office_day

Act = tuple[datetime, int, Callable[[], None]]
BEFORE = timedelta(days=12)


def clauses_watched(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: twelve days ago the committee's clauses, then a matter to be told and one told."""
    director = actors["office_director"]
    yield now - BEFORE, 3_000_000, partial(_switched, community, director, actors["quality"], now - BEFORE)
    for number, (days, words, kept) in enumerate(
        [(8, "门岗对讲机信号不好，请工程部答复。", True), (1, "三号楼电梯检修十天，请安排值守。", False)]
    ):
        at = now - timedelta(days=days)
        yield at, 3_000_001 + number, partial(_told, community, director, words, at, kept=kept)


def _switched(community: Community, by: Actor, second: Actor, at: datetime) -> None:
    with clock.standing_at(at):
        since = office_day(at)
        stated = state(
            community=community, fact="committee_in_office", since=since, on=True, by=by, act=by.act(now=at)
        )
        confirm(stated=stated.id, by=second, act=second.act(now=at))
        switch(
            community=community, what=["committee", "IN-05"], since=since, on=True, by=by, act=by.act(now=at)
        )


def _told(community: Community, by: Actor, words: str, at: datetime, *, kept: bool) -> None:
    with clock.standing_at(at):
        duty = begin_by_hand(community=community, clause="IN-05", by=by, act=by.act(now=at), words=words)
        if kept:
            photo = keep_file(data=_paper(), use="photo", by=by.key, now=at)
            keep_by_hand(
                duty=duty.id,
                by=by,
                act=by.act(now=at),
                words="已经书面答复，转呈单签收。",
                files=[str(photo.id)],
            )


def _paper() -> bytes:
    """Return a picture of a sheet with lines, as a photo of a receipt looks from afar."""
    picture, data = Image.new("RGB", (480, 640), "#f7f4ea"), BytesIO()
    drawn = ImageDraw.Draw(picture)
    for line in range(9):
        drawn.line((60, 120 + 50 * line, 420 - 90 * (line % 3), 120 + 50 * line), fill="#44403c", width=4)
    picture.save(data, "JPEG")
    return data.getvalue()
