"""From an empty house to a first registered word; each step is seen from the data."""

import http.server
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import BEGAN, House, found_house
from hemu.estate.models import Community, Company, Department, Office
from hemu.estate.operations import open_office
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.setting_up.models import ChannelTest, StartCode
from hemu.setting_up.operations import make_start_code
from hemu.setting_up.queries import facts_of, status_of

pytestmark = pytest.mark.django_db
OWN = "a word of my own"
START = {"company": "示例物业", "office": "试点管理处", "community": "试点小区", "name": "测试主任", "password": OWN, "again": OWN}  # fmt: skip


def ask(client: Client, method: str, page: str, /, **data: Any) -> Any:
    with clock.standing_at(BEGAN):
        return getattr(client, method)(reverse(page), data)


def test_an_empty_house_leads_to_the_start_and_a_code_opens_it_once() -> None:
    open_office(now=BEGAN)
    code, client = make_start_code(now=BEGAN), Client()
    assert code not in str(StartCode.objects.get().digest)
    assert client.get("/log-in/").headers["Location"] == "/start/"
    assert client.get("/start/").status_code == 200
    for wrong in (
        {"code": "2222-2222-2222"},
        {"again": "another"},
        {"password": "1", "again": "1"},
        {"office": " "},
    ):
        assert ask(client, "post", "start", **{"code": code, **START, **wrong}).status_code == 422
    assert (Account.objects.count(), Community.objects.count()) == (0, 0)
    answer = ask(client, "post", "start", code=code.lower(), **START)
    assert answer.headers["Location"] == "/setup/"
    assert ask(client, "get", "setup").status_code == 200
    actor = actor_by_login("ceshizhuren", now=BEGAN)
    assert actor.roles == {"office_director", "hr", "operations"}
    assert (Company.objects.get().name, Office.objects.get().name) == ("示例物业", "试点管理处")
    assert ask(Client(), "get", "start").headers["Location"] == "/log-in/"
    assert ask(Client(), "post", "start", code=code, **START).headers["Location"] == "/log-in/"
    assert Client().get("/log-in/").status_code == 200
    with pytest.raises(RuleViolation):
        make_start_code(now=BEGAN)
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["setup.begun", "post.given", "post.given", "post.given"]


def test_a_new_start_code_voids_the_old_and_guessing_slows_down() -> None:
    old, new = make_start_code(now=BEGAN), make_start_code(now=BEGAN)
    assert old != new
    found = [ask(Client(), "post", "start", code=old, **START).status_code for _ in range(5)]
    assert found == [422] * 4 + [429]


@pytest.fixture
def house() -> House:
    return found_house()


@pytest.fixture
def client(house: House) -> Client:
    client = Client()
    with clock.standing_at(BEGAN):
        client.force_login(Account.objects.get(login="office_director"))
    return client


def lacks(community: Community) -> dict[str, list[str]]:
    return {each["step"]: each["lacks"] for each in status_of(community, now=BEGAN)["steps"]}


def test_who_may_set_up() -> None:
    may = {role for role, held in PERMISSIONS_OF.items() if "setup.change" in held}
    assert may == {"general_manager", "company_leader", "operations", "office_director"}


def test_the_page_shows_each_step_with_what_is_missing_and_why(client: Client, house: House) -> None:
    page = ask(client, "get", "setup", community=str(house.community.id)).content.decode()
    assert all(words in page for words in ("办公时间", "还没有说是不是这样上班", "今后七天没有排班", "困梯"))
    assert (
        ask(client, "get", "setup", community=str(house.elsewhere.id)).content.decode().count("听涛苑") == 0
    )


def test_names(client: Client, house: House) -> None:
    community = str(house.community.id)
    data = {"community": community, "office": "新管理处", "name": "和风新苑", "company": "别的公司"}
    assert ask(client, "post", "setup_place", **{**data, "name": "和风二期"}).status_code == 422
    assert ask(client, "post", "setup_place", **data).status_code == 302
    house.community.refresh_from_db()
    house.office.refresh_from_db()
    assert (house.community.name, house.office.name) == ("和风新苑", "新管理处")
    assert Company.objects.get().name == "物业公司"  # not an office's to change
    assert Entry.objects.get().facts == {"what": "office,community"}


def test_hours_and_the_door_are_set_from_today_on(client: Client, house: House) -> None:
    data = {"community": str(house.community.id), "office": "09：00-12:00，13:00-18:00", "frontdesk": "00:00-24:00",
            "shifts": "08:00-20:00, 20:00-08:00", "quiet": "22:00-07:00", "roles": ["office_director"], "grace": "5"}  # fmt: skip
    assert "hours" in lacks(house.community)["hours"]
    assert ask(client, "post", "setup_hours", **{**data, "office": "早九晚五"}).status_code == 422
    assert ask(client, "post", "setup_hours", **{**data, "quiet": ""}).status_code == 422
    assert ask(client, "post", "setup_hours", **data).status_code == 302
    house.office.refresh_from_db()
    settings = office_rules(house.office, on=BEGAN).settings
    assert settings.hours["office"] == ["09:00-12:00", "13:00-18:00"]
    assert settings.sign_in == {
        "second_factor_roles": ["office_director"], "second_factor_from": str(BEGAN.date()), "second_factor_grace_days": 5,
    }  # fmt: skip
    assert lacks(house.community)["hours"] == []
    other = office_rules(house.other_office, on=BEGAN).settings
    assert other.sign_in["second_factor_roles"] == []


def test_departments_carry_trades(client: Client, house: House) -> None:
    data = {
        "community": str(house.community.id),
        "repair": "工程部",
        "security": "秩序部",
        "cleaning": "",
        "greening": "",
    }
    assert ask(client, "post", "setup_departments", **data).status_code == 302
    assert dict(Department.objects.filter(office=house.office).values_list("name", "trade")) == {
        "工程部": "repair", "秩序部": "security",
    }  # fmt: skip
    assert "trade.repair" in lacks(house.community)["trades"]  # nobody is in it yet


def test_one_more_community(client: Client, house: House) -> None:
    assert ask(client, "post", "setup_another", name="三期", new_office="新处").status_code == 422
    assert (
        ask(client, "post", "setup_another", name="三期", office=str(house.other_office.id)).status_code
        == 422
    )
    assert (
        ask(client, "post", "setup_another", name="和风二期", office=str(house.office.id)).status_code == 422
    )
    assert ask(client, "post", "setup_another", name="三期", office=str(house.office.id)).status_code == 302
    assert Community.objects.get(name="三期").office == house.office


@pytest.fixture
def gateway(settings: Any) -> Iterator[list[dict[str, str]]]:
    """A real gateway for text messages on this machine; a number that ends in 0 it refuses."""
    taken: list[dict[str, str]] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            taken.append(body)
            answer = json.dumps({"error": "number"} if body["to"].endswith("0") else {"id": "g1"}).encode()
            self.send_response(400 if body["to"].endswith("0") else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL, settings.SMS_SECRET = f"http://127.0.0.1:{server.server_port}/", "shared"
    yield taken
    server.shutdown()
    server.server_close()


def test_a_channel_is_tested_by_a_real_message(
    client: Client, house: House, gateway: list[dict[str, str]]
) -> None:
    assert lacks(house.community)["channels"] == ["channel.sms"]
    data = {"community": str(house.community.id), "channel": "sms"}
    assert ask(client, "post", "setup_channel_test", **data, to="1").status_code == 422
    assert ask(client, "post", "setup_channel_test", **data, to="199 0000 1230").status_code == 302
    assert lacks(house.community)["channels"] == ["channel.sms"]
    assert "http.400" in ask(client, "get", "setup_channels", community=data["community"]).content.decode()
    assert ask(client, "post", "setup_channel_test", **data, to="199-0000-1234").status_code == 302
    assert lacks(house.community)["channels"] == []
    assert [each["to"] for each in gateway] == ["19900001230", "19900001234"]
    assert [row.ok for row in ChannelTest.objects.order_by("id")] == [False, True]
    assert "1990000" not in str(list(Entry.objects.values())) + str(list(ChannelTest.objects.values()))
    ChannelTest.objects.bulk_create(
        ChannelTest(channel="sms", tried_at=BEGAN - timedelta(minutes=1), by="x", ok=True) for _ in range(8)
    )
    assert ask(client, "post", "setup_channel_test", **data, to="19900001234").status_code == 422
    assert len(gateway) == 2


def test_copied_text_alone_is_a_choice(client: Client, house: House) -> None:
    assert lacks(house.community)["channels"] == ["channel.none"]
    assert ask(client, "post", "setup_copy_only", community=str(house.community.id)).status_code == 302
    house.office.refresh_from_db()
    assert facts_of(
        Community.objects.select_related("office").get(id=house.community.id), now=BEGAN
    ).copy_only
    assert lacks(Community.objects.select_related("office").get(id=house.community.id))["channels"] == []
