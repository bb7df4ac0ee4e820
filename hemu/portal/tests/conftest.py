"""Owners at their own door, with a clock of their own."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from hemu.access.tests.house import BEGAN, House, at, found_house
from hemu.estate.models import Home, Person, Phone, Tie
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.portal.operations.door import code_of
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-09-30 17:00")
OWNER = "19900001234"
STRANGER = "19900009999"


class Phoned:
    """Somebody with a phone at the owners' pages."""

    def __init__(self, phone: str, *, at: datetime = NOW, address: str = "10.0.0.1") -> None:
        self.phone, self.now = phone, at
        self.client = Client(REMOTE_ADDR=address)

    def get(self, url: str) -> HttpResponse:
        with clock.standing_at(self.now):
            return self.client.get(url)  # type: ignore[return-value]

    def post(self, url: str, **data: str) -> HttpResponse:
        with clock.standing_at(self.now):
            return self.client.post(url, data)  # type: ignore[return-value]

    def see(self, url: str) -> str:
        return self.get(url).content.decode()

    def asks(self) -> str:
        """Ask for a code and return the handle of this browser."""
        page = self.post("/my/log-in/", phone=self.phone).content.decode()
        found = re.search(r'name="handle" value="([^"]+)"', page)
        return found[1] if found else ""

    def logs_in(self) -> "Phoned":
        handle = self.asks()
        said = code_of(UUID(handle.partition(".")[0]))
        assert self.post("/my/log-in/code/", handle=handle, code=said).status_code == 302
        return self


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def lives(
    home: Home,
    phone: str,
    name: str = "示例住户",
    kind: str = "owner",
    *,
    since: date | None = date(2020, 1, 1),
    until: date | None = None,
) -> Person:
    """Tie a new person with a phone to a home."""
    person = Person.objects.create(id=new_id(BEGAN), name=name)
    Phone.objects.create(id=new_id(BEGAN), person=person, number=phone)
    Tie.objects.create(id=new_id(BEGAN), person=person, home=home, kind=kind, since=since, until=until)
    return person


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)
