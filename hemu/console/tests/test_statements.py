"""What a page asks of the database does not grow with what it shows: as many statements with one item as with three."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.tests.house import House, at, standing_at
from hemu.contact_channels.operations import note_call
from hemu.infra import clock
from hemu.service_requests.operations.indexing import index_words
from hemu.service_requests.tests.desk import Desk
from hemu.stewardship.operations import find_issue

SORTED = {"trade": "cleaning", "nature": "routine", "urgency": "urgent"}
PAGES = [
    "/", "/duties/", "/duties/late/", "/requests/", "/requests/?state=open", "/requests/?late=1", "/requests/?q=楼道",
    "/requests/?person=nobody&type=complaint", "/requests/?building=1", "/matters/", "/wall/",
    "/wall/?screen=1", "/wall/morning/", "/wall/review/",
    "/return-visits/", "/return-visits/?state=all", "/dispatching/?list=waiting", "/dispatching/?list=pool",
    "/dispatching/?list=in_hand", "/messages/",
]  # fmt: skip


_standing = standing_at(at("2026-10-12 10:00"), autouse=True)


def one_of_each(desk: Desk, minute: int) -> None:
    """Register a case that waits, one that is sorted, one in the pool, one in hand and one that is revisited."""
    when = f"2026-10-08 09:{minute:02}"
    waiting, pooled, in_hand, done = (desk.register("complaint", when) for _ in range(4))
    assert waiting.state == "received"
    for case in (pooled, in_hand, done):
        desk.step(case, "frontdesk classify", when, **SORTED)
    desk.step(pooled, "cs_supervisor dispatch", when, department=desk.house.department.name)
    desk.step(in_hand, "cs_supervisor dispatch", when, to="technician")
    desk.step(desk.register("repair_home", when), "frontdesk classify", when, **SORTED)
    desk.go(done, ("technician resolve", when), ("steward inform", when), ("steward confirm", when),
            ("steward close", when))  # fmt: skip
    found, answered = desk.house.by("steward"), desk.house.by("frontdesk")
    find_issue(
        community=desk.house.community,
        by=found,
        act=found.act(now=at(when)),
        words="窗户松了。",
        home=desk.house.home,
    )
    call: dict[str, Any] = {
        "phone": f"19900001{minute:03}",
        "rings": 2,
        "answered": True,
        "about": "问停车费。",
    }
    note_call(office=desk.house.office, by=answered, act=answered.act(now=at(when)), **call)


def statements(path: str, login: str) -> int:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked.captured_queries)


def test_no_page_asks_more_for_three_than_for_one(house: House) -> None:
    desk = Desk(house)

    def asked() -> dict[str, int]:
        index_words(now=clock.now())
        counts = {path: statements(path, "office_director") for path in PAGES}
        others = {"/field/": "technician", "/calls/": "frontdesk"}
        return counts | {path: statements(path, login) for path, login in others.items()}

    one_of_each(desk, 10)
    with_one = asked()
    one_of_each(desk, 11)
    one_of_each(desk, 12)
    assert asked() == with_one
