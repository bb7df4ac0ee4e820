"""What an owner is told of a case: in the act's own transaction, by the channel that reaches them, with their own link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.actors import Actor, actor_of
from hemu.access.models import Account
from hemu.estate.models import Community, Home, Person, Phone, Post, Staff, Tie
from hemu.estate.operations import open_community, open_office, set_profile_value
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import parse_moment
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, erase_words
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import deliver
from hemu.messaging.queries import message_token
from hemu.messaging.rules import Channel, Place
from hemu.messaging.tests.servers import Gateway, running_gateway
from hemu.service_requests.models import OwnerLink, Request
from hemu.service_requests.operations import Caller, owner_request, register_request, take_step

pytestmark = pytest.mark.django_db
BEGAN = parse_moment("2026-01-05 09:00")
CALLED = parse_moment("2026-09-30 16:00")
NIGHT = parse_moment("2026-09-30 22:30")
HELD = timedelta(seconds=10)


@dataclass(frozen=True)
class Counter:
    """A community, a home, its owner, and the supervisor who takes every step."""

    community: Community
    home: Home
    owner: Person
    by: Actor
    account: Account

    def register(self, at: datetime = CALLED, **more: Any) -> Request:
        values: dict[str, Any] = {
            "community": self.community,
            "home": self.home,
            "type": "repair_home",
            "text": "厨房水管漏水。",
            "caller": Caller(self.owner.id, "示例业主", "199 0000 1234"),
            "act": self.by.act(now=at),
            **more,
        }
        return register_request(**values)

    def step(
        self, request: Request, step: str, words: str = "", at: datetime = CALLED, **values: str
    ) -> Request:
        return take_step(
            number=request.number, step=step, act=self.by.act(now=at), by=self.by, words=words, values=values
        )


@pytest.fixture
def counter() -> Counter:
    office = open_office(name="和风管理处", now=BEGAN)
    community = open_community(name="和风花园", office=office, now=BEGAN)
    home = Home.objects.create(
        id=new_id(BEGAN), community=community, building="1", unit="2", room="301", written="1-2-301"
    )
    owner = Person.objects.create(id=new_id(BEGAN), name="示例业主")
    for position, number in enumerate(("075512345678", "19900005678")):
        Phone.objects.create(id=new_id(BEGAN), person=owner, number=number, position=position)
    Tie.objects.create(id=new_id(BEGAN), person=owner, home=home, kind="owner", since=date(2020, 1, 1))
    staff = Staff.objects.create(id=new_id(BEGAN), name="示例主管")
    for role in ("cs_supervisor", "technician"):
        Post.objects.create(staff=staff, role=role, office=office, since=date(2025, 1, 1))
    account = Account.objects.create(login="lead", staff=staff, password="!")
    return Counter(community, home, owner, actor_of(account, today=CALLED.date()), account)


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with running_gateway() as gateway:
        settings.SMS_URL, settings.SMS_SECRET = f"{gateway.url}/send", "shared"
        settings.PUBLIC_URL = "https://hemu.example.cn"
        yield gateway


def messages(request: Request) -> list[Outgoing]:
    return list(Outgoing.objects.filter(subject=request.subject, recipient="owner").order_by("id"))


def last_text(gateway: Gateway) -> str:
    return str(gateway.taken[-1]["text"])


TOLD = [
    ("registered", "【和风管理处】您好，您反映的事已登记，编号 %s，有了进展会告诉您。"),
    ("replied", "【和风管理处】您反映的事（%s）答复如下：师傅今天下午来看。"),
    ("owner_informed", "【和风管理处】您反映的事（%s）办理结果：换了垫圈。解决没解决，都请告诉我们一声。"),
    ("appointed", "【和风管理处】您反映的事（%s）约好 10月1日（周四）14:00–16:00 上门。时间不合适可以改。"),
]
SLOT = {"from": "2026-10-01 14:00", "until": "2026-10-01 16:00"}
STEPS: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "registered": [],
    "replied": [("reply", "师傅今天下午来看。", {})],
    "owner_informed": [("classify", "", {}), ("resolve", "换了垫圈。", {}), ("inform", "", {})],
    "appointed": [("classify", "", {}), ("dispatch", "", {"to": "lead"}), ("appoint", "", SLOT)],
}


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_the_words_of_each_message(counter: Counter, gateway: Gateway, kind: str, text: str) -> None:
    case = counter.register()
    for step, words, values in STEPS[kind]:
        counter.step(case, step, words, **values)
    while deliver(now=CALLED + HELD):
        pass
    told = Outgoing.objects.get(topic=f"request.{kind}")
    texts = {each["id"]: each["text"] for each in gateway.taken}
    said, _, link = texts[told.id.hex].partition("查看和回复：")
    assert said == text % case.number
    assert re.fullmatch(r"https://hemu\.example\.cn/o/[\w-]{38}/", link)
    assert owner_request(token=link.split("/")[-2], now=CALLED).number == case.number


def test_the_reply_that_lies_in_telling_the_result_is_no_message_of_its_own(
    counter: Counter, gateway: Gateway
) -> None:
    case = counter.register()
    for step, words, values in STEPS["owner_informed"]:
        counter.step(case, step, words, **values)
    assert {each.topic for each in messages(case)} == {"request.registered", "request.owner_informed"}
    assert Entry.objects.filter(subject=case.subject, kind="request.replied").count() == 1


def test_a_second_try_carries_the_same_link_and_no_token_is_kept(counter: Counter, gateway: Gateway) -> None:
    gateway.behaviour = "busy"
    case = counter.register()
    deliver(now=CALLED + HELD)
    gateway.behaviour = "take"
    deliver(now=CALLED + HELD + timedelta(minutes=1))
    token = message_token(messages(case)[0].id)
    assert token in last_text(gateway)
    assert token not in repr(list(Outgoing.objects.values()))
    assert OwnerLink.objects.count() == 0


def test_a_link_in_a_message_ends_and_cannot_be_made_up(counter: Counter, gateway: Gateway) -> None:
    case = counter.register()
    row = messages(case)[0]
    token = message_token(row.id)
    assert owner_request(token=token, now=CALLED).number == case.number
    wrong = [token[:-1] + ("A" if token[-1] != "A" else "B"), token[:-2], token + "AA", "", "ä", token[2:]]
    for bad, moment in [*((each, CALLED) for each in wrong), (token, CALLED + timedelta(days=181))]:
        with pytest.raises(RuleViolation, match=r"link\.not_valid"):
            owner_request(token=bad, now=moment)
    Outgoing.objects.update(state="taken_back")
    with pytest.raises(RuleViolation, match=r"link\.not_valid"):
        owner_request(token=token, now=CALLED)


def test_without_an_address_of_ours_the_text_goes_without_a_link(
    counter: Counter, gateway: Gateway, settings: Any
) -> None:
    settings.PUBLIC_URL = ""
    counter.register()
    deliver(now=CALLED + HELD)
    assert last_text(gateway).endswith("有了进展会告诉您。")


CALLERS = [
    (Caller(None, "示例", "+86 199-0000-1234"), (Channel.SMS, "19900001234")),
    (Caller(None, "示例", "0755-12345678"), (Channel.COPY, "")),
    (Caller(None, "示例", ""), (Channel.COPY, "")),
    (Caller(anonymous=True), (Channel.COPY, "")),
    (Caller(None, "示例", "a@example.cn"), (Channel.COPY, "")),
    (Caller(None, "示例", "19900001234", False, "女儿", "19900008765"), (Channel.SMS, "19900001234")),
    (Caller(None, "示例", "19900001234", False, "女儿", "19900008765", True), (Channel.SMS, "19900008765")),
]


@pytest.mark.parametrize(("caller", "way"), CALLERS)
def test_by_which_way_an_owner_is_told(
    counter: Counter, gateway: Gateway, caller: Caller, way: tuple[Channel, str]
) -> None:
    (row,) = messages(counter.register(caller=caller))
    assert (row.channel, row.address) == way


def test_a_known_owner_who_called_from_a_landline_is_told_by_mobile(
    counter: Counter, gateway: Gateway
) -> None:
    (row,) = messages(counter.register(caller=Caller(counter.owner.id, "示例", "0755-12345678")))
    assert (row.channel, row.address) == (Channel.SMS, "19900005678")


def test_an_office_may_prefer_that_people_send(counter: Counter, gateway: Gateway) -> None:
    set_profile_value(
        office=counter.community.office,
        key="messages.owner_channels",
        value=["copy"],
        since=date(2026, 1, 1),
        now=BEGAN,
    )
    assert messages(counter.register())[0].channel == Channel.COPY


def test_at_night_a_message_waits_for_the_morning_but_not_an_urgent_one(
    counter: Counter, gateway: Gateway
) -> None:
    case = counter.register(NIGHT)
    counter.step(case, "classify", at=NIGHT, urgency="urgent")
    counter.step(case, "reply", "师傅马上到。", at=NIGHT)
    assert {each.topic: (each.not_before, each.place) for each in messages(case)} == {
        "request.registered": (parse_moment("2026-10-01 08:00"), Place.REPLY),
        "request.replied": (NIGHT + HELD, Place.DANGER),
    }


def test_what_came_in_bulk_tells_nobody(counter: Counter, gateway: Gateway) -> None:
    assert messages(counter.register(channel="import")) == []


def test_an_act_that_is_rolled_back_tells_nobody(counter: Counter, gateway: Gateway) -> None:
    with transaction.atomic():
        counter.register()
        transaction.set_rollback(True)
    assert Outgoing.objects.count() == 0


def test_an_answer_that_was_erased_does_not_go_out(counter: Counter, gateway: Gateway) -> None:
    case = counter.register()
    counter.step(case, "reply", "师傅今天下午来看。")
    erase_words(entry_id=str(Entry.objects.get(subject=case.subject, kind="request.replied").id))
    while deliver(now=CALLED + HELD):
        pass
    states = {each.topic: (each.state, each.error) for each in messages(case)}
    assert states == {"request.registered": ("sent", ""), "request.replied": ("failed", "erased")}


def test_the_group_hears_of_an_urgent_job(counter: Counter, gateway: Gateway, settings: Any) -> None:
    settings.WECOM_URL = f"{gateway.url}/robot"
    gateway.behaviour = "wecom"
    for urgency in ("normal", "urgent"):
        case = counter.register()
        counter.step(case, "classify", urgency=urgency)
        counter.step(case, "dispatch", to="lead")
    deliver(now=CALLED)
    assert gateway.taken == [
        {"msgtype": "text", "text": {"content": f"有一件急事要马上处理：{case.number}。请打开和睦查看。"}}
    ]


def test_registering_stays_within_its_statements(counter: Counter, gateway: Gateway) -> None:
    counter.register()
    with CaptureQueriesContext(connection) as found:
        counter.register()
    assert sum("messaging_outgoing" in each["sql"] for each in found) == 1
    assert len(found) <= 12


# ── the desk's page ──


@pytest.fixture
def client(counter: Counter) -> Iterator[Client]:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(counter.account)
    with clock.standing_at(CALLED + timedelta(seconds=3)):
        yield client


def page(client: Client, case: Request) -> str:
    answer = client.get(f"/requests/{case.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def settle(client: Client, case: Request, act: str, **more: Any) -> Any:
    return client.post(f"/requests/{case.number}/messages/{messages(case)[0].id}/", {"act": act}, **more)


def test_the_desk_takes_a_message_back_in_time(counter: Counter, client: Client, gateway: Gateway) -> None:
    case = counter.register()
    assert 'value="take_back"' in page(client, case)
    assert settle(client, case, "take_back").status_code == 302
    deliver(now=CALLED + timedelta(hours=1))
    assert (messages(case)[0].state, gateway.taken) == ("taken_back", [])
    assert "已收回" in page(client, case)


def test_what_has_gone_out_is_refused_in_words(counter: Counter, client: Client, gateway: Gateway) -> None:
    case = counter.register()
    deliver(now=CALLED + HELD)
    answers = [
        settle(client, case, "take_back"),
        settle(client, case, "take_back", headers={"HX-Request": "true"}),
    ]
    assert ["已经发出，收不回了" in each.content.decode() for each in answers] == [True, True]


def test_a_text_is_copied_with_a_working_link_and_marked_as_sent(counter: Counter, client: Client) -> None:
    case = counter.register()
    found = re.search(r'data-copy="([^"]*)"', page(client, case))
    assert found is not None
    link = found[1].partition("查看和回复：")[2]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    settle(client, case, "sent")
    row = messages(case)[0]
    assert (row.state, row.settled_by_id) == ("sent", counter.by.staff_id)
    assert "data-copy" not in page(client, case)


def test_the_panel_comes_alone_and_asks_again_only_while_something_is_underway(
    counter: Counter, client: Client, gateway: Gateway
) -> None:
    case = counter.register()
    before = client.get(f"/requests/{case.number}/messages/").content.decode()
    deliver(now=CALLED + HELD)
    after = client.get(f"/requests/{case.number}/messages/").content.decode()
    assert ["load delay" in each for each in (before, after)] == [True, False]
    assert "199****1234" in after
    assert "19900001234" not in before + after


def test_older_messages_are_folded_away_but_not_one_that_failed(counter: Counter, client: Client) -> None:
    case = counter.register()
    for minute in range(1, 4):
        counter.step(case, "reply", f"第 {minute} 次答复。", at=CALLED + timedelta(minutes=minute))
    assert "更早的 2 条" in page(client, case)
    Outgoing.objects.filter(topic="request.registered").update(
        channel="sms", state="failed", error="http.400"
    )
    assert "更早的 1 条" in page(client, case)


def test_who_may_only_look_settles_nothing(counter: Counter, client: Client, gateway: Gateway) -> None:
    case = counter.register()
    Post.objects.filter(role="cs_supervisor").delete()
    assert 'value="take_back"' not in page(client, case)
    assert settle(client, case, "take_back").status_code == 403
    assert messages(case)[0].state == "waiting"


def test_the_owners_own_act_tells_nobody_twice(counter: Counter, gateway: Gateway) -> None:
    case = counter.register()
    act = Act(f"owner:{counter.owner.id}", CALLED, CALLED, Proof.OWN)
    take_step(number=case.number, step="urge", act=act, by=None, words="还没来。")
    assert [each.topic for each in messages(case)] == ["request.registered"]
