"""Duties, proofs, homes and rosters by the interface."""

from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.estate.models import Home, RosterImport
from hemu.estate.operations import add_place
from hemu.estate.roster.operations import claim, work_on
from hemu.foundation.merkle import chain_head, verify
from hemu.interface.rules import cursor_of
from hemu.interface.tests.caller import NOW, Caller
from hemu.ledger.models import Entry
from hemu.ledger.operations import seal

NOWHERE = "00000000-0000-7000-8000-000000000000"


def test_duties_come_in_the_order_in_which_they_are_due(
    house: House, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    caller.register()
    with django_assert_num_queries(2):
        first = caller.get("duties").json()
    for n in range(2):
        caller.register(key=f"more-{n}")
    with django_assert_num_queries(2):
        all_of_them = caller.get("duties?limit=100").json()
    assert (len(first["items"]), len(all_of_them["items"])) == (3, 7)  # two of each, and the month's rate
    pages: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = caller.get(f"duties?limit=2&cursor={cursor}").json()
        pages += page["items"]
        cursor = page["next"]
    assert pages == all_of_them["items"]
    dated = Duty.objects.filter(due_at__isnull=False).order_by("due_at", "id")
    assert [each["id"] for each in pages] == [str(each) for each in dated.values_list("id", flat=True)]
    assert set(pages[0]) == {"id", "clause", "title", "subject", "community", "owed_by", "due", "late"}
    assert caller.get("duties?late=true").json()["items"] == []
    late = caller.get("duties?late=true&limit=1", when="2027-09-30 16:00").json()["items"]
    assert [each["late"] for each in late] == [True]
    assert Caller.of("cs_supervisor", house.elsewhere).get("duties").json() == {"items": [], "next": None}


@pytest.mark.parametrize("query", ["cursor=YQ", "cursor=YQpi", "until=soon", "limit=0"])
def test_duties_that_cannot_be_asked_for(caller: Caller, query: str) -> None:
    assert caller.get(f"duties?{query}").status_code == 422


def test_an_entry_is_proved_against_the_root(
    house: House, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        caller.register(key=f"k-{n}")
    entry = Entry.objects.order_by("seq")[1]
    open_still = caller.get(f"entries/{entry.id}/proof").json()
    assert (open_still["entry"], open_still["digest"], open_still["seal"]) == (
        entry.plain(),
        entry.digest,
        None,
    )
    made = seal(now=at(NOW))
    assert made is not None
    with django_assert_num_queries(5):
        proved = caller.get(f"entries/{entry.id}/proof").json()["seal"]
    path = [bytes.fromhex(each) for each in proved["path"]]
    leaf, root = bytes.fromhex(entry.digest), bytes.fromhex(proved["root"])
    assert verify(leaf, proved["position"], proved["size"], path, root)
    assert not verify(leaf[::-1], proved["position"], proved["size"], path, root)
    assert proves(leaf, proved["position"], proved["size"], path, root)
    assert not proves(leaf, proved["position"] ^ 1, proved["size"], path, root)
    previous, size = bytes.fromhex(proved["previous"]), proved["size"].to_bytes(8, "big")
    said = sha256(b"\x02" + previous + root + size + proved["sealed_at"].encode())
    assert said.hexdigest() == proved["head"]
    head = chain_head(bytes.fromhex(proved["previous"]), root, proved["size"], made.sealed_at)
    assert (proved["head"], made.head) == (head.hex(), head.hex())

    other = Caller.of("cs_supervisor", house.elsewhere)
    not_mine, not_there = (other.get(f"entries/{each}/proof") for each in (entry.id, NOWHERE))
    assert (not_mine.status_code, not_mine.content) == (404, not_there.content)


def proves(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Verify an inclusion proof as RFC 9162 §2.1.3.2 writes it, with nothing of the house's own."""
    place, last, found = index, size - 1, sha256(b"\x00" + leaf).digest()
    for each in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = sha256(b"\x01" + each + found).digest()
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = sha256(b"\x01" + found + each).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def test_homes_and_people_as_far_as_the_token_goes(
    house: House, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add_place(community=house.community, name="东门", now=at(NOW))
    caller.get("requests")  # takes its share of the minute's calls
    with django_assert_num_queries(3):
        assert caller.get("communities").json()["items"] == [
            {"id": str(house.community.id), "name": "和风花园", "code": house.community.code,
             "office": "和风管理处", "places": ["东门"]}
        ]  # fmt: skip
    address = f"communities/{house.community.id}/homes"
    homes = list(Home.objects.filter(community=house.community).order_by("id"))
    with django_assert_num_queries(3):
        first = caller.get(f"{address}?limit=1").json()
    second = caller.get(f"{address}?limit=1&cursor={first['next']}").json()
    assert [each["items"][0]["id"] for each in (first, second)] == [str(each.id) for each in homes]
    assert second["next"] is None
    with django_assert_num_queries(4):
        shown = caller.get(f"homes/{house.home.id}").json()
    assert shown["people"] == [
        {"id": str(house.owner.id), "name": "示例业主", "tie": "owner", "since": "2020-01-01",
         "phones": ["199****1234"]}
    ]  # fmt: skip
    full = caller.get(f"homes/{house.home.id}?full_phones=true").json()
    assert full["people"][0]["phones"] == ["19900001234"]
    assert [(each.token, each.subject) for each in ReadLog.objects.all()] == [
        (caller.token, f"home:{house.home.id}")
    ]
    finance = Caller.of("finance", house.community)
    assert finance.get(f"homes/{house.home.id}").json() == shown
    assert finance.get(f"homes/{house.home.id}?full_phones=true").status_code == 403
    assert ReadLog.objects.count() == 1


@pytest.mark.parametrize("address", ["homes/{home}", "communities/{community}/homes", "rosters/{roster}"])
def test_another_communitys_place_is_not_there(
    house: House, caller: Caller, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = Caller.of("cs_supervisor", house.elsewhere)
    roster = _hand_in(caller, "和风花园").json()["id"]
    theirs = address.format(home=house.home.id, community=house.community.id, roster=roster)
    nowhere = address.format(home=NOWHERE, community=NOWHERE, roster=NOWHERE)
    other.get("communities")  # takes its share of the minute's calls
    answers = []
    for each in (theirs, nowhere):
        with django_assert_num_queries(2):
            answers.append(other.get(each))
    assert [each.status_code for each in answers] == [404, 404]
    assert answers[0].content == answers[1].content


ROSTER = "房号,姓名,电话\n1-2-303,示例住户,19900005678\n".encode()


def _hand_in(caller: Caller, community: str, key: str = "r-1", content: bytes = ROSTER) -> Any:
    file = SimpleUploadedFile("名册.csv", content)
    return caller.send("rosters", {"community": community, "file": file}, key=key)


def test_a_roster_is_taken_in_compared_and_written(house: House, caller: Caller) -> None:
    taken = _hand_in(caller, "和风花园")
    assert (taken.status_code, taken.json()["state"]) == (202, "reading")
    address = f"rosters/{taken.json()['id']}"
    assert _hand_in(caller, "和风花园").json() == taken.json()
    other = _hand_in(caller, "和风花园", content=ROSTER + b"\n")
    assert (other.status_code, other.json()["code"]) == (422, "key.other_body")
    too_early = caller.post(f"{address}/write", {}, key="w-0")
    assert (too_early.status_code, too_early.json()["code"]) == (409, "roster.not_in_preview")
    _work()
    compared = caller.get(address).json()
    assert (compared["state"], compared["counts"]["created"], compared["refusal"]) == ("preview", 1, None)
    assert caller.post(f"{address}/write", {}, key="w-1").json()["state"] == "writing"
    _work()
    assert caller.get(address).json()["state"] == "done"
    home = Home.objects.get(community=house.community, written="1-2-303")
    assert Entry.objects.filter(kind="roster.imported", actor=caller.key).count() == 1
    assert home.ties.get().person.name == "示例住户"


def test_the_questions_of_a_roster_are_answered_with_its_writing(house: House, caller: Caller) -> None:
    """The new name on a home is a buyer's: what the page asks and takes, this asks and takes."""
    content = "房号,姓名,电话\n1-2-301,示例新主,19900005678\n".encode()
    address = f"rosters/{_hand_in(caller, '和风花园', content=content).json()['id']}"
    assert caller.get(f"{address}/questions").json() == {"items": [], "next": None}
    _work()
    asked = caller.get(f"{address}/questions?limit=1").json()
    assert asked == {
        "items": [{"home": "1-2-301", "before": ["示例业主"], "after": ["示例新主"], "guess": "sold",
                   "choice": None, "on": None}],
        "next": None,
    }  # fmt: skip
    assert caller.get(f"{address}/questions?cursor={cursor_of('x')}").json()["code"] == "page.unknown_cursor"
    sold = {"home": "1-2-301", "choice": "sold"}
    no_day = caller.post(f"{address}/write", {"answers": [sold]}, key="w-1")
    assert (no_day.status_code, no_day.json()["code"]) == (422, "roster.sale_day_unreadable")
    unknown = caller.post(f"{address}/write", {"answers": [{**sold, "choice": "given"}]}, key="w-2")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "api.invalid")
    done = caller.post(f"{address}/write", {"answers": [{**sold, "on": "2026-09-01"}]}, key="w-3")
    assert (done.status_code, done.json()["state"]) == (202, "writing")
    assert caller.get(f"{address}/questions").json()["items"][0]["on"] == "2026-09-01"
    _work()
    assert caller.get(address).json()["state"] == "done"
    now = [tie.person.name for tie in house.home.ties.filter(until__isnull=True)]
    assert now == ["示例新主"]


def _work() -> None:
    row = RosterImport.objects.select_related("community__book").get()
    assert claim(row, at(NOW))
    work_on(row, at(NOW))


def test_a_roster_that_cannot_be(house: House, caller: Caller) -> None:
    assert _hand_in(caller, "听涛苑").json()["code"] == "community.unknown"
    assert _hand_in(Caller.of("finance", house.community), "和风花园").status_code == 403
    _hand_in(caller, "和风花园", key="r-2", content=b"PK\x03\x04 no book")
    _work()
    row = RosterImport.objects.get()
    failed = caller.get(f"rosters/{row.id}").json()
    assert (failed["state"], failed["refusal"]["code"]) == ("failed", "roster.unreadable")
