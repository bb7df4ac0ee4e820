"""The morning sheet: what it holds, that it is kept and told of once at the office's time."""

import pytest

from hemu.access.tests.house import House, at, standing_at
from hemu.estate.models import ProfileValue, Shift
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import deliver
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk
from hemu.supervision.models import MorningSheet
from hemu.supervision.operations_review import review_case
from hemu.supervision.queries_morning import make_sheet, people_on, sheet_of
from hemu.supervision.tasks import look_around
from hemu.supervision.tests.browser import page

THURSDAY = "2026-10-08 08:20"
"""The first working day after the National Day rest; the sheet before was that of Wednesday 30 September."""


_standing = standing_at(at(THURSDAY))


@pytest.fixture
def cases(desk: Desk) -> dict[str, Request]:
    before = desk.register("inquiry", "2026-09-29 09:00")
    late = desk.register("complaint", "2026-09-30 16:00")
    danger = desk.register("repair_public", "2026-10-07 22:00", home=None, place="1栋电梯")
    desk.step(danger, "frontdesk classify", "2026-10-07 22:01", trade="repair", nature="routine", urgency="urgent",
              limit="danger")  # fmt: skip
    praise = desk.register("praise", "2026-10-07 15:00")
    desk.step(late, "frontdesk urge", "2026-10-07 16:00")
    return {"before": before, "late": late, "danger": danger, "praise": praise}


def test_what_it_holds(house: House, cases: dict[str, Request]) -> None:
    number = {name: case.number for name, case in cases.items()}
    sheet = make_sheet(Request.objects.all(), house.office, at(THURSDAY).date(), now=at(THURSDAY))
    assert (sheet.since, sheet.until) == ("2026-09-30T00:20:00.000000Z", "2026-10-08T00:20:00.000000Z")
    assert sheet.came == [number["late"], number["praise"], number["danger"]]
    assert sheet.types == {"complaint": 1, "praise": 1, "repair_public": 1}
    assert set(sheet.late) == {number["before"], number["late"], number["praise"]}
    assert sheet.urged == [number["late"]]
    assert sheet.danger == [number["danger"]]
    assert sheet.praise == [number["praise"]]
    assert sheet.counts() == {"came": 3, "due": 0, "late": 3, "urged": 1, "danger": 1, "praise": 1}
    other = make_sheet(Request.objects.all(), house.other_office, at(THURSDAY).date(), now=at(THURSDAY))
    assert other.numbers() == set()


def test_it_is_told_once_at_its_time_on_working_days(house: House, cases: dict[str, Request]) -> None:
    def told() -> list[str]:
        return sorted(
            str(each)
            for each in Outgoing.objects.filter(topic="morning.sheet").values_list("staff_id", flat=True)
        )

    look_around(at("2026-10-07 08:20"))  # a day of rest
    look_around(at("2026-10-08 08:19"))
    assert told() == []
    look_around(at(THURSDAY))
    look_around(at("2026-10-08 08:21"))
    people = [house.by(login).staff_id for login in ("cs_supervisor", "office_director", "elsewhere")]
    assert told() == sorted(map(str, people))  # the other office has its own sheet, empty as it is
    assert MorningSheet.objects.count() == 2


def test_the_office_sets_its_time(house: House, cases: dict[str, Request]) -> None:
    ProfileValue.objects.create(
        office=house.office, key="supervision.morning_at", value="07:50", since=at(THURSDAY)
    )
    house.office.rules_stamp = new_id(at(THURSDAY))
    house.office.save()
    look_around(at("2026-10-08 07:50"))
    assert list(MorningSheet.objects.values_list("office__name", flat=True)) == ["和风管理处"]


def test_after_an_outage_it_is_kept_but_not_told(house: House, cases: dict[str, Request]) -> None:
    look_around(at("2026-10-08 15:00"))
    assert (MorningSheet.objects.count(), Outgoing.objects.filter(topic="morning.sheet").count()) == (2, 0)


def test_a_past_day_is_shown_as_it_was_kept(house: House, cases: dict[str, Request], desk: Desk) -> None:
    look_around(at(THURSDAY))
    desk.step(cases["danger"], "technician resolve", "2026-10-08 09:00")
    friday = at("2026-10-09 08:30")
    rows = Request.objects.all()
    assert sheet_of(rows, house.office, at(THURSDAY).date(), now=friday).counts()["danger"] == 1
    assert sheet_of(rows, house.office, at("2026-09-30 12:00").date(), now=friday).came == [
        cases["before"].number
    ]
    with clock.standing_at(friday):
        assert "早会单 · 10月8日" in page("cs_supervisor", "/wall/morning/?day=2026-10-08")


@pytest.mark.usefixtures("_standing")
def test_the_page_and_the_message(house: House, cases: dict[str, Request]) -> None:
    director = house.by("office_director")
    review_case(number=cases["late"].number, by=director, act=director.act(now=at(THURSDAY)),
                to=house.by("steward").key, root="supplier", measure="今天约外包到场。")  # fmt: skip
    html = page("cs_supervisor", "/wall/morning/")
    assert "外包单位拖延：今天约外包到场。" in html
    assert "原因还没有说" in html
    assert "这一天没有排班" in html
    look_around(at(THURSDAY))
    while deliver(now=at(THURSDAY)):
        pass
    words = "早会单：新到 3 件，今天到期 0 件，逾期 3 件，催办 1 件，危急 1 件，表扬 1 件。"
    assert words in page("cs_supervisor", "/messages/")
    assert "/wall/morning/?day=2026-10-08" in page("cs_supervisor", "/messages/")


def test_who_is_there(house: House) -> None:
    day = at(THURSDAY).date()
    assert people_on(house.office, day, now=at(THURSDAY)) == ([], [])
    Shift.objects.create(office=house.office, staff_id=house.by("technician").staff_id, role="technician",
                         begins_at=at("2026-10-08 08:00"), ends_at=at("2026-10-08 20:00"))  # fmt: skip
    Shift.objects.create(office=house.office, staff_id=house.by("security").staff_id, role="technician",
                         begins_at=at("2026-10-09 08:00"), ends_at=at("2026-10-09 20:00"))  # fmt: skip
    there, off = people_on(house.office, day, now=at(THURSDAY))
    assert [(each.name, each.hours) for each in there] == [("示例technician", "08:00–20:00")]
    assert off == []
    there, off = people_on(house.office, at("2026-10-09 08:00").date(), now=at(THURSDAY))
    assert ([each.name for each in there], [each.name for each in off]) == (
        ["示例security"],
        ["示例technician"],
    )
