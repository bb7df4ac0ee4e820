"""Logging in: guessers wait before a hash is worked out, nobody is locked out, nobody is sent elsewhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.http import HttpResponse
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, PASSWORD, found_house, standing_at
from hemu.infra import clock
from hemu.infra.models import LoginAttempt
from hemu.sign_in.operations import wait_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    found_house()
    account = Account.objects.get(login="frontdesk")
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every password that was hashed."""
    found: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        found.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return found


standing = standing_at(BEGAN, autouse=True)


def attempt(
    password: str, *, login: str = "frontdesk", address: str = "10.0.0.1", seconds: float = 0, **more: str
) -> HttpResponse:
    with clock.standing_at(BEGAN + timedelta(seconds=seconds)):
        data = {"login": login, "password": password, **more}
        return Client(REMOTE_ADDR=address).post("/log-in/", data)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (3, 0), (4, 1), (5, 2), (6, 4), (7, 8), (8, 16), (9, 30), (50, 30)]
)
def test_how_long_a_guesser_waits(failures: int, seconds: int) -> None:
    assert wait_after(failures, 3) == timedelta(seconds=seconds)


def test_a_guesser_waits_before_anything_is_hashed(account: Account, hashed: list[str]) -> None:
    assert [attempt("wrong").status_code for _ in range(4)] == [422] * 4
    assert len(hashed) == 4
    answer = attempt(PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"], len(hashed)) == (429, "1", 4)
    assert attempt(PASSWORD, seconds=0.5).status_code == 429
    assert attempt(PASSWORD, seconds=1).status_code == 302
    assert not LoginAttempt.objects.filter(subject__startswith="pair:").exists()


def test_nobody_else_waits(account: Account) -> None:
    for second in range(8):
        attempt("wrong", seconds=second * 40)
    assert attempt("wrong", seconds=281).status_code == 429
    assert attempt(PASSWORD, address="10.0.0.2", seconds=281).status_code == 302
    assert attempt("wrong", login="steward", seconds=281).status_code == 422


def test_an_address_that_tries_many_names_waits_too(account: Account, hashed: list[str]) -> None:
    assert [attempt("wrong", login=f"name{number}").status_code for number in range(31)] == [422] * 31
    assert attempt(PASSWORD).status_code == 429
    assert len(hashed) == 31  # an unknown name costs the same work
    assert attempt(PASSWORD, address="10.0.0.2").status_code == 302


def test_old_failures_are_forgotten(account: Account) -> None:
    for _ in range(4):
        attempt("wrong")
    assert attempt("wrong", seconds=16 * 60).status_code == 422
    assert LoginAttempt.objects.get(subject__startswith="pair:").failures == 1


@pytest.mark.parametrize(
    ("target", "goes"),
    [("/requests/?state=open", "/requests/?state=open"), ("", "/"), ("//evil.example", "/"),
     ("https://evil.example/", "/"), ("http:///evil.example", "/"), ("/\\evil.example", "/"),
     ("javascript:alert(1)", "/"), ("\\\\evil.example", "/"), (" //evil.example", "/")],
)  # fmt: skip
def test_nobody_is_sent_to_another_house(account: Account, target: str, goes: str) -> None:
    answer = attempt(PASSWORD, next=target)
    assert answer.status_code == 302
    assert answer.headers["Location"] == goes


def test_the_session_is_a_new_one(account: Account) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = str(planted)
    answer = client.post("/log-in/", {"login": "frontdesk", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session.session_key != planted
    assert not client.session.exists(str(planted))
    assert client.post("/log-out/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert client.get("/log-out/").status_code == 405


@pytest.mark.parametrize("password", ["", "x" * 201])
def test_what_is_no_password_is_not_hashed(account: Account, hashed: list[str], password: str) -> None:
    assert (attempt(password).status_code, hashed) == (200, [])


def test_an_account_that_was_closed(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert attempt(PASSWORD).status_code == 422
