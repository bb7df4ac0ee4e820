"""The owner's own page by link: what it shows in each state, each step once, links that are stopped."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.estate.models import Person
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act, erase_words
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import deliver
from hemu.messaging.queries import latest_messages, message_token
from hemu.service_requests.models import Party, Request
from hemu.service_requests.operations import make_owner_link, owner_request, take_step
from hemu.service_requests.tests.desk import CALLED, Desk, entries, kinds, written

SORTED = ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"})
SENT = ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"})
TAKEN = ("technician accept", "2026-09-30 16:20")
NOW = at("2026-09-30 17:00")


class Owner:
    """The owner at the page, with a clock of their own."""

    def __init__(self, request: Request) -> None:
        self.number, self.now = request.number, NOW
        self.url = f"/o/{make_owner_link(request=request, now=at(CALLED))}/"
        self.client = Client()

    def see(self) -> str:
        with clock.standing_at(self.now):
            answer = self.client.get(self.url)
        return answer.content.decode()

    def press(
        self, step: str, reason: str = "", *, key: str = "k", version: str = "", **values: str
    ) -> tuple[int, str]:
        data = {"step": step, "reason": reason, "key": key, "version": version, **values}
        with clock.standing_at(self.now):
            answer = self.client.post(self.url, data)
        return answer.status_code, answer.content.decode()

    def offered(self) -> list[str]:
        return sorted(set(re.findall(r'name="step" value="(\w+)"', self.see())))


@pytest.fixture
def case(desk: Desk) -> Request:
    return desk.go(desk.register("repair_home"), SORTED, SENT, TAKEN)


ALWAYS = ["add", "urge", "withdraw"]


@pytest.mark.parametrize(
    ("history", "offered", "plain"),
    [
        ((), ALWAYS, "收到了，正在安排人。"),
        ((SORTED,), ALWAYS, "收到了，正在安排人。"),
        ((SORTED, SENT), [*ALWAYS, "appoint"], "已经派人，等他接单。"),
        ((SORTED, SENT, TAKEN), [*ALWAYS, "appoint"], "有人在办了。"),
        ((SORTED, SENT, TAKEN, ("technician quote", "2026-09-30 16:30", {"amount": "80"})),
         [*ALWAYS, "accept_quote", "appoint", "decline_quote"], "有人在办了。"),
        ((SORTED, SENT, TAKEN, ("technician resolve", "2026-09-30 16:30")),
         ["add", "confirm", "partly", "send_back"], "办完了，结果马上告诉您。"),
        ((SORTED, SENT, TAKEN, ("technician resolve", "2026-09-30 16:30"), ("owner confirm", "2026-09-30 16:40")),
         ["add", "rate"], "您说解决了，谢谢。"),
        ((SORTED, SENT, TAKEN, ("technician resolve", "2026-09-30 16:30"), ("owner confirm", "2026-09-30 16:40"),
          ("frontdesk close", "2026-09-30 16:45")), ["rate", "reopen"], "这件事已经结束。"),
        ((SORTED, ("owner withdraw", "2026-09-30 16:10")), ["reopen"], "您撤回了这件事。"),
    ],
)  # fmt: skip
def test_the_page_says_where_it_stands_and_offers_what_the_state_allows(
    desk: Desk, history: Any, offered: list[str], plain: str
) -> None:
    owner = Owner(desk.go(desk.register("repair_home"), *history))
    assert owner.offered() == sorted(offered)
    assert plain in owner.see()


def test_who_comes_and_when(desk: Desk, case: Request) -> None:
    owner = Owner(case)
    assert "还没有约时间。" in owner.see()
    desk.step(case, "technician appoint", "2026-09-30 16:40",
              **{"from": "2026-09-30 18:00", "until": "2026-09-30 19:00"})  # fmt: skip
    page = owner.see()
    assert "示例technician" in page
    assert re.search(r"今天 18:00</time>–19:00", page)
    desk.step(case, "technician set_out", "2026-09-30 16:50")
    assert "已经出发，在路上。" in owner.see()
    # the owner asks for another slot: it counts at once, and who comes hears of it
    assert owner.press("appoint", day="2026-10-08", slot="afternoon")[0] == 200
    page = owner.see()
    assert "已经出发" not in page
    assert re.search(r"10月8日 周四 14:00</time>–17:00", page)
    assert (entries(case)[-1].proof, entries(case)[-1].actor) == ("own", f"owner:{desk.house.owner.id}")
    assert told(desk.house) == ["request.appointed", "request.dispatched"]
    assert not Outgoing.objects.filter(
        topic="request.appointed", facts__entry=str(entries(case)[-1].id)
    ).exists()


def told(house: House) -> list[str]:
    """Return what the technician was told."""
    with clock.standing_at(NOW + timedelta(days=30)):
        deliver(now=clock.now())
    return sorted(each.topic for each in latest_messages(house.by("technician").staff_id))


@pytest.mark.parametrize(
    ("day", "slot"),
    [("2026-10-20", "morning"), ("2026-09-29", "morning"), ("x", "morning"), ("2026-10-08", "night")],
)
def test_a_slot_out_of_reach_is_refused(case: Request, day: str, slot: str) -> None:
    before = written()[:-1]  # the key is rolled back with the rest; a test's own transaction keeps it
    assert Owner(case).press("appoint", day=day, slot=slot)[0] == 422
    assert written()[:-1] == before


def test_a_price_is_shown_large_and_taken_or_declined(desk: Desk, case: Request) -> None:
    desk.step(case, "technician quote", "2026-09-30 16:30", "换阀芯，含料。", amount="1280.50")
    owner = Owner(case)
    page = owner.see()
    assert '<p class="amount">¥1,280.50</p>' in page
    assert "换阀芯，含料。" in page
    assert owner.press("decline_quote")[0] == 422  # why, please
    assert owner.press("accept_quote", key="a")[0] == 200
    assert "您已同意" in owner.see()
    case.refresh_from_db()
    assert (case.quote_fen, case.quote_accepted_at, entries(case)[-1].proof) == (128050, NOW, "own")


def test_a_double_press_does_one_thing(case: Request) -> None:
    owner = Owner(case)
    for _ in range(2):
        status, page = owner.press("urge", key="one")
        assert (status, "收到，谢谢您。" in page) == (200, True)
    case.refresh_from_db()
    assert (case.urged_count, kinds(case).count("request.urged")) == (1, 1)
    assert "已催 1 次" in owner.see()
    # so soon again says nothing new: the button is gone, and a forged press is refused
    assert "urge" not in owner.offered()
    status, page = owner.press("urge", key="two")
    assert (status, "刚才催过了，我们记着。2 小时以后可以再催。" in page) == (422, True)
    owner.now += timedelta(hours=2)
    assert owner.press("urge", key="three")[0] == 200
    case.refresh_from_db()
    assert case.urged_count == 2


def test_words_are_added_up_to_a_measure(case: Request) -> None:
    owner = Owner(case)
    for number in range(20):
        assert owner.press("add", f"第{number}句。", key=str(number))[0] == 200
    status, page = owner.press("add", "再来一句。", key="more")
    assert (status, "一天最多补充 20 次" in page, "再来一句。" in page) == (
        422,
        True,
        True,
    )  # nothing typed is lost
    assert "第19句。" in owner.see()
    owner.now += timedelta(days=1)
    assert owner.press("add", "再来一句。", key="next day")[0] == 200


def test_what_the_office_did_meanwhile_is_seen_before_one_decides(desk: Desk, case: Request) -> None:
    owner = Owner(case)
    seen = str(case.version)
    desk.step(case, "technician resolve", "2026-09-30 16:30")
    assert owner.press("add", "顺便看下插座。", version=seen)[0] == 200  # words mean the same anyhow
    status, page = owner.press("withdraw", "不用了。", version=seen, key="w")
    assert (status, "这件事刚有了新进展，请看一看再点一次。" in page) == (409, True)


@pytest.mark.parametrize("step", ["second", "classify", "close", "void", "nonsense", ""])
def test_only_the_owners_own_steps_are_taken(case: Request, step: str) -> None:
    before = written()
    status, page = Owner(case).press(step, "试试。", home="1-2-302")
    assert (status, "这一步现在不用办了" in page) == (422, True)
    assert written() == before


def test_a_rating_is_never_asked_twice(desk: Desk, case: Request) -> None:
    desk.step(case, "technician resolve", "2026-09-30 16:30")
    desk.step(case, "owner confirm", "2026-09-30 16:40")
    owner = Owner(case)
    assert owner.press("rate", score="6")[0] == 422
    assert owner.press("rate", "师傅很细心。", score="5", key="r")[0] == 200
    assert "很满意" in owner.see()
    assert "rate" not in owner.offered()


def test_an_owner_reopens_within_thirty_days(desk: Desk, case: Request) -> None:
    for line in (("technician resolve", "2026-09-30 16:30"), ("owner confirm", "2026-09-30 16:40"),
                 ("frontdesk close", "2026-09-30 16:45")):  # fmt: skip
        case = desk.go(case, line)
    owner = Owner(case)
    owner.now = at("2026-10-30 16:45")
    assert "reopen" not in owner.offered()
    assert owner.press("reopen", "又漏了。")[0] == 422
    owner.now = at("2026-10-30 16:44")
    assert owner.press("reopen", "又漏了。", key="again")[0] == 200
    case.refresh_from_db()
    assert str(case.state) == "classified"


def test_the_desk_stops_every_link_and_makes_a_new_one(house: House, case: Request) -> None:
    owner = Owner(case)
    message = Outgoing.objects.filter(subject=case.subject, recipient="owner").first()
    assert message is not None
    in_message = message_token(message.id)
    assert owner_request(token=in_message, now=NOW).number == case.number
    clerk = Client()
    clerk.force_login(Account.objects.get(login="frontdesk"))
    with clock.standing_at(NOW):
        answer = clerk.post(f"/requests/{case.number}/link/", {"act": "revoke"})
        assert "都停用了" in answer.content.decode()
    assert kinds(case)[-1] == "request.links_revoked"
    closed = owner.client.get(owner.url)
    assert closed.status_code == 404
    assert "这个链接已失效、停用或不完整。" in closed.content.decode()
    with pytest.raises(RuleViolation, match=r"link\.not_valid"):
        owner_request(token=in_message, now=NOW)
    case.refresh_from_db()
    new = make_owner_link(request=case, now=NOW)
    assert owner_request(token=new, now=NOW).number == case.number
    assert str(house.owner.name) not in closed.content.decode()


def test_stopping_links_is_the_desks(house: House, case: Request) -> None:
    technician = Client()
    technician.force_login(Account.objects.get(login="technician"))
    assert technician.post(f"/requests/{case.number}/link/", {"act": "revoke"}).status_code == 403
    assert "request.links_revoked" not in kinds(case)


def test_erased_words_leave_a_page(desk: Desk, case: Request) -> None:
    desk.step(case, "frontdesk reply", "2026-09-30 16:30", "您好，李师傅下午来。")
    owner = Owner(case)
    assert "您好，李师傅下午来。" in owner.see()
    for entry in entries(case):
        erase_words(entry_id=str(entry.id))
    page = owner.see()
    assert ("您好，李师傅下午来。" in page, "还没有。有了答复，这里会显示" in page) == (False, True)


def test_the_page_asks_for_as_much_whatever_was_said(
    desk: Desk, case: Request, django_assert_max_num_queries: Any
) -> None:
    owner = Owner(case)
    for number in range(3):
        desk.step(case, "frontdesk reply", "2026-09-30 16:30", f"答复{number}。")
    with django_assert_max_num_queries(9):
        owner.see()


def test_a_home_says_me_too_once_whoever_presses(desk: Desk, house: House, case: Request) -> None:
    def press(home: str, person: Any) -> None:
        act = Act(f"owner:{person}", NOW, NOW, Proof.OWN)
        take_step(
            number=case.number, step="second", act=act, by=None, values={"home": home, "person": str(person)}
        )

    with pytest.raises(RuleViolation, match=r"second\.already"):
        press("1-2-301", house.owner.id)  # its own home reported it
    press("1-2-302", house.owner.id)
    other = Person.objects.create(id=new_id(NOW), name="示例家人")
    with pytest.raises(RuleViolation, match=r"second\.already"):
        press("1-2-302", other.id)
    assert (Party.objects.filter(request=case).count(), kinds(case).count("request.seconded")) == (1, 1)
