"""The bar of the silent worker: on every page of the staff after five minutes, not before, and on no owner's page."""

from datetime import timedelta

import pytest
from django.test import Client

from hemu.access.tests.house import House, at, client
from hemu.infra import clock
from hemu.infra.heartbeat import SILENT_AFTER, WORKER, silent_since
from hemu.infra.models import Heartbeat

NOW = at("2026-11-09 09:00")
BAR = "后台停了"


@pytest.mark.parametrize(
    ("silence", "shown"),
    [
        (None, False),
        (timedelta(0), False),
        (SILENT_AFTER - timedelta(seconds=1), False),
        (SILENT_AFTER, True),
    ],
)
def test_the_bar(house: House, silence: timedelta | None, shown: bool) -> None:
    if silence is not None:
        Heartbeat.objects.create(name=WORKER, beat_at=NOW - silence)
    with clock.standing_at(NOW):
        desk = client("frontdesk")
        seen = [
            BAR in desk.get(path).content.decode() for path in ("/", "/duties/", "/requests/", "/account/")
        ]
        public = BAR in Client().get("/log-in/").content.decode()
    assert (seen, public) == ([shown] * 4, False)


def test_others_that_beat_do_not_speak_for_the_worker(house: House) -> None:
    beats = {WORKER: NOW - timedelta(hours=1), "backup": NOW}
    for name, beat_at in beats.items():
        Heartbeat.objects.create(name=name, beat_at=beat_at)
    assert silent_since(now=NOW) == beats[WORKER]
