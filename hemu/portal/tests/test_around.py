"""Public matters of where one lives: without names and words, joined once for a home."""

from typing import Any

import pytest

from hemu.access.tests.house import House
from hemu.estate.models import Home
from hemu.estate.operations import add_place
from hemu.portal.tests.conftest import NOW, OWNER, STRANGER, Phoned, lives
from hemu.service_requests.models import Party, Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.tests.desk import Desk, entries, kinds

NEIGHBOUR, WIFE = "19900004444", "19900002222"
SORT = ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"})


@pytest.fixture
def neighbour(house: House) -> Home:
    add_place(community=house.community, name="东门", now=NOW)
    home = Home.objects.get(written="1-2-302")
    lives(home, NEIGHBOUR, "王小明")
    return home


def broken(desk: Desk, **more: Any) -> Request:
    values: dict[str, Any] = {
        "home": None, "place": "东门", "text": "门禁坏了，我是王小明，302。",
        "caller": Caller(None, "王小明", NEIGHBOUR), **more,
    }  # fmt: skip
    return desk.go(desk.register("repair_public", **values), SORT)


def test_neighbours_read_what_where_when_and_how_many_and_no_word(
    desk: Desk, house: House, neighbour: Home
) -> None:
    case = broken(desk)
    page = Phoned(OWNER).logs_in().see("/my/around/")
    assert [part in page for part in (case.number, "东门", "公共维修", "维修", "在办", "1 户反映")] == [
        True
    ] * 6
    assert [part in page for part in ("王小明", "302", "门禁坏了", NEIGHBOUR)] == [False] * 4


def test_a_room_said_as_a_place_is_not_shown(desk: Desk, house: House, neighbour: Home) -> None:
    broken(desk, place="3-2-1201 王家")
    broken(desk, place="", home=neighbour)
    page = Phoned(OWNER).logs_in().see("/my/around/")
    assert [part in page for part in ("1201", "王家", "1-2-302", "公共部位", "1栋公共部位")] == [
        False, False, False, True, True,
    ]  # fmt: skip
    assert "我这一栋" in page


def test_what_is_no_public_matter_is_not_listed(desk: Desk, house: House, neighbour: Home) -> None:
    numbers = [
        desk.register("repair_public", home=None, place="东门").number,  # nobody sorted it yet
        desk.go(desk.register("complaint", home=None, place="东门"),
                ("frontdesk classify", "2026-09-30 16:05", {"trade": "security"})).number,
        desk.go(desk.register("repair_home", home=neighbour), SORT).number,
        desk.go(broken(desk), ("owner withdraw", "2026-09-30 16:10")).number,
    ]  # fmt: skip
    page = Phoned(OWNER).logs_in().see("/my/around/")
    assert [number for number in numbers if number in page] == []
    assert "公共部位没有在办的事" in page


def test_another_communitys_matters_are_its_own(desk: Desk, house: House, neighbour: Home) -> None:
    number = broken(desk, community=house.second).number
    owner = Phoned(OWNER).logs_in()
    assert number not in owner.see("/my/around/")
    assert owner.post(f"/my/around/{number}/me-too/").status_code == 404
    assert not Party.objects.exists()


def test_me_too_counts_once_for_a_home(desk: Desk, house: House, neighbour: Home) -> None:
    case = broken(desk)
    lives(house.home, WIFE, kind="co_owner")
    owner, wife = Phoned(OWNER).logs_in(), Phoned(WIFE).logs_in()
    for phone in (owner, owner, wife):
        assert (
            phone.post(f"/my/around/{case.number}/me-too/").headers["Location"]
            == f"/my/around/#{case.number}"
        )
    case.refresh_from_db()
    assert (case.seconded_count, Party.objects.count(), kinds(case).count("request.seconded")) == (1, 1, 1)
    entry = entries(case)[-1]
    assert (entry.proof, entry.actor, entry.facts) == (
        "own", f"owner:{house.owner.id}", {"home": str(house.home.id), "person": str(house.owner.id), "count": 1},
    )  # fmt: skip
    for phone in (owner, wife):
        page = phone.see("/my/around/")
        assert ("2 户反映" in page, "您已反映" in page, "me-too" in page) == (True, True, False)
    assert owner.get(f"/my/cases/{case.number}/").status_code == 404  # joining shows nobody's words


def test_ones_own_matter_is_not_joined(desk: Desk, house: House, neighbour: Home) -> None:
    case = broken(desk, home=house.home, place="")
    owner = Phoned(OWNER).logs_in()
    assert "您已反映" in owner.see("/my/around/")
    owner.post(f"/my/around/{case.number}/me-too/")
    case.refresh_from_db()
    assert case.seconded_count == 0


def test_who_has_no_home_here_joins_nothing(desk: Desk, house: House, neighbour: Home) -> None:
    case = broken(desk)
    stranger = Phoned(STRANGER).logs_in()
    assert case.number not in stranger.see("/my/around/")
    assert stranger.post(f"/my/around/{case.number}/me-too/").status_code == 404


def test_the_page_asks_for_as_much_with_three(
    desk: Desk, house: House, neighbour: Home, django_assert_num_queries: Any
) -> None:
    broken(desk)
    owner = Phoned(OWNER).logs_in()
    with django_assert_num_queries(5):  # session, ties, places, matters, joined
        owner.get("/my/around/")
    for _ in range(2):
        broken(desk)
    with django_assert_num_queries(5):
        owner.get("/my/around/")
