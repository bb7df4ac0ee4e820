"""Papers for tests: drafted by the front desk, approved by the director."""

from datetime import datetime, timedelta
from typing import Any

from hemu.access.tests.house import BEGAN, House
from hemu.ledger.models import Entry
from hemu.papers.models import Document
from hemu.papers.operations import decide, draft_paper, submit_paper
from hemu.papers.queries import version_of

AT = BEGAN + timedelta(days=1)
CONTENT = {"title": "停水通知", "to": "各位业主", "body": "明天九点到十二点停水。\n请提前储水。"}


def drafted(house: House, *, kind: str = "notice", by: str = "frontdesk", **more: Any) -> Document:
    """Return a draft."""
    who = house.by(by)
    content = more.pop("content", CONTENT)
    return draft_paper(
        kind=kind,
        office=house.office,
        community=house.community,
        by=who,
        act=who.act(now=AT),
        content=content,
        **more,
    )


def submitted(house: House, **more: Any) -> Document:
    """Return a paper that was handed in."""
    by = house.by(more.get("by", "frontdesk"))
    return submit_paper(document=drafted(house, **more).id, by=by, act=by.act(now=AT))


def approved(house: House, *, now: datetime = AT, **more: Any) -> Document:
    """Return a paper with its number."""
    return settled(house, submitted(house, **more), now=now)


def settled(
    house: House,
    document: Document,
    *,
    by: str = "office_director",
    agree: bool = True,
    now: datetime = AT,
    **more: Any,
) -> Document:
    """Let somebody decide over a paper as it stands."""
    who = house.by(by)
    digest = more.pop("digest", version_of(document).digest)
    return decide(document=document.id, by=who, act=who.act(now=now), digest=digest, agree=agree, **more)


def kinds_of(document: Document) -> list[str]:
    """Return the kinds of a paper's entries in the order of the book."""
    return list(Entry.objects.filter(subject=document.subject).order_by("seq").values_list("kind", flat=True))
