"""Several workers on one outbox, and one that is killed between sending and writing it down."""

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection

from hemu.infra import clock
from hemu.messaging.models import Message
from hemu.messaging.operations import tell
from hemu.messaging.operations.delivering import LEASE
from hemu.messaging.rules import State
from hemu.messaging.tests.outbox import NOW, by_sms, empty, member, state_of
from hemu.messaging.tests.servers import PATIENCE, Gateway

WORKERS, TEXTS, PEOPLE = 2, 12, 8


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(gateway: Gateway) -> None:
    rows = [by_sms(number) for number in range(TEXTS)]
    people = [member(str(number)).id for number in range(PEOPLE)]
    tell(staff=people, topic="duty.bundle", subject="", key="k", now=NOW)
    start = threading.Barrier(WORKERS)

    def work() -> None:
        start.wait()
        try:
            empty(NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each["id"] for each in gateway.taken) == sorted(row.id.hex for row in rows)
    assert {state_of(row) for row in rows} == {(State.SENT, 1, "")}
    assert Message.objects.count() == PEOPLE


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_leaves_a_question_not_a_second_text(
    gateway: Gateway,
) -> None:
    gateway.behaviour = "hang"
    row = by_sms()
    worker = subprocess.Popen(
        [sys.executable, "-m", "hemu", "worker", "--once"], env=os.environ | _environment(gateway)
    )
    try:
        assert gateway.arrived.wait(PATIENCE)
    finally:
        worker.kill()
        worker.wait()
    assert state_of(row)[:2] == (State.SENDING, 1)
    gateway.behaviour = "take"
    empty(clock.now() + LEASE + timedelta(seconds=1))
    assert (state_of(row), len(gateway.taken)) == ((State.UNKNOWN, 1, "lost"), 1)


def _environment(gateway: Gateway) -> dict[str, str]:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        place = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{place}"
    return {
        "HEMU_DATABASE_URL": url,
        "HEMU_SMS_URL": f"{gateway.url}/send",
        "HEMU_SMS_SECRET": "shared",
    }
