"""What is written at the owners' door: registered as the owner's own act; from unknown numbers tied to a home later."""

from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.estate.models import Home, Phone
from hemu.infra import clock
from hemu.portal.models import OwnWord
from hemu.portal.tests.conftest import NOW, OWNER, STRANGER, Phoned, later
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import entries, kinds, written


def write(phone: Phoned, text: str = "厨房水管漏水。", **more: str) -> Any:
    return phone.post("/my/write/", text=text, **{"key": "k", **more})


def test_a_word_about_ones_home(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    answer = write(owner, where=str(house.home.id))
    case = Request.objects.get()
    assert answer.headers["Location"] == f"/my/cases/{case.number}/?new=1"
    assert (case.channel, case.type, case.home, case.person, case.caller_phone) == (
        "web", "other", house.home, house.owner, OWNER,
    )  # fmt: skip
    entry = entries(case)[0]
    assert (entry.kind, entry.proof, entry.actor, entry.facts["channel"]) == (
        "request.registered", "own", f"owner:{house.owner.id}", "web",
    )  # fmt: skip
    assert f"编号 {case.number}。" in owner.see(f"/my/cases/{case.number}/?new=1")
    assert not OwnWord.objects.get().homeless


def test_a_double_press_registers_once(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    first, second = (write(owner, where=str(house.home.id)) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Request.objects.count() == 1


def test_a_word_about_a_public_place(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    write(owner, where="public", place="东门")
    case = Request.objects.get()
    assert (case.home, case.place, case.community, case.person) == (
        None,
        "东门",
        house.community,
        house.owner,
    )


def test_what_is_not_ones_own_is_not_written_about(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    for home in (str(house.other_home.id), "x", "", "00000000-0000-7000-8000-000000000000"):
        answer = write(owner, where=home, key=f"k{home}")
        assert (answer.status_code, "厨房水管漏水。" in answer.content.decode()) == (422, True)
    assert write(owner, text=" ", where=str(house.home.id), key="e").status_code == 422
    assert not Request.objects.exists()


def test_nobody_writes_without_end(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    for number in range(10):
        assert write(owner, where=str(house.home.id), key=str(number)).status_code == 302
    answer = write(owner, where=str(house.home.id), key="more")
    assert (answer.status_code, "一天最多写 10 件" in answer.content.decode()) == (422, True)
    owner.now = later(days=1)
    assert write(owner, where=str(house.home.id), key="next day").status_code == 302


@pytest.fixture
def stranger(house: House) -> Phoned:
    return Phoned(STRANGER).logs_in()


def community(house: House) -> str:
    return str(house.community.id)


def test_an_unknown_number_may_write_and_follow_it(house: House, stranger: Phoned) -> None:
    assert write(stranger, place="1-2-302", name="小王", key="a").status_code == 422  # which community?
    answer = write(stranger, place="1-2-302", name="小王", community=community(house))
    case = Request.objects.get()
    assert (case.home, case.person, case.place, case.caller_name) == (None, None, "1-2-302", "小王")
    assert entries(case)[0].actor.startswith("owner:")
    assert STRANGER not in str(entries(case)[0].facts)
    assert stranger.get(answer.headers["Location"]).status_code == 200
    assert case.number in stranger.see("/my/")
    for number in range(2):
        write(stranger, community=community(house), key=str(number))
    assert write(stranger, community=community(house), key="more").status_code == 422
    stranger.now = later(days=89)
    assert case.number in stranger.see("/my/")
    assert Phoned(OWNER).logs_in().get(f"/my/cases/{case.number}/").status_code == 404


class Clerk:
    def __init__(self, login: str) -> None:
        self.client = Client()
        self.client.force_login(Account.objects.get(login=login))

    def get(self, url: str) -> Any:
        with clock.standing_at(later(hours=1)):
            return self.client.get(url)

    def post(self, url: str, **data: str) -> Any:
        with clock.standing_at(later(hours=1)):
            return self.client.post(url, data)


@pytest.fixture
def case(house: House, stranger: Phoned) -> Request:
    write(stranger, place="1-2-302", name="小王", community=community(house))
    return Request.objects.get()


def test_the_desk_ties_it_to_a_home_in_one_step(house: House, stranger: Phoned, case: Request) -> None:
    clerk = Clerk("frontdesk")
    page = clerk.get("/unmatched/").content.decode()
    assert [part in page for part in (case.number, "1-2-302", "小王", "199****9999")] == [True] * 4
    assert STRANGER not in page
    assert "未对上房屋" in clerk.get(f"/requests/{case.number}/").content.decode()
    answer = clerk.post(f"/unmatched/{case.number}/", home_words="1-2-302")
    assert answer.headers["Location"] == f"/requests/{case.number}/"
    before, case = case, Request.objects.get()
    home = Home.objects.get(written="1-2-302")
    assert (case.home, case.person, case.version) == (home, None, before.version + 1)
    entry = entries(case)[-1]
    assert (entry.kind, entry.facts) == ("request.matched", {"home": str(home.id), "phone_kept": False})
    assert "都对上了" in clerk.get("/unmatched/").content.decode()
    assert clerk.post(f"/unmatched/{case.number}/", home_words="1-2-301").status_code == 404
    # whoever wrote it still follows it, and sees nothing else of that home
    assert case.number in stranger.see("/my/")
    assert "您的号码还没有对上房屋" in stranger.see("/my/")


def test_with_the_number_written_down_its_holder_is_that_person_from_now_on(
    house: House, stranger: Phoned, case: Request
) -> None:
    values = {"home": str(house.home.id), "person": str(house.owner.id), "keep_phone": "1"}
    assert Clerk("steward").post(f"/unmatched/{case.number}/", **values).status_code == 302
    case.refresh_from_db()
    assert (case.home, case.person) == (house.home, house.owner)
    assert sorted(Phone.objects.filter(person=house.owner).values_list("number", "position")) == [
        (OWNER, 0), (STRANGER, 1),
    ]  # fmt: skip
    assert "1-2-301" in stranger.see("/my/")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "请选一套房。"),
        ({"home_words": "9-9-999"}, "9-9-999"),
        ({"home_words": "1-2-301", "keep_phone": "1"}, "要记下号码，先选是哪一位。"),
        ({"home_words": "1-2-302", "person": "OWNER"}, "这个人现在不是这套房的人，请重新选。"),
    ],
)
def test_what_does_not_fit_is_refused(
    house: House, case: Request, values: dict[str, str], words: str
) -> None:
    before = written()
    values = {name: value.replace("OWNER", str(house.owner.id)) for name, value in values.items()}
    answer = Clerk("frontdesk").post(f"/unmatched/{case.number}/", **values)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (written(), kinds(case)) == (before, ["request.registered"])


@pytest.mark.parametrize(
    "login", [role for role in PERMISSIONS_OF if "portal.match" not in PERMISSIONS_OF[role]]
)
def test_no_other_role_ties(house: House, case: Request, login: str) -> None:
    assert Clerk(login).post(f"/unmatched/{case.number}/", home_words="1-2-302").status_code == 403


def test_another_offices_list_is_not_shown(house: House, case: Request) -> None:
    elsewhere = Clerk("elsewhere")
    assert case.number not in elsewhere.get("/unmatched/").content.decode()
    assert elsewhere.post(f"/unmatched/{case.number}/", home_words="1-2-302").status_code == 404


def test_registering_here_stays_within_the_measure(house: House, django_assert_max_num_queries: Any) -> None:
    owner = Phoned(OWNER).logs_in()
    with django_assert_max_num_queries(24):  # the door's own six, the key's two, registering's
        assert write(owner, where=str(house.home.id)).status_code == 302


def test_the_list_asks_for_as_much_with_three(house: House, stranger: Phoned, case: Request) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clerk = Clerk("frontdesk")
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as found:
            page = clerk.get("/unmatched/").content.decode()
        counts.append(len(found))
        assert page.count("199****9999") == number + 1
        write(stranger, community=community(house), key=f"n{number}")
    assert len(set(counts)) == 1
    assert at("2026-09-30 17:00") == NOW
