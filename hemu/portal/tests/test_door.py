"""The owners' door: one answer for every number, codes that wear out, log-ins that end."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House
from hemu.messaging.channels.letter import Refused
from hemu.messaging.models import Outgoing
from hemu.messaging.operations.composing import letter_of
from hemu.messaging.rules import Place
from hemu.portal.models import OwnerSession, SentCode
from hemu.portal.operations import sweep
from hemu.portal.operations.door import code_of
from hemu.portal.tests.conftest import NOW, OWNER, STRANGER, Phoned, later


def code() -> str:
    return code_of(SentCode.objects.latest("id").id)


def plain(page: str) -> str:
    """Return a page without what differs by chance: tokens and the number asked for."""
    return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*|199\*{4}\d{4}', "", page)


def test_known_and_unknown_numbers_get_the_same_answer(house: House) -> None:
    known = Phoned(OWNER).post("/my/log-in/", phone=OWNER)
    unknown = Phoned(STRANGER).post("/my/log-in/", phone=STRANGER)
    assert (known.status_code, plain(known.content.decode())) == (
        unknown.status_code, plain(unknown.content.decode()),
    )  # fmt: skip


def test_the_code_stands_at_the_terminal_of_a_trial_and_nowhere_else(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "hemu.portal"):
        page = Phoned(OWNER).post("/my/log-in/", phone=OWNER).content.decode()
    assert [each.getMessage() for each in caplog.records] == [
        f"登录验证码 · log-in code · 199****1234: {code()}"
    ]
    assert code() not in page
    assert "本机试用：没有接短信，验证码写在运行 make up 的窗口里。" in page
    assert not Outgoing.objects.exists()


def test_behind_https_without_a_gateway_the_door_says_so(house: House, settings: Any) -> None:
    settings.HTTPS = True
    answer = Phoned(OWNER).get("/my/log-in/")
    assert "这里还没有开通短信登录" in answer.content.decode()
    assert Phoned(OWNER).post("/my/log-in/", phone=OWNER).status_code == 422
    assert not SentCode.objects.exists()


@pytest.fixture
def gateway(settings: Any) -> None:
    settings.SMS_URL, settings.SMS_SECRET = "https://sms.example/send", "shared"


@pytest.mark.usefixtures("gateway")
def test_with_a_gateway_the_code_goes_out_as_a_message_and_only_in_time(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = Phoned(OWNER).post("/my/log-in/", phone=OWNER).content.decode()
    row = Outgoing.objects.get()
    assert (row.channel, row.address, row.topic, row.not_before) == ("sms", OWNER, "portal.code", NOW)
    assert row.place == Place.CODE
    assert code() not in str(row.__dict__)
    assert (
        letter_of(row, NOW).text
        == f"【和睦】验证码 {code()}，5 分钟内有效。不是您本人要的，请不要理会，也不要告诉别人。"
    )
    assert "本机试用" not in page
    assert code() not in caplog.text
    with pytest.raises(Refused):
        letter_of(row, later(minutes=5))


def test_logging_in_and_out(house: House) -> None:
    owner = Phoned(OWNER)
    assert owner.get("/my/").headers["Location"] == "/my/log-in/?next=%2Fmy%2F"
    owner.logs_in()
    assert "1-2-301" in owner.see("/my/")
    cookie = owner.client.cookies["owner"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie.value not in str(list(OwnerSession.objects.values()))
    assert owner.get("/my/log-in/").headers["Location"] == "/my/"
    assert owner.post("/my/log-out/").headers["Location"] == "/my/log-in/"
    assert owner.get("/my/").status_code == 302


def test_out_everywhere_and_only_this_number(house: House) -> None:
    first = Phoned(OWNER).logs_in()
    second = Phoned(OWNER, at=later(minutes=2)).logs_in()
    other = Phoned(STRANGER).logs_in()
    second.post("/my/log-out/", everywhere="1")
    assert [each.get("/my/").status_code for each in (first, second, other)] == [302, 302, 200]


def test_a_log_in_ends_after_ninety_days(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    owner.now = later(days=90) - timedelta(seconds=1)
    assert owner.get("/my/").status_code == 200
    owner.now = later(days=90)
    assert owner.get("/my/").status_code == 302


def test_a_code_is_good_once_and_for_five_minutes(house: House) -> None:
    owner = Phoned(OWNER)
    handle = owner.asks()
    said = code()
    late = Phoned(OWNER, at=later(minutes=5), address="10.0.0.2")
    assert late.post("/my/log-in/code/", handle=handle, code=said).status_code == 422
    owner.now = later(minutes=5) - timedelta(seconds=1)
    assert owner.post("/my/log-in/code/", handle=handle, code=said).status_code == 302
    again = Phoned(OWNER, at=owner.now, address="10.0.0.3")
    assert again.post("/my/log-in/code/", handle=handle, code=said).status_code == 422
    assert OwnerSession.objects.count() == 1


def test_a_guesser_wears_a_code_out(house: House) -> None:
    owner = Phoned(OWNER)
    handle, said = owner.asks(), code()
    wrong = "000000" if said != "000000" else "111111"
    answers = []
    for number in range(6):
        guesser = Phoned(OWNER, address=f"10.0.1.{number}")
        answers.append(guesser.post("/my/log-in/code/", handle=handle, code=wrong).status_code)
    assert answers == [422] * 6
    page = Phoned(OWNER, address="10.0.2.1").post("/my/log-in/code/", handle=handle, code=said)
    assert (page.status_code, "验证码不对，或者已经过期。" in page.content.decode()) == (422, True)
    assert not OwnerSession.objects.exists()


def test_a_guesser_waits(house: House) -> None:
    owner = Phoned(OWNER)
    handle = owner.asks()
    statuses = [owner.post("/my/log-in/code/", handle=handle, code="x").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    assert SentCode.objects.get().tries == 4


@pytest.mark.parametrize("handle", ["", "x", "a.b:c", "\x00"])
def test_a_handle_that_is_not_ours_opens_nothing(house: House, handle: str) -> None:
    answer = Phoned(OWNER).post("/my/log-in/code/", handle=handle, code="123456")
    assert (answer.status_code, OwnerSession.objects.exists()) == (422, False)


def test_a_handle_of_another_number_does_not_fit(house: House) -> None:
    """Who asks for a code for somebody else's phone gets a handle, and nothing without the text message."""
    stranger = Phoned(STRANGER)
    handle, own_code = stranger.asks(), code()
    Phoned(OWNER).asks()
    forged = handle.replace(STRANGER, OWNER)
    assert forged != handle
    assert stranger.post("/my/log-in/code/", handle=forged, code=own_code).status_code == 422


def test_codes_do_not_go_out_again_at_once(house: House) -> None:
    owner = Phoned(OWNER)
    owner.asks()
    answer = owner.post("/my/log-in/", phone=OWNER)
    assert (answer.status_code, "请等 60 秒再要" in answer.content.decode()) == (422, True)
    for number in range(1, 10):
        owner.now = later(minutes=number)
        assert owner.asks()
    owner.now = later(minutes=11)
    answer = owner.post("/my/log-in/", phone=OWNER)
    assert (answer.status_code, "次数太多了" in answer.content.decode(), SentCode.objects.count()) == (
        422,
        True,
        10,
    )


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/my/around/", "/my/around/"), ("//evil.example/", "/my/"), ("https://evil.example/my/", "/my/"),
     ("/requests/", "/my/"), ("", "/my/")],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(house: House, target: str, lands: str) -> None:
    owner = Phoned(OWNER)
    handle = owner.asks()
    answer = owner.post("/my/log-in/code/", handle=handle, code=code(), next=target)
    assert answer.headers["Location"] == lands


def test_owners_are_no_staff_and_staff_are_no_owners(house: House) -> None:
    owner = Phoned(OWNER).logs_in()
    assert owner.get("/requests/").headers["Location"].startswith("/log-in/")
    clerk = Client()
    clerk.force_login(Account.objects.get(login="frontdesk"))
    assert clerk.get("/my/").status_code == 302


def test_what_is_over_is_forgotten(house: House) -> None:
    Phoned(OWNER).logs_in()
    sweep(now=later(hours=23))
    assert (SentCode.objects.count(), OwnerSession.objects.count()) == (1, 1)
    sweep(now=later(days=1, seconds=1))
    assert (SentCode.objects.count(), OwnerSession.objects.count()) == (0, 1)
    sweep(now=later(days=91))
    assert OwnerSession.objects.count() == 0
