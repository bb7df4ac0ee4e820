"""The page of what the background could not do: seen by who sets the house up, tried again from there."""

from datetime import datetime

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House
from hemu.infra import clock
from hemu.infra.models import Trouble
from hemu.infra.troubles import note

pytestmark = pytest.mark.django_db


def a_trouble(now: datetime) -> Trouble:
    return note(kind="duty", key="d1", about="request:HHY-2026-00012", error=ValueError("王女士"), now=now)


def client_of(login: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def test_a_trouble_is_shown_with_its_case_and_tried_again_by_a_press(house: House) -> None:
    director = client_of("office_director")
    assert "后台的事都办成了" in director.get("/troubles/").content.decode()
    now = clock.now()
    a_trouble(now)
    page = director.get("/troubles/").content.decode()
    assert [words in page for words in ("HHY-2026-00012", "ValueError", "试过 1 次", "王女士")] == [
        True,
        True,
        True,
        False,
    ]
    assert "后台有事没办成" in director.get("/").content.decode()
    assert director.post("/troubles/", {"kind": "duty", "key": "d1"}).status_code == 302
    row = Trouble.objects.get()
    assert (row.tries, row.next_at is not None and row.next_at >= now) == (0, True)


def test_who_sets_nothing_up_neither_sees_nor_retries_it(house: House) -> None:
    a_trouble(clock.now())
    desk = client_of("frontdesk")
    assert desk.get("/troubles/").status_code == 403
    assert desk.post("/troubles/", {"kind": "duty", "key": "d1"}).status_code == 403
    assert "后台有事没办成" not in desk.get("/").content.decode()
    assert Trouble.objects.get().tries == 1
