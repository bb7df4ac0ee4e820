"""Cases by the interface: the same rules, entries and refusals as on the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from hemu.access.models import ReadLog
from hemu.access.tests.house import House
from hemu.attachments.models import KeptFile
from hemu.attachments.tests import samples
from hemu.interface.rules import OWN_STEPS
from hemu.interface.tests.caller import REPAIR, Caller
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, written

COMMITTING = pytest.mark.django_db(transaction=True)
"""What is refused is rolled back, which a test in one transaction cannot show."""


def test_a_word_is_registered_once_and_the_book_says_who_brought_it(house: House, caller: Caller) -> None:
    answer = caller.register()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    made = answer.json()
    case = Request.objects.get()
    assert made == {
        "number": case.number,
        "state": "received",
        "version": 1,
        "duties": made["duties"],
    }
    assert ("RQ-06", "2026-10-10T23:59:59+08:00") in [
        (each["clause"], each["due"]) for each in made["duties"]
    ]
    entry = Entry.objects.get(kind="request.registered")
    assert (entry.actor, entry.proof, entry.facts["channel"]) == (caller.key, "word", "web")
    assert (case.home, case.person, case.channel) == (house.home, house.owner, "web")

    before = written()
    again = caller.register()
    assert (again.status_code, again.json()) == (201, made)
    other = caller.register(text="另一件事。")
    assert (other.status_code, other.json()["code"]) == (422, "key.other_body")
    assert written() == before
    assert caller.register(key="k-2").json()["number"] != made["number"]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "api.invalid"),
    ({"text": " "}, "request.no_words"),
    ({"type": "wish"}, "api.invalid"),
    ({"state": "closed"}, "api.invalid"),
    ({"text": "\x00"}, "api.invalid"),
    ({"at": "9999-12-31T23:59:59Z"}, "api.invalid"),
    ({"at": "2026-10-30T16:00:00+08:00"}, "entry.in_future"),
    ({"community": "听涛苑"}, "community.unknown"),
    ({"community": "无此小区"}, "community.unknown"),
    ({"home": "9-9-999"}, "home.unknown"),
    ({"outside": {"body": "moon"}}, "api.invalid"),
]


@COMMITTING
def test_what_is_refused_writes_nothing(caller: Caller) -> None:
    before = written()
    for change, code in REFUSED:
        answer = caller.register(**change)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["status"]) == (422, code, 422)
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert written() == before


@COMMITTING
def test_a_step_needs_the_version_that_was_seen(house: House, caller: Caller) -> None:
    number = caller.register().json()["number"]
    sorting = {"trade": "repair", "nature": "routine", "urgency": "normal"}
    missing = caller.post(f"requests/{number}/steps/classify", {"values": sorting}, key="s-0")
    assert (missing.status_code, missing.json()["errors"]) == (
        422,
        [{"at": "body.given.expected_version", "code": "missing", "detail": "少了这一项"}],
    )
    done = caller.step(number, "classify", 1, values=sorting)
    assert (done.status_code, done.json()) == (200, {"number": number, "state": "classified", "version": 2})
    assert Entry.objects.get(kind="request.classified").actor == caller.key
    before = written()
    stale = caller.step(number, "reply", 1, words="明天上午来修。", key="s-2")
    assert (stale.status_code, stale.json()["code"], stale.json()["version"]) == (409, "request.stale", 2)
    assert (
        caller.step(number, "classify", 1, values=sorting).json()["version"] == 2
    )  # the same key: what it did
    assert written() == before


@COMMITTING
def test_what_is_a_persons_own_no_system_does(house: House) -> None:
    caller = Caller.of("office_director", house.community)
    number = caller.register().json()["number"]
    before = written()
    for step in sorted(OWN_STEPS):
        answer = caller.step(number, step, 1)
        assert (answer.status_code, answer.json()["code"]) == (403, "step.needs_person")
    assert written() == before


def test_a_case_is_shown_with_its_phone_masked(house: House, caller: Caller) -> None:
    number = caller.register(name="示例业主").json()["number"]
    shown = caller.get(f"requests/{number}").json()
    assert shown["caller"] == {"name": "示例业主", "phone": "199****1234"}
    assert "19900001234" not in str(shown)
    assert shown["steps"] == ["add", "classify", "correct", "escalate", "judge", "merge", "outside", "reply",
                              "second", "split", "urge", "withdraw"]  # fmt: skip
    assert ReadLog.objects.count() == 0
    full = caller.get(f"requests/{number}?full_phone=true").json()
    assert full["caller"]["phone"] == "19900001234"
    look = ReadLog.objects.get()
    assert (look.staff, look.token, look.subject, look.what) == (
        None,
        caller.token,
        f"request:{number}",
        "phone",
    )
    looker = Caller.of("quality", house.community)
    refused = looker.get(f"requests/{number}?full_phone=true")
    assert (refused.status_code, refused.json()["code"]) == (403, "access.denied")


def test_a_list_is_turned_page_by_page(house: House, caller: Caller) -> None:
    numbers = [caller.register(key=f"k-{n}", when=f"2026-09-30 15:0{n}").json()["number"] for n in range(5)]
    first = caller.get("requests?limit=2").json()
    late_comer = caller.register(key="late").json()["number"]
    second = caller.get(f"requests?limit=2&cursor={first['next']}").json()
    third = caller.get(f"requests?limit=2&cursor={second['next']}").json()
    pages = [[line["number"] for line in page["items"]] for page in (first, second, third)]
    assert pages == [numbers[4:2:-1], numbers[2:0:-1], numbers[:1]]
    assert third["next"] is None
    assert caller.get("requests?limit=1").json()["items"][0]["number"] == late_comer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("state=open", 2),
        ("state=closed", 0),
        ("type=complaint", 1),
        ("q=水管", 1),
        ("building=1", 2),
        ("person=00000000-0000-7000-8000-000000000000", 0),
        ("since=2026-09-30&until=2026-09-30", 2),
        ("until=2026-09-29", 0),
        ("late=true", 0),
        ("urged=true", 0),
    ],
)
def test_the_filters_are_those_of_the_page(caller: Caller, query: str, found: int) -> None:
    caller.register()
    caller.register(key="k-2", type="complaint", text="楼道的灯不亮。")
    assert len(caller.get(f"requests?{query}").json()["items"]) == found


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "cursor=xyz", "cursor=YQ", "state=lost", "since=soon"]
)
def test_a_list_that_cannot_be(caller: Caller, query: str) -> None:
    assert caller.get(f"requests?{query}").status_code == 422


def test_not_yours_and_not_there_are_one(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = Caller.of("cs_supervisor", house.elsewhere)
    mine = Caller.of("cs_supervisor", house.community)
    number = mine.register().json()["number"]
    unknown = number[:-5] + "99999"
    other.get("communities")  # takes its share of the minute's calls
    calls: dict[int, Callable[[str], Any]] = {
        2: lambda each: other.get(f"requests/{each}"),
        3: lambda each: other.step(each, "classify", 1, key=each),
    }
    for statements, call in calls.items():
        seen = []
        for each in (number, unknown):
            with django_assert_num_queries(statements):
                answer = call(each)
            seen.append((answer.status_code, answer.content.decode().replace(each, "N")))
        assert seen[0] == seen[1]
        assert seen[0][0] == 404
    assert other.get("requests").json() == {"items": [], "next": None}


def test_statements(house: House, caller: Caller, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Registering: all in, with the token, its share of the minute's calls, the key, the first number of a year.

    The three statements for the rules of an office are asked once in a process for each change of them; an office of a
    test is a new one, so that what the process did before counts for nothing.
    """
    with django_assert_num_queries(20):
        caller.register()
    with django_assert_num_queries(2):
        assert len(caller.get("requests").json()["items"]) == 1
    for n in range(2):
        with django_assert_num_queries(14):
            caller.register(key=f"more-{n}")
    with django_assert_num_queries(2):
        assert len(caller.get("requests").json()["items"]) == 3
    number = Request.objects.order_by("id").first().number  # type: ignore[union-attr]
    with django_assert_num_queries(4):
        caller.get(f"requests/{number}")


def test_the_desk_sees_who_brought_it(house: House, caller: Caller) -> None:
    """What came by the interface is a case like any other: a person goes on with it."""
    number = caller.register().json()["number"]
    case = Desk(house).step(
        Request.objects.get(number=number), "frontdesk classify", "2026-09-30 16:05", trade="repair"
    )
    assert case.version == 2
    assert REPAIR["text"] == case.text


def hand_in(caller: Caller, *, key: str = "f-1", data: bytes | None = None, use: str = "photo") -> Any:
    file = SimpleUploadedFile("a.jpg", samples.jpeg() if data is None else data)
    return caller.send("files", {"use": use, "file": file}, key=key)


def test_a_picture_is_handed_in_once_and_named_in_an_act(house: House, caller: Caller) -> None:
    """A call made twice keeps one file; named, it belongs to the case, and its digest stands in the entry."""
    first = hand_in(caller)
    assert (first.status_code, first.json()) == (
        201,
        {"id": first.json()["id"], "kind": "picture", "use": "photo"},
    )
    again = hand_in(caller)
    assert (again.status_code, again.json()) == (201, first.json())
    assert hand_in(caller, use="before").json()["code"] == "key.other_body"
    row = KeptFile.objects.get()
    assert (str(row.id), row.uploaded_by, row.subject) == (first.json()["id"], caller.key, "")
    number = caller.register(files=[first.json()["id"]]).json()["number"]
    facts = {"id": str(row.id), "digest": row.digest, "use": "photo"}
    assert Entry.objects.get(kind="request.registered").facts["files"] == [facts]
    second = hand_in(caller, key="f-2", use="before").json()["id"]
    sorting = {"trade": "repair", "nature": "routine", "urgency": "normal"}
    assert caller.step(number, "classify", 1, values=sorting, files=[second]).status_code == 200
    assert Entry.objects.get(kind="request.classified").facts["files"][0]["id"] == second
    assert set(KeptFile.objects.values_list("subject", flat=True)) == {f"request:{number}"}


@COMMITTING
def test_files_are_checked_as_on_the_page(house: House, caller: Caller) -> None:
    mine = hand_in(caller).json()["id"]
    other = Caller.of("cs_supervisor", house.community)
    before = written()
    refused = {
        "file.unknown_type": hand_in(caller, key="a", data=samples.HTML),
        "file.broken": hand_in(caller, key="b", data=samples.jpeg()[:300]),
        "file.empty": hand_in(caller, key="c", data=b""),
        "file.too_many_pixels": hand_in(caller, key="d", data=samples.png_claiming(30_000, 30_000)),
        "file.other_use": hand_in(caller, key="e", data=samples.PDF),
        "file.not_found": other.register(files=[mine]),
    }
    assert {code: answer.json()["code"] for code, answer in refused.items()} == {
        code: code for code in refused
    }
    assert {answer.status_code for answer in refused.values()} == {422}
    assert hand_in(caller, key="g", use="signature").json()["code"] == "api.invalid"
    assert hand_in(Caller.of("hr", house.community)).status_code == 403
    assert caller.register(files=[mine] * 21).json()["code"] == "api.invalid"
    assert (written(), KeptFile.objects.count()) == (before, 1)


def test_a_number_of_an_outside_body_used_elsewhere_names_no_case(house: House, caller: Caller) -> None:
    outside = {"body": "hotline", "number": "G-1"}
    other = Caller.of("cs_supervisor", house.elsewhere)
    number = other.register(community="听涛苑", home="", outside=outside).json()["number"]
    answer = caller.register(outside=outside)
    assert (answer.status_code, answer.json()["code"]) == (422, "outside.duplicate_elsewhere")
    assert number not in answer.content.decode()
    assert answer.json()["params"] == {}
    same = other.register(key="k-2", community="听涛苑", home="", outside=outside)
    assert (same.json()["code"], same.json()["params"]) == ("outside.duplicate", {"number": number})
