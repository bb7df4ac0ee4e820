"""The gateway tells what became of a text: forward only, once is as good as twice, nobody else can say it."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from hemu.infra import clock
from hemu.messaging.channels.sms import _signature
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import mark_as_sent
from hemu.messaging.rules import State
from hemu.messaging.tests.outbox import NOW, by_sms, empty, member, minutes, state_of
from hemu.messaging.tests.servers import Gateway

pytestmark = pytest.mark.django_db


def tell(body: Any, *, age: timedelta = timedelta(), signature: str = "") -> int:
    stamp = str(int((clock.now() - age).timestamp()))
    raw = json.dumps(body).encode()
    headers = {"X-Hemu-Timestamp": stamp, "X-Hemu-Signature": signature or _signature(stamp, raw)}
    client = Client(enforce_csrf_checks=True)
    return client.post(
        "/gateway/receipts/", raw, content_type="application/json", headers=headers
    ).status_code


def told(row: Outgoing, *states: str) -> list[int]:
    return [tell({"id": row.id.hex, "state": state}) for state in states]


@pytest.mark.parametrize(
    ("states", "ends"),
    [
        (["delivered"], State.DELIVERED),
        (["delivered", "delivered"], State.DELIVERED),
        (["delivered", "failed", "sent"], State.DELIVERED),
        (["failed", "failed"], State.FAILED),
        (["failed", "delivered"], State.DELIVERED),
        (["sent"], State.SENT),
    ],
)
def test_a_receipt_moves_forward_only(gateway: Gateway, states: list[str], ends: State) -> None:
    row = by_sms()
    empty(NOW)
    assert told(row, *states) == [200] * len(states)
    assert state_of(row)[0] == ends
    assert row.sent_at == (None if ends == State.FAILED else row.sent_at)


def test_a_late_receipt_settles_what_was_unknown_and_nothing_goes_out_again(gateway: Gateway) -> None:
    row = by_sms()
    gateway.behaviour = "break"
    empty(NOW)
    assert state_of(row)[0] == State.UNKNOWN
    assert told(row, "delivered", "delivered") == [200, 200]
    assert (state_of(row), row.ask_at) == ((State.DELIVERED, 1, ""), None)
    gateway.behaviour = "take"
    empty(minutes(30))
    assert len(gateway.taken) == 1


def test_what_a_person_settled_stays(gateway: Gateway) -> None:
    row = by_sms()
    gateway.behaviour = "refuse"
    empty(NOW)
    mark_as_sent(message=row.id, subject=row.subject, by=member().id, now=NOW)
    assert told(row, "failed") == [200]
    assert state_of(row)[0] == State.SENT


def test_what_never_went_to_the_gateway_is_not_known(gateway: Gateway) -> None:
    row = by_sms()
    assert told(row, "delivered") == [404]
    assert tell({"id": uuid4().hex, "state": "delivered"}) == 404
    assert state_of(row)[0] == State.WAITING


@pytest.mark.parametrize(
    "body", [[], {}, {"id": 7, "state": "sent"}, {"id": "x", "state": "sent"}, "sent", None]
)
def test_what_is_no_receipt_is_refused(gateway: Gateway, body: Any) -> None:
    assert tell(body) == 422
    assert tell({"id": uuid4().hex, "state": "waiting"}) == 422


def test_only_the_gateway_is_believed_and_only_for_a_quarter_of_an_hour(
    gateway: Gateway, settings: Any
) -> None:
    row = by_sms()
    empty(NOW)
    body = {"id": row.id.hex, "state": "failed"}
    assert tell(body, signature="sha256=" + "0" * 64) == 401
    assert tell(body, signature="名字") == 401
    assert tell(body, age=timedelta(days=3)) == 401
    assert Client().post("/gateway/receipts/", body, content_type="application/json").status_code == 401
    settings.SMS_SECRET = ""
    assert tell(body) == 401
    assert state_of(row)[0] == State.SENT
