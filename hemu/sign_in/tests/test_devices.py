"""A phone kept known for 30 days: who may, what a PIN is, how it ends, and what a stranger gains by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, PASSWORD, found_house
from hemu.estate.operations import set_profile_value
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.sign_in.models import Device, SecondFactor
from hemu.sign_in.rules_pin import checked_pin, may_use_pin

PIN = "2580"
ROLES = {
    frozenset({"technician"}): True,
    frozenset({"security"}): True,
    frozenset({"steward", "frontdesk"}): True,
    frozenset({"technician", "office_director"}): False,
    frozenset({"cs_supervisor"}): False,
    frozenset({"general_manager"}): False,
    frozenset({"frontdesk"}): False,
    frozenset[str](): False,
}
PINS = {
    "2580": "", "258013": "",
    "258": "pin.unreadable", "2580134": "pin.unreadable", "25a0": "pin.unreadable", "２５８０": "pin.unreadable",
    "1111": "pin.too_easy", "1234": "pin.too_easy", "7890": "pin.too_easy", "987654": "pin.too_easy",
}  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize("roles", ROLES)
def test_who_may_use_a_pin(roles: frozenset[str]) -> None:
    assert may_use_pin(roles) is ROLES[roles]


@pytest.mark.pure
@pytest.mark.parametrize("pin", PINS)
def test_what_a_pin_is(pin: str) -> None:
    if not PINS[pin]:
        assert checked_pin(pin) == pin
        return
    with pytest.raises(RuleViolation) as refused:
        checked_pin(pin)
    assert refused.value.code == PINS[pin]


@pytest.fixture
def account(db: None) -> Account:
    found_house()
    account = Account.objects.get(login="technician")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def phone(account: Account) -> Client:
    """A phone that is kept known, its session over."""
    with clock.standing_at(BEGAN):
        phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0"})
        phone.force_login(account)
        assert phone.post("/devices/", {"pin": PIN, "again": PIN}).status_code == 302
        phone.post("/log-out/")
    return phone


def try_pin(phone: Client, pin: str = PIN, *, days: float = 0) -> int:
    with clock.standing_at(BEGAN + timedelta(days=days)):
        return phone.post("/log-in/", {"pin": pin, "next": "/messages/"}).status_code


def is_in(phone: Client) -> bool:
    return phone.get("/messages/").status_code == 200


def test_the_pin_lets_in_for_thirty_days(phone: Client) -> None:
    with clock.standing_at(BEGAN):
        assert "示例technician" in phone.get("/log-in/").content.decode()
        assert "PIN" not in phone.get("/log-in/?password=1").content.decode()
    assert (try_pin(phone, days=29.9), is_in(phone)) == (302, True)

    phone.post("/log-out/")
    assert (try_pin(phone, days=30.1), is_in(phone)) == (200, False)


def test_nothing_readable_is_kept(phone: Client) -> None:
    device = Device.objects.get()
    assert phone.cookies["device"].value not in (device.digest, device.pin)
    assert PIN not in device.pin
    assert device.name == "Android · 微信"


def test_the_pin_is_worth_nothing_elsewhere(phone: Client) -> None:
    assert (try_pin(Client()), Device.objects.get().failures) == (200, 0)


def test_five_wrong_pins_ask_for_the_password(phone: Client) -> None:
    assert [try_pin(phone, "2581") for _ in range(5)] == [422] * 5
    assert (try_pin(phone), is_in(phone)) == (200, False)  # the right one comes too late

    with clock.standing_at(BEGAN):
        assert (
            phone.post("/log-in/", {"login": "technician", "password": PASSWORD}).status_code,
            is_in(phone),
        ) == (302, True)


def test_a_right_pin_forgets_the_wrong_ones(phone: Client) -> None:
    for _ in range(4):
        try_pin(phone, "2581")
    assert (try_pin(phone), Device.objects.get().failures) == (302, 0)


def test_a_new_password_or_leaving_ends_it(phone: Client, account: Account) -> None:
    account.set_password(PASSWORD + "!")
    account.save()
    assert (try_pin(phone), is_in(phone)) == (200, False)

    account.set_password(PASSWORD)
    account.is_active = False
    account.save()
    assert (try_pin(phone), is_in(phone)) == (200, False)


def test_a_post_that_signs_ends_it(phone: Client, account: Account) -> None:
    account.staff.posts.create(role="office_director", since=BEGAN.date())
    assert (try_pin(phone), is_in(phone)) == (422, False)


def test_a_lost_phone_is_forgotten_with_its_session(phone: Client, account: Account) -> None:
    with clock.standing_at(BEGAN):
        try_pin(phone)
        assert is_in(phone)
        elsewhere, device = Client(), Device.objects.get()
        elsewhere.force_login(account)
        assert device.name in elsewhere.get("/devices/").content.decode()
        elsewhere.post(f"/devices/{device.id}/forget/")
        assert (is_in(phone), try_pin(phone), Device.objects.count()) == (False, 200, 0)


def test_nobody_forgets_or_keeps_for_others(phone: Client) -> None:
    other = Client()
    other.force_login(Account.objects.get(login="cs_supervisor"))
    other.post(f"/devices/{Device.objects.get().id}/forget/")
    answer = other.post("/devices/", {"pin": PIN, "again": PIN})
    assert (answer.status_code, Device.objects.count()) == (422, 1)
    assert "要签字的岗位不用 PIN" in answer.content.decode()


def guard(account: Account) -> None:
    """Let an authenticator guard an account from now on."""
    SecondFactor.objects.create(account=account, secret="00", made_at=BEGAN, confirmed_at=BEGAN)


def test_a_phone_kept_before_the_second_factor_stands_in_for_none(phone: Client, account: Account) -> None:
    guard(account)
    assert (try_pin(phone), is_in(phone)) == (200, False)


@pytest.mark.parametrize(("by_code", "status"), [(False, 422), (True, 302)])
def test_where_a_second_factor_guards_only_who_gave_its_code_keeps_a_phone(
    account: Account, by_code: bool, status: int
) -> None:
    guard(account)
    phone = Client()
    phone.force_login(account)
    session = phone.session
    session["by_code"] = by_code
    session.save()
    with clock.standing_at(BEGAN):
        assert phone.post("/devices/", {"pin": PIN, "again": PIN}).status_code == status
        phone.post("/log-out/")
    assert (try_pin(phone), is_in(phone)) == (302 if by_code else 200, by_code)


@pytest.mark.parametrize(("way", "status"), [({"pin": PIN}, 422), ({"password": PASSWORD}, 302)])
def test_thirty_days_begin_anew_only_with_the_password(
    phone: Client, way: dict[str, str], status: int
) -> None:
    with clock.standing_at(BEGAN + timedelta(days=29)):
        assert phone.post("/log-in/", {"login": "technician", **way}).status_code == 302
        assert phone.post("/devices/", {"pin": PIN, "again": PIN}).status_code == status
        phone.post("/log-out/")
    assert try_pin(phone, days=31) == (302 if status == 302 else 200)


def test_where_a_post_asks_for_a_second_factor_a_pin_leads_to_enrolling_it(
    phone: Client, account: Account
) -> None:
    asked: dict[str, Any] = {
        "second_factor_from": BEGAN.date().isoformat(),
        "second_factor_grace_days": 0,
        "second_factor_roles": ["technician"],
    }
    for key, value in asked.items():
        set_profile_value(office=None, key=f"sign_in.{key}", value=value, since=BEGAN.date(), now=BEGAN)
    assert (try_pin(phone), is_in(phone)) == (302, False)
    with clock.standing_at(BEGAN):
        assert phone.get("/log-in/authenticator/").status_code == 200
