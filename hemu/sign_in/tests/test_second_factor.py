"""A second factor at the door: enrolled, asked for, used once, lost, reset."""

import re
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, PASSWORD, House, found_house
from hemu.estate.operations import set_profile_value
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.sign_in.models import RecoveryCode, SecondFactor
from hemu.sign_in.operations_codes import shut_out
from hemu.sign_in.operations_factor import begin_enrolment, remove_factor

pytestmark = pytest.mark.django_db


class Door:
    """The log-in page at a moment that the test moves."""

    def __init__(self, account: Account) -> None:
        self.account, self.at, self.client, self.key = account, BEGAN, Client(), ""

    def asks(self, method: str, path: str, **data: str) -> Any:
        with clock.standing_at(self.at):
            return getattr(self.client, method)(path, data)

    def password(self, following: str = "") -> Any:
        data = {"login": self.account.login, "password": PASSWORD, "next": following}
        return self.asks("post", "/log-in/", **data)

    def code(self, offset: int = 0, at: datetime | None = None) -> str:
        return pyotp.TOTP(self.key).generate_otp(int((at or self.at).timestamp()) // 30 + offset)

    def enrolled(self) -> list[str]:
        """Enrol on the page and return the recovery codes; the clock moves on to the next code."""
        self.password()
        page = self.asks("get", "/log-in/authenticator/").content.decode()
        self.key = re.search(r'class="mono center">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
        page = self.asks("post", "/log-in/authenticator/", code=self.code()).content.decode()
        self.at += timedelta(seconds=30)
        self.client = Client()
        return re.findall(r'<li class="mono">([^<]+)<', page)

    def is_in(self) -> bool:
        return "_auth_user_id" in self.client.session


@pytest.fixture
def house() -> House:
    return found_house()


@pytest.fixture
def door(house: House) -> Door:
    account = Account.objects.select_related("staff").get(login="office_director")
    account.set_password(PASSWORD)
    account.save()
    return Door(account)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_enrolling_needs_the_first_code_and_shows_the_recovery_codes_once(door: Door) -> None:
    door.password()
    page = door.asks("get", "/log-in/authenticator/")
    assert page.status_code == 200
    assert b"<svg" in page.content
    assert "no-store" in page.headers["Cache-Control"]
    assert door.asks("post", "/log-in/authenticator/", code="000000").status_code == 422
    assert SecondFactor.objects.get().confirmed_at is None
    door.client = Client()
    codes = door.enrolled()
    assert len(set(codes)) == 10
    assert kinds() == ["factor.enrolled"]
    factor = SecondFactor.objects.get()
    assert door.key not in factor.secret
    assert not set(RecoveryCode.objects.values_list("digest", flat=True)) & set(codes)


def test_the_door_asks_for_a_code_and_takes_each_once(door: Door) -> None:
    door.enrolled()
    answer = door.password("/requests/")
    assert answer.headers["Location"] == "/log-in/code/"
    assert not door.is_in()
    assert door.asks("get", "/").status_code == 302
    assert door.asks("post", "/log-in/code/", code=door.code(-1)).status_code == 422  # enrolled with that one
    answer = door.asks("post", "/log-in/code/", code=door.code())
    assert (answer.status_code, answer.headers["Location"], door.is_in()) == (302, "/requests/", True)
    door.client = Client()
    door.password()
    assert door.asks("post", "/log-in/code/", code=door.code()).status_code == 422
    assert not door.is_in()
    door.at += timedelta(seconds=30)
    assert door.asks("post", "/log-in/code/", code=door.code()).status_code == 302


def test_half_way_in_lasts_ten_minutes(door: Door) -> None:
    door.enrolled()
    door.password()
    door.at += timedelta(minutes=10, seconds=1)
    assert door.asks("post", "/log-in/code/", code=door.code()).headers["Location"] == "/log-in/"
    assert door.asks("get", "/log-in/code/").headers["Location"] == "/log-in/"


def test_a_guesser_who_has_the_password_waits_longer_and_longer(door: Door) -> None:
    door.enrolled()
    door.password()
    assert [door.asks("post", "/log-in/code/", code="000000").status_code for _ in range(6)] == [422] * 6
    answer = door.asks("post", "/log-in/code/", code=door.code())
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    door.at += timedelta(seconds=2)
    assert door.asks("post", "/log-in/code/", code=door.code()).status_code == 302


def test_a_recovery_code_opens_once(door: Door) -> None:
    first, *_ = door.enrolled()
    door.password()
    assert door.asks("post", "/log-in/code/", code=first.lower().replace("-", " ")).status_code == 302
    assert door.is_in()
    assert kinds() == ["factor.enrolled", "factor.recovery_used"]
    assert "9" in door.asks("get", "/account/").content.decode()
    door.client = Client()
    door.password()
    assert door.asks("post", "/log-in/code/", code=first).status_code == 422


def test_new_recovery_codes_and_taking_it_away_need_a_code(door: Door) -> None:
    old = door.enrolled()
    door.password()
    door.asks("post", "/log-in/code/", code=door.code())
    assert door.asks("post", "/account/recovery-codes/", code="000000").status_code == 422
    door.at += timedelta(seconds=30)
    page = door.asks("post", "/account/recovery-codes/", code=door.code()).content.decode()
    assert not set(re.findall(r'<li class="mono">([^<]+)<', page)) & set(old)
    door.at += timedelta(seconds=30)
    assert door.asks("post", "/account/authenticator/off/", code=door.code()).status_code == 302
    assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert kinds() == ["factor.enrolled", "factor.removed"]


def required(house: House, *, begins: str) -> None:
    for key, value in (("roles", ["office_director"]), ("from", begins), ("grace_days", 7)):
        set_profile_value(
            office=house.office,
            key=f"sign_in.second_factor_{key}",
            value=value,
            since=BEGAN.date(),
            now=BEGAN,
        )


def test_a_role_that_signs_is_reminded_and_from_the_day_on_not_let_in_without(
    house: House, door: Door
) -> None:
    required(house, begins="2026-01-05")
    assert door.password("/duties/").headers["Location"] == "/log-in/authenticator/?next=%2Fduties%2F"
    assert door.is_in()
    assert "7" in door.asks("get", "/log-in/authenticator/?next=/duties/").content.decode()
    door.client, door.at = Client(), BEGAN + timedelta(days=7)
    assert door.password("/duties/").headers["Location"] == "/log-in/authenticator/"
    assert not door.is_in()
    assert door.asks("get", "/duties/").status_code == 302
    page = door.asks("get", "/log-in/authenticator/").content.decode()
    door.key = re.search(r'class="mono center">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    assert door.asks("post", "/log-in/authenticator/", code=door.code()).status_code == 200
    assert door.is_in()
    door.at += timedelta(seconds=30)
    refused = door.asks("post", "/account/authenticator/off/", code=door.code())
    assert (refused.status_code, SecondFactor.objects.count()) == (422, 1)


def test_reset_by_another_is_an_act(door: Door, house: House) -> None:
    door.enrolled()
    by = house.by("hr").act(now=BEGAN)
    remove_factor(account=door.account, act=by, kind="factor.reset")
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject, entry.actor) == ("factor.reset", door.account.staff.key, by.actor)
    assert door.password().headers["Location"] == "/"


def test_whoever_is_shut_out_is_out_at_once(door: Door) -> None:
    door.password()
    assert door.asks("get", "/account/").status_code == 200
    shut_out(door.account)
    assert door.asks("get", "/account/").status_code == 302
    assert door.password().status_code == 422


def test_a_leaver_is_out_from_the_day_on(door: Door) -> None:
    door.password()
    staff = door.account.staff
    staff.left_on = BEGAN.date() + timedelta(days=1)
    staff.save()
    assert door.asks("get", "/account/").status_code == 200
    door.at += timedelta(days=1)
    assert door.asks("get", "/account/").status_code == 302
    assert door.password().status_code == 422


def test_a_changed_installation_key_needs_a_reset(door: Door, settings: Any) -> None:
    door.enrolled()
    door.password()
    SecondFactor.objects.update(secret="00" * 60)
    answer = door.asks("post", "/log-in/code/", code=door.code())
    assert (answer.status_code, "重置" in answer.content.decode()) == (422, True)
    remove_factor(account=door.account, act=Act("staff:x", at=BEGAN, recorded_at=BEGAN), kind="factor.reset")
    assert begin_enrolment(account=door.account, now=BEGAN)
