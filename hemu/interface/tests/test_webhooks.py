"""Events for other systems: with the act, signed, at least once, and never to an address inside."""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from hemu.access.models import Token
from hemu.access.operations import revoke_token
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.interface.models import Delivery, Webhook
from hemu.interface.operations import add_webhook, deliver, prune, secret_of, send_again, stop_webhook
from hemu.interface.rules import RETRY_AFTER, is_wanted
from hemu.interface.tests.caller import NOW, Caller
from hemu.ledger.models import ClosedWords, Entry
from hemu.ledger.operations import Act
from hemu.messaging.tests.servers import Gateway, running_gateway

MOMENT = at(NOW)
ACT = Act("office", MOMENT, MOMENT)


@pytest.fixture
def other(settings: Any) -> Iterator[Gateway]:
    """The other system, on loopback, which the setting allows."""
    settings.PRIVATE_NETWORKS = ["127.0.0.0/8"]
    settings.GATEWAY_TIMEOUT_SECONDS = 60.0
    with running_gateway() as server:
        yield server


def hook(caller: Caller, url: str, *kinds: str) -> Webhook:
    return add_webhook(token=caller.token.name, url=url, wanted=kinds, act=ACT)


def test_an_event_goes_out_signed_and_names_nobody(caller: Caller, other: Gateway) -> None:
    made = hook(caller, f"{other.url}/hook", "request")
    caller.register(name="示例业主", text="厨房水管漏水。")
    assert deliver(now=MOMENT) == 1
    entry, row = Entry.objects.get(kind="request.registered"), Delivery.objects.get()
    body, headers = other.bodies[0], {name.lower(): value for name, value in other.headers[0].items()}
    assert json.loads(body) == {
        "id": str(row.id),
        "type": "request.registered",
        "timestamp": entry.plain()["recorded_at"],
        "data": {**entry.plain(), "digest": entry.digest},
    }
    for secret in ("示例业主", "19900001234", "漏水", "1-2-301"):
        assert secret.encode() not in body
    key = base64.b64decode(secret_of(made).removeprefix("whsec_"))
    signed = f"{row.id}.{int(MOMENT.timestamp())}.".encode() + body
    assert headers["webhook-id"] == str(row.id)
    assert headers["webhook-timestamp"] == str(int(MOMENT.timestamp()))
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()
    assert (row.state, row.tries, row.sent_at) == ("sent", 1, MOMENT)
    assert deliver(now=MOMENT) == 0


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ("refuse", "http.400"),
        ("busy", "http.429"),
        ("moved", "http.302"),
        ("break", "http.500"),
        ("cut", "cut_off"),
    ],
)
def test_what_was_not_taken_comes_again_under_the_same_id(
    caller: Caller, other: Gateway, behaviour: str, error: str
) -> None:
    hook(caller, f"{other.url}/hook")
    caller.register()
    caller.register(key="k-2")
    other.behaviour = behaviour
    assert deliver(now=MOMENT) == 1  # the second rests with the first
    waiting = Delivery.objects.get(tries=1)
    assert (waiting.state, waiting.error, waiting.not_before) == ("waiting", error, MOMENT + RETRY_AFTER[0])
    other.behaviour = "take"
    assert deliver(now=MOMENT) == 0
    assert deliver(now=MOMENT + timedelta(minutes=2)) == 2
    ids = [{name.lower(): value for name, value in each.items()}["webhook-id"] for each in other.headers]
    assert ids.count(str(waiting.id)) == 2
    assert set(Delivery.objects.values_list("state", "error")) == {("sent", "")}


def test_it_is_given_up_after_three_days_and_sent_again_when_told_to(caller: Caller, other: Gateway) -> None:
    made = hook(caller, f"{other.url}/hook")
    caller.register()
    other.behaviour, moment = "refuse", MOMENT
    for pause in (timedelta(), *RETRY_AFTER):
        moment += pause
        assert deliver(now=moment) == 1
    row = Delivery.objects.get()
    assert (row.state, row.tries, moment - MOMENT) == ("failed", 11, sum(RETRY_AFTER, timedelta()))
    assert deliver(now=moment + timedelta(days=9)) == 0
    other.behaviour = "take"
    assert send_again(webhook_id=made.id, now=moment) == 1
    assert deliver(now=moment) == 1
    assert Delivery.objects.get().state == "sent"
    assert prune(now=moment + timedelta(days=30)) == 0
    assert prune(now=moment + timedelta(days=31)) == 1


def test_a_worker_that_died_leaves_nothing_behind(caller: Caller, other: Gateway) -> None:
    hook(caller, f"{other.url}/hook")
    caller.register()
    lease = MOMENT + timedelta(minutes=5)
    Delivery.objects.update(state="sending", tries=1, claimed_until=lease)
    assert deliver(now=MOMENT) == 0
    assert deliver(now=lease + timedelta(seconds=1)) == 1
    assert Delivery.objects.get().state == "sent"


@pytest.mark.parametrize("networks", [[], ["10.0.0.0/8"]])
def test_no_event_goes_to_an_address_inside(
    caller: Caller, other: Gateway, settings: Any, networks: list[str]
) -> None:
    settings.PRIVATE_NETWORKS = networks
    hook(caller, f"{other.url}/hook")
    caller.register()
    assert deliver(now=MOMENT) == 1
    assert (other.bodies, Delivery.objects.get().error) == ([], "address")


def test_who_is_told_of_what(house: House, caller: Caller) -> None:
    elsewhere = Caller.of("cs_supervisor", house.elsewhere)
    everywhere = Caller.of("general_manager")
    gone = Caller.of("cs_supervisor", house.community)
    ended = Caller.of("cs_supervisor", house.community)
    hooks = {
        "all": hook(caller, "https://a.example.cn/"),
        "closed": hook(caller, "https://b.example.cn/", "request.closed"),
        "there": hook(elsewhere, "https://c.example.cn/"),
        "everywhere": hook(everywhere, "https://d.example.cn/", "request"),
        "revoked": hook(gone, "https://e.example.cn/"),
        "stopped": hook(caller, "https://f.example.cn/"),
        "ended": hook(ended, "https://g.example.cn/"),
    }
    Token.objects.filter(id=ended.token.id).update(ends_at=MOMENT)
    revoke_token(name=gone.token.name, now=MOMENT)
    stop_webhook(webhook_id=hooks["stopped"].id, act=ACT)
    caller.register()
    told = Delivery.objects.filter(kind="request.registered").values_list("webhook", flat=True)
    assert {name for name, each in hooks.items() if each.id in set(told)} == {"all", "everywhere"}
    stop_webhook(webhook_id=hooks["all"].id, act=ACT)
    assert not Delivery.objects.filter(webhook=hooks["all"]).exists()


@pytest.mark.parametrize("how", ["ended", "revoked"])
def test_what_waits_for_a_token_that_no_longer_holds_is_not_sent(
    caller: Caller, other: Gateway, how: str
) -> None:
    hook(caller, f"{other.url}/hook")
    caller.register()
    Token.objects.filter(id=caller.token.id).update(**{"ends_at" if how == "ended" else "revoked_at": MOMENT})
    assert deliver(now=MOMENT) == 1
    assert (other.bodies, Delivery.objects.count()) == ([], 0)


def test_listening_costs_one_statement_more(
    house: House, caller: Caller, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        hook(caller, f"https://h{n}.example.cn/")
    with django_assert_max_num_queries(21):
        caller.register()
    assert Delivery.objects.count() == 3 * Entry.objects.exclude(kind="webhook.added").count()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"token": "nobody"}, "token.unknown"),
        ({"url": "http://a.example.cn/"}, "webhook.unsafe_address"),
        ({"url": "ftp://a.example.cn/"}, "webhook.unsafe_address"),
        ({"url": "https://" + "a" * 500}, "webhook.unsafe_address"),
        ({"wanted": ["request.dreamt"]}, "webhook.unknown_kind"),
    ],
)
def test_a_webhook_that_cannot_be(caller: Caller, change: dict[str, Any], code: str) -> None:
    given = {"token": caller.token.name, "url": "https://a.example.cn/", "wanted": [], **change}
    with pytest.raises(RuleViolation) as refused:
        add_webhook(**given, act=ACT)
    assert (refused.value.code, Webhook.objects.count(), Entry.objects.count()) == (code, 0, 0)


def test_the_book_says_to_whom_events_go_and_since_when(house: House, caller: Caller) -> None:
    made = hook(caller, "https://hooks.example.cn/in/a-secret?of=theirs", "request.closed", "duty")
    for _ in range(2):
        stop_webhook(webhook_id=made.id, act=ACT)
    added, stopped = Entry.objects.order_by("seq")
    assert (added.kind, added.book_id, added.subject) == (
        "webhook.added", house.office.book_id, f"webhook:{made.id}",
    )  # fmt: skip
    assert added.facts == {"token": str(caller.token.id), "kinds": ["duty", "request.closed"]}
    assert ClosedWords.objects.get(entry=added).words == {"to": "hooks.example.cn"}
    assert (stopped.kind, stopped.subject, stopped.facts) == ("webhook.stopped", added.subject, {})


def test_a_webhook_is_not_told_of_itself(house: House) -> None:
    """One that hears all of the company learns of the next one, and neither of its own beginning nor of its end."""
    everywhere = Caller.of("general_manager")
    made = hook(everywhere, "https://a.example.cn/")
    assert not Delivery.objects.exists()
    hook(everywhere, "https://b.example.cn/")
    assert list(Delivery.objects.values_list("webhook", "kind")) == [(made.id, "webhook.added")]
    stop_webhook(webhook_id=made.id, act=ACT)
    assert not Delivery.objects.filter(webhook=made).exists()


def test_wanted() -> None:
    assert is_wanted("request.closed", [])
    assert is_wanted("request.closed", ["duty", "request"])
    assert is_wanted("request.closed", ["request.closed"])
    assert not is_wanted("request.closed", ["request.registered", "req"])
