"""The words of a message about notices, put together when it goes out: all that one person is told at that moment."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from hemu.delivering.models import Told
from hemu.delivering.wording import EMERGENCY, LINK, ONE, SEVERAL, TITLE
from hemu.messaging.models import Outgoing
from hemu.messaging.queries import message_token
from hemu.notices.models import Notice
from hemu.papers.queries import version_of

LONGEST = 200
"""Characters of an emergency in a message; the rest stands behind the link."""
ITEMS = "①②③④⑤⑥⑦⑧⑨"


def compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    """Return title and text of a message; None where all that it spoke of is void by now."""
    told = Told.objects.filter(message=row).exclude(notice__document__state="void")
    told = told.select_related("notice__document", "notice__community__office").order_by(
        "notice_id", "home_id"
    )
    notices = list({each.notice_id: each.notice for each in told}.values())
    if not notices:
        return None
    link = f"{settings.PUBLIC_URL}{reverse('notices_told', args=[message_token(row.id)])}"
    ending = str(LINK) % {"link": link} if settings.PUBLIC_URL else ""
    office = notices[0].community.office.name
    return str(TITLE) % {"office": office}, _text(notices, office) + ending


def _text(notices: list[Notice], office: str) -> str:
    first = notices[0].document
    if len(notices) == 1 and notices[0].kind == "emergency":
        body = version_of(first).content["body"]
        body = body if len(body) <= LONGEST else f"{body[:LONGEST]}…"
        return str(EMERGENCY) % {"office": office, "title": first.title, "body": body}
    if len(notices) == 1:
        return str(ONE) % {"office": office, "title": first.title}
    titles = "；".join(f"{item}{each.document.title}" for item, each in zip(ITEMS, notices, strict=False))
    return str(SEVERAL) % {"office": office, "n": len(notices), "titles": titles}
