"""Somebody leaves: the cases in hand go to the successor, to their department, or back to who distributes work."""

import pytest

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, House, found_house
from hemu.estate.models import Staff
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step
from hemu.staffing.operations import leave
from hemu.staffing.operations_hand_over import hand_over
from hemu.staffing.queries import open_work_of, whole_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return found_house()


def case(house: House, *steps: str, **to: str) -> Request:
    act = house.by("frontdesk").act(now=BEGAN)
    made = register_request(
        community=house.community, home=house.home, type="repair_home", text="水管漏了。", place="",
        caller=Caller(None, "", ""), act=act,
    )  # fmt: skip
    taken = [
        ("frontdesk", "classify", {"trade": "repair", "urgency": "normal"}),
        ("cs_supervisor", "dispatch", to or {"to": "technician"}),
        *(("technician", step, {}) for step in steps),
    ]
    for login, step, values in taken:
        by = house.by(login)
        take_step(number=made.number, step=step, act=by.act(now=BEGAN), by=by, values=dict(values))
    made.refresh_from_db()
    return made


def gone(house: House, to: str = "", by: str = "hr") -> dict[str, int]:
    staff = Staff.objects.get(id=house.by("technician").staff_id)
    heir = Staff.objects.get(id=house.by(to).staff_id) if to else None
    act = house.by(by).act(now=BEGAN)
    row = leave(staff=staff, on=BEGAN.date(), to=heir, reason="", by=whole_house(), act=act)
    return hand_over(leaving=row, act=act)


def test_cases_go_to_the_successor_each_by_its_entry_and_the_first_asked_stays(house: House) -> None:
    dispatched, accepted = case(house), case(house, "accept")
    staff = house.by("technician").staff_id
    assert open_work_of(staff) == {"requests": 2}
    assert gone(house, to="security") == {"requests": 2}
    for each in (dispatched, accepted):
        first = each.first_asked_id
        each.refresh_from_db()
        assert (each.handler_id, each.first_asked_id, each.state) == (
            house.by("security").staff_id,
            first,
            "dispatched",
        )
        entry = Entry.objects.filter(subject=each.subject).latest("seq")
        assert (entry.kind, entry.actor) == ("request.dispatched", house.by("hr").key)
    assert open_work_of(staff) == {}


def test_without_a_successor_they_go_back_to_who_distributes(house: House) -> None:
    made = case(house)
    assert gone(house) == {"requests": 1}
    made.refresh_from_db()
    assert made.handler_id == house.by("cs_supervisor").staff_id


def test_a_successor_of_another_office_does_not_get_them(house: House) -> None:
    made = case(house)
    gone(house, to="elsewhere")
    made.refresh_from_db()
    assert made.handler_id == house.by("cs_supervisor").staff_id


def test_what_nobody_may_take_stays_and_is_tried_again(house: House) -> None:
    made = case(house)
    Account.objects.filter(login__in=["cs_supervisor", "office_director"]).update(is_active=False)
    assert gone(house) == {}
    made.refresh_from_db()
    assert made.handler_id == house.by("technician").staff_id
    assert open_work_of(house.by("technician").staff_id) == {"requests": 1}
