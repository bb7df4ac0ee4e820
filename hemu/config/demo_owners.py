"""Owners of the demonstration who may log in: a household with four phones, a phone with three homes, a stranger."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from hemu.estate.models import Community, Home, Person, Phone, Tie
from hemu.estate.operations import initials_of
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.portal.operations import write_word
from hemu.portal.queries import Owner
from hemu.service_requests.models import Request

NOTE = "demo_owners.json"
FAMILY = [("co_owner", "示例家人甲", "19900900001"), ("co_owner", "示例家人乙", "19900900002"),
          ("tenant", "示例租客", "19900900003")]  # fmt: skip
STRANGER = "19900990001"


def let_owners_in(community: Community, *, now: datetime) -> list[dict[str, Any]]:
    """Give a home four phones and its owner three homes, let an unknown number write; return whom to show at the door."""
    case = Request.objects.filter(community=community, person__isnull=False, home__isnull=False).latest("id")
    owner, home = case.person, case.home
    assert owner is not None
    assert home is not None  # of the case asked for
    for kind, name, number in FAMILY:
        person = Person.objects.create(id=new_id(now), name=name, initials=initials_of(name))
        Phone.objects.create(id=new_id(now), person=person, number=number)
        Tie.objects.create(id=new_id(now), person=person, home=home, kind=kind, since=date(2022, 3, 1))
    for other in Home.objects.filter(community=community, occupancy="let").order_by("written")[:2]:
        Tie.objects.create(id=new_id(now), person=owner, home=other, kind="owner", since=date(2022, 3, 1))
    with clock.standing_at(now):
        write_word(
            owner=Owner(STRANGER, UUID(int=0), ()),
            community=community,
            home=None,
            place=home.written,
            name="示例访客",
            text="楼道里的灯一直闪，晚上看着头晕。",
            now=now,
        )
    phone = owner.phones.order_by("position").first()
    return [
        {"phone": phone.number if phone else "", "name": "一个号码，三套房"},
        {"phone": FAMILY[0][2], "name": "同一套房的家人"},
        {"phone": FAMILY[2][2], "name": "租户"},
        {"phone": STRANGER, "name": "名册里没有的号码"},
    ]


def note_owners(shown: list[dict[str, Any]]) -> None:
    """Leave the numbers for the owners' log-in page of a trial; a server does not read them."""
    (settings.HOME / NOTE).write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
