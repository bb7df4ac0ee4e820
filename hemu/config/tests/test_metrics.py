"""What Prometheus is told, and who may ask."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from hemu.access.tests.house import BEGAN, found_house
from hemu.config import metrics
from hemu.duties.models import Duty
from hemu.estate.models import RosterImport
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.models import Heartbeat
from hemu.ledger.models import Entry
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import Channel, Recipient, State

STATEMENTS = 9
TOKEN = "a-token-of-its-own"
HERE = {"REMOTE_ADDR": "127.0.0.1"}


def ask(**environment: str) -> HttpResponse:
    return Client(**environment).get("/metrics")  # type: ignore[arg-type,return-value]


def told(at: datetime) -> dict[str, float]:
    """Return the gauges and counters by name and labels."""
    with clock.standing_at(at):
        answer = ask(**HERE)
    assert answer.status_code == 200
    return {
        sample.name + "".join(f" {value}" for _, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def waits(number: int, at: datetime, **more: Any) -> None:
    values: dict[str, Any] = {"channel": Channel.SMS, "not_before": at, **more}
    Outgoing.objects.create(
        id=new_id(at), key=f"k{number}", recipient=Recipient.GROUP, topic="t", subject="request:X-1", **values
    )


def late(number: int, house: Any, due: datetime) -> None:
    Duty.objects.create(
        id=new_id(due), key=f"d{number}", clause="RQ-01", book_id=house.community.book_id, office=house.office,
        subject="request:X-1", role="frontdesk", start_at=due, due_at=due,
    )  # fmt: skip


@pytest.mark.django_db
def test_how_the_house_stands() -> None:
    house, now = found_house(), BEGAN + timedelta(days=3)
    before = told(now)
    assert before["hemu_database_up"] == 1
    assert [before[f"hemu_{name}"] for name in ("duties_late", "imports_running", "outbox_unsettled")] == [
        0,
        0,
        0,
    ]
    assert [before[f"hemu_outbox_waiting {name}"] for name in ("in_app", "sms", "email", "wecom")] == [
        0,
        0,
        0,
        0,
    ]
    assert "hemu_worker_silence_seconds" not in before
    waits(1, now - timedelta(minutes=7))
    waits(2, now - timedelta(minutes=2))
    waits(3, now + timedelta(minutes=2))
    waits(4, now, channel=Channel.EMAIL, state=State.UNKNOWN)
    late(1, house, now - timedelta(seconds=1))
    late(2, house, now + timedelta(seconds=1))
    RosterImport.objects.create(
        id=new_id(now), community=house.community, filename="x", digest="0", state="writing", by="staff:x",
        started_at=now,
    )  # fmt: skip
    for name, minutes in (("worker", 3), ("backup", 90)):
        Heartbeat.objects.create(name=name, beat_at=now - timedelta(minutes=minutes))
    found = told(now)
    assert (found["hemu_outbox_waiting sms"], found["hemu_outbox_oldest_seconds sms"]) == (2, 420)
    assert (found["hemu_outbox_unsettled"], found["hemu_duties_late"], found["hemu_imports_running"]) == (
        1,
        1,
        1,
    )
    assert (found["hemu_worker_silence_seconds"], found["hemu_backup_age_seconds"]) == (180, 5400)
    oldest = Entry.objects.order_by("seq").values_list("recorded_at", flat=True).first()
    assert found["hemu_seal_age_seconds"] == ((now - oldest).total_seconds() if oldest else 0)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_there_is(rows: int) -> None:
    house, now = found_house(), BEGAN + timedelta(days=3)
    for number in range(rows):
        waits(number, now)
        late(number, house, now - timedelta(hours=1))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told(now)
    assert len(asked) == STATEMENTS


@pytest.mark.django_db
def test_answers_are_counted_by_route_and_never_by_path() -> None:
    before = told(BEGAN).get("hemu_requests_total GET owner 404", 0)
    Client().get("/o/tok-5f3c-secret/?q=19900001234")
    Client().generic("TOK-SECRET", "/no-such/")
    after = told(BEGAN)
    assert after["hemu_requests_total GET owner 404"] == before + 1
    assert after["hemu_request_seconds_count GET owner"] >= 1
    assert [name for name in after if "tok-5f3c" in name or "1990" in name or "SECRET" in name] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "asking", "status"),
    [
        ("", HERE, 200),
        ("", {"REMOTE_ADDR": "::1"}, 200),
        ("", {"REMOTE_ADDR": "203.0.113.7"}, 404),
        ("", {"REMOTE_ADDR": ""}, 404),
        ("", {**HERE, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),  # through a proxy that nobody named
        ("", {**HERE, "HTTP_X_REAL_IP": "127.0.0.1"}, 404),
        ("", {**HERE, "HTTP_AUTHORIZATION": "Bearer "}, 200),
        (TOKEN, HERE, 404),
        (TOKEN, {**HERE, "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        (TOKEN, {**HERE, "HTTP_AUTHORIZATION": TOKEN}, 404),
        (TOKEN, {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
    ],
)
def test_who_may_ask(settings: Any, token: str, asking: dict[str, str], status: int) -> None:
    settings.METRICS_TOKEN = token
    assert ask(**asking).status_code == status


@pytest.mark.django_db
def test_a_trusted_proxy_does_not_make_its_callers_this_machine(settings: Any) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for forwarded in ("203.0.113.7", "127.0.0.1"):
        assert ask(**HERE, HTTP_X_FORWARDED_FOR=forwarded).status_code == 404


def test_an_unreachable_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(**asked: object) -> int:
        raise DatabaseError

    monkeypatch.setattr(metrics, "waiting_by_channel", gone)
    found = told(BEGAN)
    assert found["hemu_database_up"] == 0
    assert "hemu_duties_late" not in found


COUNT = """
import sys
from hemu.infra.web.measures import count_answer, exposed
for _ in range(int(sys.argv[1])):
    count_answer(route="home", method="GET", status=200, seconds=0.02)
print(exposed().decode())
"""


def test_several_processes_add_up(tmp_path: Any) -> None:
    """Each process writes a file; whichever is asked adds them all up."""
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    printed = [
        subprocess.run(
            [sys.executable, "-c", COUNT, count], env=environment, capture_output=True, text=True, check=True
        ).stdout
        for count in ("2", "3")
    ]
    line = 'hemu_requests_total{method="GET",route="home",status="200"}'
    assert [f"{line} 2.0" in printed[0], f"{line} 5.0" in printed[1]] == [True, True]
    assert 'hemu_request_seconds_bucket{le="0.025",method="GET",route="home"} 5.0' in printed[1]
