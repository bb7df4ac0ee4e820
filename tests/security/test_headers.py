"""What every answer says to the browser, on every address, to whoever asks, errors included (B14)."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import PASSWORD, House
from hemu.access.tests.test_routes import ROUTES
from hemu.console.web import views
from hemu.infra import clock
from hemu.portal.models import SentCode
from hemu.portal.operations.door import code_of
from tests.security.addresses import own
from tests.security.answers import kept_out
from tests.security.city import NOW, City, owner_in, signed_in
from tests.security.figures import Tried

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NEVER = ("Access-Control-Allow-Origin", "Server", "X-Powered-By")
POLICY = {"default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "frame-ancestors": "'none'",
          "form-action": "'self'", "base-uri": "'none'", "object-src": "'none'"}  # fmt: skip
FILE_POLICY = {"default-src": "'none'", "sandbox": "", "frame-ancestors": "'none'"}


def faults(answer: Any, *, keeps: bool = False) -> list[str]:
    """Return what an answer lacks."""
    found = [
        f"{name}: {answer.headers.get(name)}"
        for name, value in ALWAYS.items()
        if answer.headers.get(name) != value
    ]
    found += [name for name in NEVER if name in answer.headers]
    policy = policy_of(answer.headers.get("Content-Security-Policy", ""))
    wanted = FILE_POLICY if policy.get("default-src") == "'none'" else POLICY
    found += [f"{name}: {policy.get(name)}" for name, value in wanted.items() if policy.get(name) != value]
    found += [text for text in ("unsafe-inline", "unsafe-eval", "*") if text in str(policy)]
    kept = answer.headers.get("Cache-Control", "")
    private = "no-store" in kept or (wanted is FILE_POLICY and kept.startswith("private"))
    if not keeps and not private:
        found.append(f"Cache-Control: {kept}")
    return found + cookie_faults(answer)


def policy_of(header: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in header.split(";") if part.strip()]
    return {name: value for name, _space, value in parts}


def cookie_faults(answer: Any) -> list[str]:
    found = []
    for name, cookie in answer.cookies.items():
        if not cookie.value:
            continue
        if cookie["samesite"] != "Lax" or (name not in ("language", "csrftoken") and not cookie["httponly"]):
            found.append(f"cookie {name}")
        if cookie["path"] != "/" or cookie["domain"]:
            found.append(f"cookie {name} reaches too far")
    return found


def addresses(city: City) -> Iterator[str]:
    """Yield every address, of a thing where it names one."""
    for name in sorted(ROUTES):
        if name != "log_out":
            yield own(name, city.mine.things)


@pytest.mark.walk
@pytest.mark.parametrize("who", ["anonymous", "owner", "office_director"])
def test_every_address(city: City, tried: Tried, who: str) -> None:
    client = {"anonymous": Client, "owner": lambda: owner_in(city.mine.phone)}.get(
        who, lambda: signed_in(who)
    )()
    wrong, cells = {}, 0
    for url in addresses(city):
        for method in ("get", "post"):
            with clock.standing_at(NOW), kept_out():
                answer = getattr(client, method)(url)
            cells += 1
            if found := faults(answer):
                wrong[method, url, answer.status_code] = found
    assert wrong == {}
    tried("answers whose headers were looked at", cells)


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("19900001234")


@pytest.mark.walk
def test_errors_and_files_of_the_kit(city: City, tried: Tried) -> None:
    desk, strict = signed_in("frontdesk"), Client(enforce_csrf_checks=True)
    asked: dict[str, tuple[int, Callable[[], Any]]] = {
        "not found": (404, lambda: desk.get("/no-such-page/")),
        "no slash": (301, lambda: desk.get("/requests")),
        "denied": (403, lambda: desk.get("/setup/")),
        "wrong method": (405, lambda: desk.put("/requests/register/")),
        "no token": (403, lambda: strict.post("/log-in/", {"login": "x", "password": "y"})),
        "too many fields": (
            400,
            lambda: desk.post("/requests/register/", {str(each): "" for each in range(1_100)}),
        ),
        "the kit": (200, lambda: desk.get("/static/hemu/app.css")),
        "no such file of the kit": (404, lambda: desk.get("/static/../settings.py")),
        "not on the list": (401, lambda: desk.get("/api/v1/requests")),
    }
    for name, (status, ask) in asked.items():
        answer = ask()
        assert (name, answer.status_code, faults(answer, keeps=name == "the kit")) == (name, status, [])
    tried("answers whose headers were looked at", len(asked))


@pytest.mark.walk
def test_a_page_that_falls_over_says_nothing(
    city: City, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("_book", "_open_words"):
        monkeypatch.setattr(views, part, lambda *_: broken(HttpRequest()))
    answer = signed_in("frontdesk").get("/")
    assert (answer.status_code, faults(answer)) == (500, [])
    assert "19900001234" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    tried("answers whose headers were looked at", 1)


# ── the session ──────────────────────────────────────────────────────────────


@pytest.fixture
def clerk(house: House) -> Account:
    account = Account.objects.get(login="frontdesk")
    account.set_password(PASSWORD)
    account.save()
    return account


def logs_in(client: Client) -> Any:
    return client.post("/log-in/", {"login": "frontdesk", "password": PASSWORD})


def test_a_key_planted_before_the_log_in_opens_nothing_after_it(clerk: Account) -> None:
    client, attacker = Client(), Client()
    client.cookies["sessionid"] = attacker.cookies["sessionid"] = "planted0planted0planted0planted0"
    assert logs_in(client).status_code == 302
    assert client.cookies["sessionid"].value != "planted0planted0planted0planted0"
    assert attacker.get("/requests/").status_code == 302


def test_logging_in_again_changes_the_key_and_logging_out_ends_it(clerk: Account) -> None:
    client, thief = Client(), Client()
    logs_in(client)
    first = client.cookies["sessionid"].value
    thief.cookies["sessionid"] = first
    assert thief.get("/requests/").status_code == 200
    client.post("/log-out/")
    assert thief.get("/requests/").status_code == 302
    logs_in(client)
    assert client.cookies["sessionid"].value != first


def test_a_new_password_ends_the_sessions_elsewhere(clerk: Account) -> None:
    here, elsewhere = Client(), Client()
    logs_in(here), logs_in(elsewhere)
    new = {"old": PASSWORD, "new": "another long one 2026", "again": "another long one 2026"}
    assert here.post("/account/password/", new).status_code == 302
    assert (here.get("/requests/").status_code, elsewhere.get("/requests/").status_code) == (200, 302)


def test_who_is_disabled_is_out_at_once(clerk: Account) -> None:
    client = Client()
    logs_in(client)
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    assert client.get("/requests/").status_code == 302
    assert logs_in(Client()).status_code == 422


def test_an_owners_log_in_gives_a_new_token_each_time(house: House) -> None:
    client, tokens = Client(), []
    client.cookies["owner"] = "planted"
    for minute in (0, 2):
        with clock.standing_at(NOW.replace(minute=minute)):
            page = client.post("/my/log-in/", {"phone": "19900001234"})
            handle = page.context["handle"]
            said = code_of(SentCode.objects.latest("id").id)
            answer = client.post("/my/log-in/code/", {"handle": handle, "code": said})
            assert answer.status_code == 302
            client.post("/my/log-out/")
        tokens.append(answer.cookies["owner"].value)
    assert len({"planted", *tokens}) == 3


def test_behind_https_every_cookie_is_for_https_alone(clerk: Account, settings: Any) -> None:
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    client = Client()
    answers = [client.get("/log-in/", secure=True), client.post("/log-in/", {"login": "frontdesk", "password": PASSWORD}, secure=True),
               client.get("/language/en/", secure=True)]  # fmt: skip
    cookies = {name: bool(cookie["secure"]) for answer in answers for name, cookie in answer.cookies.items()}
    assert cookies == {"__Host-csrftoken": True, "__Host-sessionid": True, "language": True}
    of_host = [
        cookie for answer in answers for name, cookie in answer.cookies.items() if name.startswith("__Host-")
    ]
    assert {(cookie["path"], cookie["domain"]) for cookie in of_host} == {("/", "")}
    assert client.get("/requests/", secure=True).status_code == 200


def test_the_server_setting_takes_those_names_and_plain_http_the_usual_ones() -> None:
    """As a start of its own reads them: the names come with https and with nothing else."""
    asked = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE)"
    for https, names in (("1", "__Host-sessionid __Host-csrftoken True"), ("", "sessionid csrftoken False")):
        said = {**os.environ, "DJANGO_SETTINGS_MODULE": "hemu.config.settings", "HEMU_HTTPS": https}
        told = subprocess.run(
            [sys.executable, "-c", asked], env=said, capture_output=True, text=True, check=True
        )
        assert told.stdout.split("\n")[-2] == names
