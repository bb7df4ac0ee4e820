"""Telling everybody of a community: once each, by the first mobile number, in one statement whatever the number."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.estate.models import Home, Person, Phone, Tie
from hemu.estate.operations import add_home, open_community, open_office
from hemu.infra.identity import first_id, new_id
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell_everybody
from hemu.messaging.tests.outbox import NOW

DAY = date(2026, 9, 30)
LATER = NOW + timedelta(hours=16)

pytestmark = pytest.mark.django_db


def place(name: str) -> list[Home]:
    """Open a community of two homes."""
    community = open_community(name=f"{name}园", office=open_office(name=f"{name}处", now=NOW), now=NOW)
    return [
        add_home(community=community, building="1", unit="1", room=room, written=f"1-1-{room}", now=NOW)
        for room in ("101", "102")
    ]


def bound(home: Home, *numbers: str, kind: str = "owner", **days: date) -> Person:
    person = Person.objects.create(id=new_id(NOW), name="示例")
    for position, number in enumerate(numbers):
        Phone.objects.create(id=new_id(NOW), person=person, number=number, position=position)
    Tie.objects.create(id=new_id(NOW), person=person, home=home, kind=kind, **days)
    return person


def told(community: UUID, **more: Any) -> int:
    usual: dict[str, Any] = {"on": DAY, "topic": "notice", "subject": "notice:1", "key": "notice:1", "now": NOW,
                             "not_before": LATER, "facts": {"notice": "停水", "n": 1}}  # fmt: skip
    return tell_everybody(community=community, **{**usual, **more})


def test_each_person_once_by_the_first_mobile_number() -> None:
    (first, second), (elsewhere, _) = place("甲"), place("乙")
    owner = bound(first, "055162345678", "19900001234", "19900005678")
    tenant = bound(second, "19900001111", kind="tenant", since=DAY, until=DAY)
    Tie.objects.create(id=new_id(NOW), person=owner, home=second, kind="owner")
    Tie.objects.create(id=new_id(NOW), person=owner, home=elsewhere, kind="owner")
    bound(first, "055162345678")
    bound(first, "19900002222", until=date(2026, 9, 29))
    bound(first, "19900003333", since=date(2026, 10, 1))
    bound(first, "19900004444", kind="contact")
    other = bound(elsewhere, "19900006666")
    assert told(first.community_id) == 2
    rows = {row.key: row for row in Outgoing.objects.all()}
    keys = {person: f"notice:1:{person.id.hex}" for person in (owner, tenant, other)}
    assert {key: row.address for key, row in rows.items()} == {
        keys[owner]: "19900001234",
        keys[tenant]: "19900001111",
    }
    row = rows[keys[owner]]
    assert (row.recipient, row.channel, row.state, row.topic, row.subject, row.facts) == (
        "owner", "sms", "waiting", "notice", "notice:1", {"notice": "停水", "n": 1},
    )  # fmt: skip
    assert (row.not_before, row.tries, row.error, row.sent_at, row.place) == (LATER, 0, "", None, None)
    assert (row.id.version, row.id.variant) == (7, "specified in RFC 4122")
    assert first_id(NOW) <= row.id < first_id(NOW + timedelta(milliseconds=1))
    assert told(first.community_id) == 0  # said again
    assert told(elsewhere.community_id) == 1  # the owner of both is told already
    assert told(first.community_id, key="notice:2", kinds=["contact"]) == 1
    assert Outgoing.objects.count() == 4


def test_one_statement_for_one_and_for_three() -> None:
    home, _ = place("甲")

    def statements(key: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as asked:
            count = told(home.community_id, key=key)
        inserts = [each["sql"] for each in asked.captured_queries if each["sql"].startswith("INSERT")]
        return count, len(inserts)

    bound(home, "19900001111")
    one = statements("notice:1")
    bound(home, "19900002222")
    bound(home, "19900003333")
    assert (one, statements("notice:2")) == ((1, 1), (3, 1))
