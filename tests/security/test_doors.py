"""The doors: no way off the site (B11), no telling who has a log-in (B12), no guessing and no flood of codes (B13)."""

import re
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.tests.house import PASSWORD, House
from hemu.infra import clock
from hemu.portal.models import OwnerSession, SentCode
from hemu.portal.operations.door import code_of
from hemu.portal.rules import CODES_A_DAY, CODES_FROM_ADDRESS
from tests.security.answers import answer_of
from tests.security.city import NOW, City
from tests.security.figures import Tried

# ── where a door leads ───────────────────────────────────────────────────────

EVIL = "evil.example"
ELSEWHERE = [
    *(f"{scheme}{slashes}{EVIL}" for scheme, slashes in product(
        ("https:", "http:", "HTTPS:", "", "ftp:", "javascript:"), ("//", "/\\", "\\\\", "\\/", "///"))),
    f"https:{EVIL}", f"https:/{EVIL}", f"//{EVIL}/my/", f"https://testserver@{EVIL}/", f"https://testserver.{EVIL}/",
    f"https://{EVIL}/testserver", f"https://{EVIL}#testserver", f"https://{EVIL}\\@testserver/", f"\t//{EVIL}",
    f"/\t/{EVIL}", f"\n//{EVIL}", f"/\n/{EVIL}", f"\x00//{EVIL}", f" //{EVIL}", f"//\u3002{EVIL}", f"//{EVIL}\u3002",
    f"/%09/{EVIL}", f"data:text/html,<script>location='//{EVIL}'</script>", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    f"/\r\nLocation: https://{EVIL}/", f"//[::1]@{EVIL}/", f"https://testserver:443@{EVIL}/", f"/..//{EVIL}",
]  # fmt: skip


def stays(location: str) -> bool:
    """Tell whether a browser that follows stays on this site: it strips signs below a space and reads \\ as /."""
    plain = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    return plain.startswith("/") and not plain.startswith("//")


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def is_refused(answer: Any, target: str) -> bool:
    """Tell whether a target that no address can be was refused as such."""
    return "\x00" in target and answer.status_code == 422


def owner_after_code(target: str) -> Any:
    SentCode.objects.all().delete()
    client = Client()
    with clock.standing_at(NOW):
        asked = client.post("/my/log-in/", {"phone": "19900001234", "next": target})
        if is_refused(asked, target):
            return asked
        handle = asked.context["handle"]
        said = code_of(UUID(handle.partition(".")[0]))
        return client.post("/my/log-in/code/", {"handle": handle, "code": said, "next": target})


def test_nobody_is_sent_elsewhere(house: House, tried: Tried) -> None:
    account = Account.objects.get(login="frontdesk")
    account.set_password(PASSWORD)
    account.save()
    known, wrong, cells = logged_in(account), [], 0
    for target in ELSEWHERE:
        answers = [
            known.get("/log-in/", {"next": target}),
            Client().post("/log-in/", {"login": "frontdesk", "password": PASSWORD, "next": target}),
            known.get("/language/en/", {"next": target}),
            known.get("/language/en/", headers={"Referer": target.encode("ascii", "ignore").decode()}),
            owner_after_code(target),
        ]
        for number, answer in enumerate(answers):
            cells += 1
            if is_refused(answer, target):
                continue
            if answer.status_code != 302 or not stays(answer.headers["Location"]):
                wrong.append((target, number, answer.status_code, answer.headers.get("Location")))
    assert not wrong, "\n".join(map(str, wrong))
    tried("ways to be sent elsewhere", cells)


# ── who is known ─────────────────────────────────────────────────────────────


def shown(client: Client, url: str, data: dict[str, str], *, hide: str) -> Any:
    """Return an answer without what was typed and without tokens."""
    with clock.standing_at(NOW), CaptureQueriesContext(connection) as statements:
        answer: Any = client.post(url, data)
    answer.content = re.sub(
        rb'value="[^"]*"|199\*{4}\d{4}|X-CSRFToken[^}]*', b"", answer.content.replace(hide.encode(), b"")
    )
    return answer_of(answer, [each["sql"] for each in statements.captured_queries])


def test_known_and_unknown_answer_alike(city: City, tried: Tried, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status, headers, body, statements; and the same work of hashing, counted rather than timed."""
    hashed: list[str] = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda *given: hashed.append("once") or original(*given),  # type: ignore[func-returns-value]
    )
    account = Account.objects.get(login="frontdesk")
    account.set_password(PASSWORD)
    account.save()
    case = city.mine.things["request"]
    pairs = [
        ("/my/log-in/", "phone", "19900001234", "19900006789", {}),
        ("/my/log-in/", "phone", "19900005678", "19900006780", {}),
        ("/log-in/", "login", "frontdesk", "frontdork", {"password": "not it at all"}),
        ("/ask/", "number", case, f"{case[:-5]}09999", {"code": "ABCD-EFGH"}),
        ("/ask/", "number", city.theirs.things["request"], f"{case[:-5]}09998", {"code": "ABCD-EFGH"}),
    ]
    shown(Client(), "/log-in/", {"login": "warm", "password": "up"}, hide="warm")
    for url, field, known, unknown, more in pairs:
        hashed.clear()
        there = shown(Client(), url, {field: known, **more}, hide=known)
        work = len(hashed)
        nowhere = shown(Client(), url, {field: unknown, **more}, hide=unknown)
        assert there == nowhere, (url, known)
        assert len(hashed) == 2 * work, url
    tried("pairs of known and unknown at the doors", len(pairs))


def test_the_limiter_comes_before_the_hash(
    house: House, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    original = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda *given: hashed.append("once") or original(*given),  # type: ignore[func-returns-value]
    )
    client, statuses = Client(), []
    with clock.standing_at(NOW):
        for _ in range(100):
            statuses.append(client.post("/log-in/", {"login": "frontdesk", "password": "guess"}).status_code)
    assert (statuses[:4], set(statuses[4:]), len(hashed)) == ([422] * 4, {429}, 4)
    tried("guesses at the doors", 100)


def test_a_forged_header_makes_no_new_guesser(house: House, tried: Tried) -> None:
    """Without a proxy that is trusted, what a caller says of where they come from counts for nothing."""
    client, statuses = Client(REMOTE_ADDR="203.0.113.7"), []
    with clock.standing_at(NOW):
        for number in range(12):
            forged = f"198.51.100.{number}"
            headers = {"X-Forwarded-For": forged, "X-Real-IP": forged, "Forwarded": f"for={forged}",
                       "CF-Connecting-IP": forged, "True-Client-IP": forged}  # fmt: skip
            answer = client.post("/log-in/", {"login": "frontdesk", "password": "x"}, headers=headers)
            statuses.append(answer.status_code)
    assert statuses == [422] * 4 + [429] * 8
    tried("guesses at the doors", 12)


def as_told(proxies: list[str], peer: str, forwarded: list[str], settings: Any) -> list[int]:
    """Guess at one password, once with each X-Forwarded-For, and return the statuses."""
    settings.TRUSTED_PROXIES = proxies
    client, statuses = Client(REMOTE_ADDR=peer), []
    with clock.standing_at(NOW):
        for each in forwarded:
            headers = {
                "X-Forwarded-For": each,
                "X-Real-IP": "198.51.100.99",
                "Forwarded": "for=198.51.100.98",
            }
            form = {"login": "frontdesk", "password": "x"}
            statuses.append(client.post("/log-in/", form, headers=headers).status_code)
    return statuses


GUESSES = 12
ONE_GUESSER = [422] * 4 + [429] * (GUESSES - 4)


@pytest.mark.parametrize(
    ("proxies", "peer", "written", "expected"),
    [
        ([], "203.0.113.7", "198.51.100.{n}", ONE_GUESSER),
        (["10.0.0.1"], "203.0.113.7", "198.51.100.{n}", ONE_GUESSER),
        (["10.0.0.1"], "10.0.0.1", "198.51.100.{n}, 203.0.113.7", ONE_GUESSER),
        (["10.0.0.0/24"], "10.0.0.1", "198.51.100.{n}, 203.0.113.7, 10.0.0.9", ONE_GUESSER),
        (["10.0.0.1"], "10.0.0.1", "10.0.0.{n}, 203.0.113.7, 10.0.0.1", ONE_GUESSER),
        (["10.0.0.1"], "10.0.0.1", "no address {n}", ONE_GUESSER),
        (["10.0.0.1"], "10.0.0.1", "198.51.100.1, 203.0.113.1{n}", [422] * GUESSES),
    ],
    ids=["no proxy", "past the proxy", "through it", "through two", "itself forged", "no address", "control"],
)
def test_who_guesses_is_known_through_a_proxy_that_is_trusted_and_by_nothing_else(
    house: House,
    tried: Tried,
    settings: Any,
    proxies: list[str],
    peer: str,
    written: str,
    expected: list[int],
) -> None:
    """What a caller writes before the proxy's own word changes nothing; different callers are different (the control)."""
    forwarded = [written.format(n=number) for number in range(GUESSES)]
    assert as_told(proxies, peer, forwarded, settings) == expected
    tried("guesses at the doors", GUESSES)


def test_a_forged_header_brings_no_more_codes(house: House, tried: Tried, settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    sent = 0
    for number in range(CODES_FROM_ADDRESS + 10):
        with clock.standing_at(NOW):
            headers = {"X-Forwarded-For": f"198.51.100.{number % 250}, 203.0.113.7"}
            answer = Client(REMOTE_ADDR="10.0.0.1").post(
                "/my/log-in/", {"phone": f"1990002{number:04}"}, headers=headers
            )
        sent += "handle" in (answer.context or {})
    assert sent == CODES_FROM_ADDRESS
    tried("codes asked for", CODES_FROM_ADDRESS + 10)


# ── codes ────────────────────────────────────────────────────────────────────


def asks(phone: str, *, address: str = "10.0.0.1", at: Any = NOW) -> str:
    """Ask for a code and return the handle of this browser, "" where none was sent."""
    with clock.standing_at(at):
        answer = Client(REMOTE_ADDR=address).post("/my/log-in/", {"phone": phone})
    return str(answer.context["handle"]) if "handle" in (answer.context or {}) else ""


def gives(handle: str, said: str, *, address: str = "10.0.0.1", at: Any = NOW) -> int:
    with clock.standing_at(at):
        return (
            Client(REMOTE_ADDR=address).post("/my/log-in/code/", {"handle": handle, "code": said}).status_code
        )


def test_a_code_wears_out_whoever_guesses_and_the_owner_still_gets_in(house: House, tried: Tried) -> None:
    handle = asks("19900001234")
    right = code_of(UUID(handle.partition(".")[0]))
    wrong = [f"{number:06}" for number in range(80) if f"{number:06}" != right]
    statuses = {gives(handle, each, address=f"10.1.0.{number}") for number, each in enumerate(wrong)}
    assert statuses <= {422, 429}
    assert (gives(handle, right, address="10.9.9.9"), OwnerSession.objects.count()) == (422, 0)
    assert SentCode.objects.get().tries == 5
    later = NOW + timedelta(minutes=2)
    again = asks("19900001234", address="10.0.0.2", at=later)
    assert gives(again, code_of(UUID(again.partition(".")[0])), address="10.0.0.2", at=later) == 302
    tried("guesses at the doors", len(wrong))


def test_a_code_opens_once_and_only_for_the_browser_that_asked(house: House, tried: Tried) -> None:
    mine, theirs = asks("19900001234"), asks("19900005678", address="10.0.0.2")
    my_code, their_code = (code_of(UUID(each.partition(".")[0])) for each in (mine, theirs))
    assert gives(theirs, my_code, address="10.0.0.3") == 422
    assert gives(mine.replace("19900001234", "19900005678"), my_code, address="10.0.0.4") == 422
    assert gives(mine, my_code) == 302
    assert gives(mine, my_code, address="10.0.0.5") == 422
    assert gives(theirs, their_code, address="10.0.0.2") == 302
    tried("guesses at the doors", 5)


def test_nobody_is_flooded_with_codes(house: House, tried: Tried) -> None:
    """One code a minute and so many a day for a number, whoever asks; so many an hour from one address."""
    times = [NOW + timedelta(seconds=20 * number) for number in range(60)]
    sent = sum(
        bool(asks("19900001234", address=f"10.2.0.{number}", at=at)) for number, at in enumerate(times)
    )
    assert sent == CODES_A_DAY == SentCode.objects.count()
    SentCode.objects.all().delete()
    numbers = [f"1990001{number:04}" for number in range(CODES_FROM_ADDRESS + 20)]
    assert sum(bool(asks(each)) for each in numbers) == CODES_FROM_ADDRESS
    tried("codes asked for", len(times) + len(numbers))
