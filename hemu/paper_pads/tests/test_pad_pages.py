"""The pages of pads: reserving, printing, twenty sheets in a row, giving back."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.models import Account
from hemu.access.tests.house import at, found_house
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.paper_pads.models import Pad, Sheet
from hemu.paper_pads.tests.conftest import PadDesk
from hemu.service_requests.models import Request

ONE, TWO, THREE = (f"HFHY-2026-0000{serial}" for serial in (1, 2, 3))


@pytest.fixture
def mine(desk: PadDesk, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at("2026-10-08 09:00"))
    made = Client()
    made.force_login(Account.objects.get(login="frontdesk"))
    return made


def sheet(desk: PadDesk, number: str, /, **more: str) -> dict[str, str]:
    return {
        "community": str(desk.house.community.id),
        "number": number,
        "day": "2026-09-30",
        "clock": "10:00",
        "home_words": "1-2-301",
        "phone": "19900001234",
        "type": "complaint",
        "text": "楼道的灯不亮。",
        "channel": "walk_in",
        "late_reason": "停电",
        **more,
    }


def test_reserving_and_printing(desk: PadDesk, mine: Client) -> None:
    asked = {"community": str(desk.house.community.id), "count": "2", "key": "k1"}
    first, again = mine.post(reverse("pads"), asked), mine.post(reverse("pads"), asked)
    pad = Pad.objects.get()
    assert first["Location"] == again["Location"] == reverse("pad", args=[pad.id])
    assert mine.get(reverse("pad_print", args=[pad.id])).content[:5] == b"%PDF-"
    assert ONE in mine.get(reverse("pad", args=[pad.id])).content.decode()
    assert mine.post(reverse("pads"), asked | {"count": "999", "key": ""}).status_code == 422
    assert (
        mine.post(reverse("pads"), asked | {"community": str(desk.house.elsewhere.id), "key": ""}).status_code
        == 422
    )
    assert mine.get(reverse("pads")).status_code == 200


def test_sheets_in_a_row_keep_what_stays_the_same(desk: PadDesk, mine: Client) -> None:
    desk.reserve()
    page = mine.get(reverse("pad_enter")).content.decode()
    assert f'value="{ONE}"' in page
    page = mine.post(reverse("pad_enter"), sheet(desk, "1", key="a")).content.decode()
    assert f"{ONE} 已录入" in page
    for kept in ('value="2026-09-30"', 'value="停电"', f'value="{TWO}"'):
        assert kept in page
    assert "楼道的灯不亮" not in page
    request = Request.objects.get()
    assert (request.number, request.channel, request.home, request.person_id) == (
        ONE,
        "walk_in",
        desk.house.home,
        desk.house.owner.id,
    )


def test_the_same_key_twice_types_one_sheet_in(desk: PadDesk, mine: Client) -> None:
    desk.reserve()
    for _ in range(2):
        assert mine.post(reverse("pad_enter"), sheet(desk, ONE, key="a")).status_code == 200
    assert Request.objects.count() == 1
    refused = mine.post(reverse("pad_enter"), sheet(desk, ONE, key="b"))
    assert (refused.status_code, "已经录过了" in refused.content.decode()) == (422, True)
    assert "楼道的灯不亮" in refused.content.decode()  # nothing typed is lost


def test_what_the_page_refuses(desk: PadDesk, mine: Client) -> None:
    desk.reserve()
    for more in (
        {"clock": "abend"},
        {"type": ""},
        {"number": "77"},
        {"late_reason": ""},
        {"home_words": "9-9-999"},
    ):
        assert mine.post(reverse("pad_enter"), sheet(desk, ONE, **more)).status_code == 422
    assert Request.objects.count() == 0


def test_giving_back(desk: PadDesk, mine: Client) -> None:
    pad = desk.reserve()
    address = reverse("pad", args=[pad.id])
    assert mine.post(address, {"number": [TWO, THREE], "reason": ""}).status_code == 422
    assert mine.post(address, {"number": [TWO, THREE], "reason": "写坏了"}).status_code == 302
    assert list(
        Sheet.objects.filter(state="returned").values_list("number", flat=True).order_by("number")
    ) == [TWO, THREE]


@pytest.mark.parametrize(("login", "status"), [("elsewhere", 404), ("technician", 403), ("quality", 403)])
def test_whose_pads_one_does_not_see(desk: PadDesk, login: str, status: int) -> None:
    pad, other = desk.reserve(), Client()
    other.force_login(Account.objects.get(login=login))
    assert other.get(reverse("pad", args=[pad.id])).status_code == status
    assert other.get(reverse("pad_print", args=[pad.id])).status_code == status


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_use_a_number_twice() -> None:
    desk = PadDesk(found_house())
    desk.reserve(1)
    found = at_once(lambda: desk.type_in(ONE), lambda: desk.type_in(ONE))
    assert sorted(each if isinstance(each, str) else each.number for each in found) == [
        ONE,
        "pad.already_used",
    ]
    assert Request.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_reserving_and_registering_at_once_share_no_number() -> None:
    desk = PadDesk(found_house())
    at_once(lambda: desk.reserve(5), desk.register, lambda: desk.reserve(5), desk.register)
    numbers = [
        *Sheet.objects.values_list("number", flat=True),
        *Request.objects.values_list("number", flat=True),
    ]
    assert sorted(numbers) == [f"HFHY-2026-{serial:05d}" for serial in range(1, 13)]


def at_once(*acts: Any) -> list[Any]:
    """Run acts together, each on a connection of its own; a refusal is its code."""
    found: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int) -> None:
        gate.wait()
        try:
            found[place] = acts[place]()
        except RuleViolation as refusal:
            found[place] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_the_way_to_paper_stands_beside_the_form_and_among_the_papers(mine: Client) -> None:
    assert f'href="{reverse("pad_enter")}"' in mine.get(reverse("register")).content.decode()
    assert f'href="{reverse("pads")}"' in mine.get(reverse("papers")).content.decode()


def test_the_list_asks_for_as_much_with_three(desk: PadDesk, mine: Client) -> None:
    counts = []
    mine.get(reverse("pads"))
    for number in range(3):
        desk.reserve()
        with CaptureQueriesContext(connection) as found:
            page = mine.get(reverse("pads")).content.decode()
        counts.append(len(found))
        assert page.count("/pads/") > number
    assert (len(set(counts)), Pad.objects.count()) == (1, 3)
