"""What stands for long is read once in a process, until a row of it changes, whoever changes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account
from hemu.access.tests.house import House, client, found_house, standing_at
from hemu.estate.models import Community, Department, Office, Post, Staff
from hemu.estate.queries_standing import communities_at, department_names, office_name
from hemu.infra import standing
from hemu.infra.checks import standing_triggers
from hemu.infra.identity import new_id
from hemu.infra.models import Standing
from hemu.infra.moments import parse_moment
from hemu.infra.standing import one_request
from hemu.infra.transaction import operation

NOW = parse_moment("2026-03-04 10:00")
today = standing_at(NOW, autouse=True)


STAMP_OF_REQUEST = standing.stamp_of_request
"""As it is: in the other tests each request reads for itself."""


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(standing, "stamp_of_request", STAMP_OF_REQUEST)
    return found_house()


CHANGES: dict[str, Callable[[House], object]] = {
    "an office renamed": lambda house: Office.objects.filter(id=house.office.id).update(name="新名"),
    "a community handed over": lambda house: Community.objects.filter(id=house.second.id).update(
        office=house.other_office
    ),
    "a department": lambda house: Department.objects.create(id=new_id(NOW), office=house.office, name="绿化"),
    "a department gone": lambda house: Department.objects.filter(id=house.department.id).update(name="维修"),
    "a person renamed": lambda house: Staff.objects.update(name="新名"),
    "a post ended": lambda house: Post.objects.filter(role="steward").delete(),
    "a log-in closed": lambda house: Account.objects.filter(login="steward").update(is_active=False),
}
NO_CHANGES: dict[str, Callable[[House], object]] = {
    "a log-in": lambda house: Account.objects.update(last_login=NOW),
    "a password": lambda house: Account.objects.update(password="!"),
    "a home": lambda house: type(house.home).objects.update(remark="有狗"),
}


def stamp() -> object:
    return Standing.objects.values_list("stamp", flat=True).get()


@pytest.mark.parametrize("change", [*CHANGES, *NO_CHANGES])
def test_a_change_of_what_stands_gives_it_a_new_stamp_and_no_other_does(house: House, change: str) -> None:
    before = stamp()
    (CHANGES | NO_CHANGES)[change](house)
    assert (stamp() != before) is (change in CHANGES)


def test_in_one_request_and_the_next_it_is_read_once_and_after_a_change_anew(house: House) -> None:
    def asked() -> tuple[str, list[str], list[str], int]:
        with CaptureQueriesContext(connection) as found, one_request():
            told = (
                office_name(house.office.id),
                department_names([house.office.id]),
                [each.office.name for each in communities_at([house.office.id])],
            )
        return *told, len(found)

    assert asked()[3] == 1 + 3
    assert asked()[3] == asked()[3] == 1  # the stamp
    with connection.cursor() as cursor:  # past the operations, as another process would
        cursor.execute("UPDATE estate_office SET name = '朝阳管理处' WHERE name = '和风管理处'")
    name, departments, offices, statements = asked()
    assert (name, set(offices), statements) == ("朝阳管理处", {"朝阳管理处"}, 1 + 3)
    assert departments == [house.department.name]


def test_an_operation_sees_what_it_wrote_and_so_does_the_rest_of_the_request(house: House) -> None:
    @operation
    def rename() -> str:
        Office.objects.filter(id=house.office.id).update(name="朝阳管理处")
        return office_name(house.office.id)

    with one_request():
        assert office_name(house.office.id) == "和风管理处"
        assert (rename(), office_name(house.office.id)) == ("朝阳管理处", "朝阳管理处")


def test_rows_are_the_callers_own(house: House) -> None:
    with one_request():
        community = communities_at(None)[0]
        before = (community.name, community.office.name)
        community.name, community.office.name = "改", "改"
        again = communities_at(None)[0]
        assert (again.name, again.office.name) == before


def test_who_has_a_post_no_more_is_let_in_no_more_with_the_next_request(house: House) -> None:
    desk: Client = client("steward")
    assert [desk.get("/requests/").status_code for _ in range(2)] == [200, 200]
    Post.objects.filter(staff=house.by("steward").staff_id).delete()
    assert desk.get("/requests/").status_code == 403
    Post.objects.create(
        staff_id=house.by("steward").staff_id,
        role="steward",
        office=house.office,
        since=NOW - timedelta(days=9),
    )
    assert desk.get("/requests/").status_code == 200
    Account.objects.filter(login="steward").update(is_active=False)
    assert desk.get("/requests/").status_code == 302


@pytest.mark.parametrize(("path", "most"), [("/requests/", 12), ("/requests/register/", 6)])
def test_a_page_asks_for_nothing_that_stands_the_second_time(house: House, path: str, most: int) -> None:
    desk = client("steward")
    desk.get(path)
    with CaptureQueriesContext(connection) as found:
        assert desk.get(path).status_code == 200
    tables = " ".join(query["sql"].partition(" FROM ")[2].split(" ")[0] for query in found)
    assert len(found) <= most
    assert "estate_" not in tables


def test_a_trigger_that_is_missing_is_named_and_laid_down_again(house: House) -> None:
    assert standing.missing() == [] == standing_triggers(["default"])
    name = next(name for name in standing.statements() if name.startswith("estate_post"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"DROP TRIGGER {name}" + (" ON estate_post" if connection.vendor == "postgresql" else "")
        )
    assert standing.missing() == [name]
    assert [error.id for error in standing_triggers(["default"])] == ["hemu.E004"]
    before = stamp()
    standing.lay_down()
    assert (standing.missing(), stamp() != before) == ([], True)
