"""The company of a measurement, and the few cases that the product itself makes to be copied."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.duties.models import Duty
from hemu.estate.models import Community, Office, Staff
from hemu.estate.operations import add_home, employ, give_post, open_community, open_department, open_office
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.ledger.operations import seal
from hemu.messaging.operations import deliver
from hemu.return_visits.models import ReturnVisit
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step

PER_COMMUNITY = 2_000
NEWEST = 1_800
OPEN = {
    "sent": f"k >= {NEWEST} AND k % 20 = 0",
    "pool": f"k >= {NEWEST} AND k % 20 = 5",
    "urged": f"k >= {NEWEST} AND k % 20 = 10",
    "urgent": f"k >= {NEWEST} AND k % 20 = 15",
    "complaint": "k % 5 = 0",
    "repair_home": "k % 5 IN (1, 2)",
    "repair_public": "k % 5 = 3",
    "inquiry": "k % 5 = 4",
}  # fmt: skip
"""Which original the k-th case of a community is a copy of; the first four are open, 2 % together."""
OPEN = {name: condition.replace("%", "%%") for name, condition in OPEN.items()}
USUAL = {"trade": "repair", "nature": "routine", "urgency": "normal"}
URGENT = {"trade": "repair", "nature": "routine", "urgency": "urgent"}
CLEAN = {"trade": "cleaning", "nature": "routine", "urgency": "soon"}
WITHDRAWN: tuple[Any, ...] = ("withdraw", {}, "业主说不用了")
HISTORIES: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "sent": ("complaint", [("classify", CLEAN), ("dispatch", {"to": "person0"})]),
    "pool": ("repair_home", [("classify", USUAL), ("dispatch", {"department": "工程部"})]),
    "urged": ("repair_public", [("classify", USUAL), ("urge", {})]),
    "urgent": ("repair_home", [("classify", URGENT), ("dispatch", {"to": "person0"})]),
    "complaint": ("complaint", [("classify", CLEAN), WITHDRAWN]),
    "repair_home": ("repair_home", [("classify", USUAL), WITHDRAWN]),
    "repair_public": ("repair_public", [("classify", USUAL), WITHDRAWN]),
    "inquiry": ("inquiry", [("classify", CLEAN), WITHDRAWN]),
}
THIRTY = 30


@dataclass
class Company:
    """What filling needs: a row for each community, the cases to copy by name, and who measures."""

    now: datetime
    person: UUID
    places: list[tuple[Any, ...]]
    originals: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Any] = field(default_factory=dict)


def found_company_of(communities: int, *, said: str) -> Company:
    """Open so many communities, each with an office and somebody who handles its cases; make the originals."""
    now = clock.now()
    since = (now - timedelta(days=4 * 365)).date()
    offices: list[Office] = []
    places: list[tuple[Any, ...]] = []
    for number in range(communities):
        office = open_office(name=f"量{number}处", now=now)
        community = open_community(name=f"量{number}区", office=office, now=now)
        person = _person(f"person{number}", "technician", [office], since)
        offices.append(office)
        places.append(
            (number, community.id, community.book_id, office.id, community.code, person.id, str(person.id))
        )
    company = Company(now, places[0][5], places)
    _person("one", "office_director", offices[:1], since)
    _person("thirty", "office_director", offices[:THIRTY], since)
    _person("all", "general_manager", [None], since)
    open_department(office=offices[0], name="工程部", trade="repair", now=now)
    _make_originals(company, offices[0], said)
    company.asked = {
        "community": str(places[0][1]),
        "office": str(offices[0].id),
        "technician": "person0",
        "number": f"{places[0][4]}-2025-00901",
        "open_number": f"{places[0][4]}-2025-01981",
    }
    return company


def _person(login: str, role: str, offices: "list[Office] | list[None]", since: date) -> Staff:
    staff = employ(name=f"量{login}", now=clock.now())
    for office in offices:
        give_post(staff=staff, role=role, office=office, since=since)
    Account.objects.create(login=login, staff=staff, password="!")
    return staff


def _make_originals(company: Company, office: Office, said: str) -> None:
    community = Community.objects.select_related("office").get(office=office)
    home = add_home(
        community=community, building="9", unit="1", room="101", written="9-1-101", now=company.now
    )
    director = Account.objects.get(login="one").staff
    by = Actor(director.id, director.name, "one", {office.id: frozenset({"office_director"})})
    act = by.act(now=company.now)
    for name, (type, steps) in HISTORIES.items():
        case = register_request(
            community=community, home=home, type=type, text=said, caller=Caller(name="量", phone="19900001234"),
            act=act, channel="phone",
        )  # fmt: skip
        for step, values, *words in steps:
            case = take_step(
                number=case.number, step=step, act=act, by=by, words=words[0] if words else "", values=values
            )
        company.originals[name] = case.number
    _return_visits(company, community, director)
    Duty.objects.update(next_at=None)  # the worker has looked at them
    deliver(now=company.now)
    seal(now=company.now)


def _return_visits(company: Company, community: Community, director: Staff) -> None:
    """Put a return visit that waits and one that is done beside the repair that is copied."""
    case = Request.objects.get(number=company.originals["repair_home"])
    usual = {
        "request": case, "community": community, "kind": "repair", "role": "steward", "trigger": case.id,
        "opened_at": company.now, "due_at": company.now + timedelta(days=3),
    }  # fmt: skip
    done = {"state": "done", "done_at": company.now, "done_by": director, "independent": True,
            "result": "satisfied", "attitude": "good", "timely": "in_time"}  # fmt: skip
    for mark, more in (("R1", {}), ("R2", done)):
        ReturnVisit.objects.create(id=new_id(company.now), number=f"{case.number}-{mark}", **usual, **more)
