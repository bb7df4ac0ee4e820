"""A notice that went out, without the seconds of setting and signing it."""

from datetime import date
from typing import Any

from hemu.access.tests.house import House, at
from hemu.delivering.operations import publish
from hemu.estate.models import Home, Person, Phone, Tie
from hemu.infra.identity import new_id
from hemu.notices.models import Notice
from hemu.notices.operations_notices import draft_notice

NOW = "2026-10-12 09:00"
TODAY = date(2026, 10, 12)


def gone_out(house: House, when: str = NOW, **asked: Any) -> Notice:
    """Draft a notice, let it stand as issued, and publish it for phones."""
    by, now = house.by("steward"), at(when)
    said: dict[str, Any] = {"kind": "general", "title": "停水通知", "body": "明天停水。", "since": TODAY,
                            "until": date(2026, 10, 16), "channels": ["app", "message"], **asked}  # fmt: skip
    notice = draft_notice(community=house.community, by=by, act=by.act(now=now), **said)
    paper = notice.document
    count = Notice.objects.count()
    paper.state, paper.number, paper.approved_on = "issued", f"和风通〔2026〕{count}号", TODAY
    paper.code = f"2345678ABCD{count}"
    paper.save()
    notice.published_at = now
    notice.save()
    publish(notice=notice, channels=set(said["channels"]) & {"app", "message"}, act=by.act(now=now))
    return notice


def neighbour(
    house: House, room: str, phone: str = "", kind: str = "owner", occupancy: str = "occupied"
) -> Home:
    """Enter a home with somebody bound to it."""
    home = Home.objects.create(
        id=new_id(at(NOW)), community=house.community, building="1", unit="2", room=room, written=f"1-2-{room}",
        occupancy=occupancy,
    )  # fmt: skip
    person = Person.objects.create(id=new_id(at(NOW)), name="示例")
    Tie.objects.create(id=new_id(at(NOW)), person=person, home=home, kind=kind)
    if phone:
        Phone.objects.create(id=new_id(at(NOW)), person=person, number=phone)
    return home
