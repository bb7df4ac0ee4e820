"""A staff list against the staff: new people, changed posts, leavers, second runs, what is not one's to change."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.actors import actor_of
from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, House, found_house
from hemu.estate.models import Beat, Department, Post, Staff
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.staffing.operations import NewPost, give_posts, leave
from hemu.staffing.operations_import import Compared, bring_in, compare, write_import, write_plan
from hemu.staffing.queries import authority_of, whole_house

pytestmark = pytest.mark.django_db
TODAY = BEGAN.date()
HEAD = "姓名,岗位,电话,管理处,部门,负责小区,责任楼栋,入职日期,离职日期,账号"
MARCH = f"""{HEAD}
测试安和,客服主管兼管家,19900001001,和风管理处,客服部,和风花园,1-2栋,2025-03-01,,
测试知夏,维修工,19900001002,和风管理处,工程部,,,2025.6,,zhixia
测试望舒,人事专员,19900001003,总部,,,,,,
"""


@pytest.fixture
def house() -> House:
    return found_house()


def act(by: str = "staff:test") -> Act:
    return Act(by, at=BEGAN, recorded_at=BEGAN)


def compared(text: str, house: House | None = None, login: str = "") -> Compared:
    by = authority_of(house.by(login)) if house else whole_house()
    return compare(text.encode(), "员工.csv", by=by, now=BEGAN)


def written(text: str) -> Compared:
    found = compared(text)
    write_plan(found, by=whole_house(), act=act(), filename="员工.csv")
    return found


def figures(found: Compared) -> tuple[int, ...]:
    return tuple(found.counts[name] for name in ("created", "updated", "unchanged", "leaving", "refused"))


def posts_of(name: str) -> set[tuple[str, str, str, str]]:
    rows = Post.objects.filter(staff__name=name).select_related("office", "department")
    return {
        (
            row.role,
            row.office.name if row.office else "",
            row.department.name if row.department else "",
            str(row.since),
        )
        for row in rows
    }


def test_a_list_brings_people_posts_log_ins_departments_and_beats(house: House) -> None:
    assert figures(written(MARCH)) == (3, 0, 0, 0, 0)
    assert posts_of("测试安和") == {
        ("cs_supervisor", "和风管理处", "客服部", "2025-03-01"), ("steward", "和风管理处", "客服部", "2025-03-01"),
    }  # fmt: skip
    assert posts_of("测试知夏") == {("technician", "和风管理处", "工程部", "2025-06-01")}
    assert posts_of("测试望舒") == {("hr", "", "", str(TODAY))}
    logins = Account.objects.filter(staff__name__startswith="测试").order_by("login")
    assert list(logins.values_list("login", flat=True)) == ["ceshianhe", "ceshiwangshu", "zhixia"]
    assert not any(account.has_usable_password() for account in logins)
    beats = Beat.objects.filter(post__role="steward").values_list("community__name", "buildings")
    assert list(beats) == [("和风花园", ["1", "2"])]
    assert Department.objects.get(name="工程部").trade == "repair"
    account = Account.objects.select_related("staff").get(login="zhixia")
    assert actor_of(account, today=TODAY).roles == {"technician"}
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["post.given"] * 4 + ["staff.imported"]
    assert "测试" not in str(list(Entry.objects.values_list("facts", "subject")))


def test_the_second_run_changes_nothing(house: House) -> None:
    written(MARCH)
    before = Entry.objects.count()
    assert figures(written(MARCH)) == (0, 0, 3, 0, 0)
    assert Entry.objects.count() == before


def test_next_months_list(house: House) -> None:
    written(MARCH)
    april = f"""{HEAD}
测试安和,客服主管,19900009999,和风管理处,客服部,,,,,
测试知夏,维修主管,19900001002,和风管理处,工程部,,,,,
测试明远,保洁员,,和风管理处,保洁部,,,,,
测试安和,前台,19900009999,听涛管理处,,,,,,
"""
    found = written(april)
    assert figures(found) == (1, 2, 0, 0, 0)
    assert Staff.objects.get(name="测试安和").phone == "19900009999"
    roles = {(post.role, post.until) for post in Post.objects.filter(staff__name="测试知夏")}
    assert roles == {("technician", TODAY - timedelta(days=1)), ("department_head", None)}
    ended = Post.objects.get(staff__name="测试安和", role="steward")
    assert ended.until == TODAY - timedelta(days=1)
    assert Beat.objects.count() == 2  # that of the supervisor stays, the file says nothing of it
    assert figures(written(april)) == (0, 0, 3, 0, 0)


def test_posts_given_by_hand_and_people_not_in_the_list_are_left_alone(house: House) -> None:
    written(MARCH)
    staff = Staff.objects.get(name="测试知夏")
    post = NewPost("steward", house.office, TODAY)
    give_posts(staff=staff, posts=[post], by=whole_house(), act=act())
    found = written(f"{HEAD}\n测试知夏,维修工,,和风管理处,工程部,,,,,\n")
    assert figures(found) == (0, 0, 1, 0, 0)
    assert {row.role for row in Post.objects.filter(staff=staff, until=None)} == {"technician", "steward"}
    assert "测试安和" in {member.name for member in found.plan.missing}


def test_who_is_marked_as_gone_leaves(house: House) -> None:
    written(MARCH)
    gone = f"{HEAD}\n测试知夏,维修工,,和风管理处,,,,,2026-01-05,\n测试无人,管家,,和风管理处,,,,,2026-01-05,\n"
    found = written(gone)
    assert figures(found) == (0, 1, 0, 1, 0)
    assert [line["code"] for line in found.warnings] == ["staff.left_and_unknown"]
    staff = Staff.objects.get(name="测试知夏")
    assert (staff.left_on, staff.posts.get().until) == (TODAY, TODAY - timedelta(days=1))
    assert not Account.objects.get(staff=staff).is_active
    assert figures(written(gone)) == (0, 0, 1, 0, 0)


def test_an_old_list_does_not_take_a_leaver_in_again_but_a_new_day_does(house: House) -> None:
    written(MARCH)
    staff = Staff.objects.get(name="测试知夏")
    leave(staff=staff, on=TODAY, to=None, reason="", by=whole_house(), act=act())
    found = written(MARCH)
    assert (figures(found), found.warnings[0]["code"]) == ((0, 0, 3, 0, 0), "staff.left_by_hand")
    assert figures(written(f"{HEAD}\n测试知夏,维修工,,和风管理处,,,,2026-01-05,,\n")) == (0, 1, 0, 0, 0)
    staff.refresh_from_db()
    assert (staff.left_on, Account.objects.get(staff=staff).is_active) == (None, True)


REFUSALS = [
    ("甲某,管家,,无此处,,,,,,", "staff.office_unknown"),
    ("甲某,管家,,,,,,,,", "staff.office_needed"),
    ("甲某,管家,,和风管理处,,无此小区,,,,", "staff.community_unknown"),
    ("甲某,管家,,和风管理处,,听涛苑,,,,", "staff.community_elsewhere"),
    ("甲某,管家,,和风管理处,,,,,,frontdesk", "staff.login_taken"),
]


@pytest.mark.parametrize(("line", "code"), REFUSALS)
def test_what_is_refused_while_the_rest_goes_in(house: House, line: str, code: str) -> None:
    found = written(f"{HEAD}\n{line}\n乙某,管家,,和风管理处,,,,,,\n")
    assert ([row["code"] for row in found.refused], found.counts["created"]) == ([code], 1)
    assert not Staff.objects.filter(name="甲某").exists()


def test_a_director_changes_neither_other_offices_nor_themselves(house: House) -> None:
    me = Staff.objects.get(id=house.by("office_director").staff_id)
    text = f"{HEAD}\n甲某,管家,,听涛管理处,,,,,,\n乙某,人事专员,,总部,,,,,,\n{me.name},财务,,和风管理处,,,,,,\n丙某,管家,,和风管理处,,,,,,\n"
    found = compared(text, house, "office_director")
    assert [row["code"] for row in found.refused] == ["staff.not_your_office"] * 2 + ["staff.own_posts"]
    assert found.counts["created"] == 1


def test_whom_its_writer_does_not_see_is_not_there_for_a_list(house: House) -> None:
    other = Staff.objects.get(id=house.by("elsewhere").staff_id)
    Staff.objects.filter(id=other.id).update(phone="19900001077", number="A7")

    def told(name: str, phone: str, number: str, login: str) -> tuple[Any, ...]:
        text = f"姓名,岗位,电话,工号,管理处,账号\n{name},客服主管,{phone},{number},和风管理处,{login}\n"
        found = compared(text, house, "office_director")
        return figures(found), found.warnings, [(row["code"], row["params"]) for row in found.refused]

    nobody = told("查无此人", "19900001078", "A8", "chawuciren")
    assert nobody == ((1, 0, 0, 0, 0), [], [])
    for row in (
        (other.name, "", "", ""),
        (other.name, "19900001077", "A7", "qitaren"),
        (other.name, "", "A7", ""),
    ):
        assert told(*row) == nobody
    taken: tuple[Any, ...] = ((0, 0, 0, 0, 1), [], [("staff.login_taken", {"login": "elsewhere"})])
    assert told(other.name, "19900001077", "A7", "elsewhere") == taken
    assert told("查无此人", "", "", "elsewhere") == taken
    here = Staff.objects.get(id=house.by("steward").staff_id)
    assert told(here.name, "", "", "")[0] == (0, 1, 0, 0, 0)


def test_a_list_is_kept_for_its_preview_and_written_as_it_was_seen(house: House) -> None:
    director = house.by("general_manager")
    by, doing = authority_of(director), director.act(now=BEGAN)
    row = bring_in(content=MARCH.encode(), filename="三月.csv", by=by, act=doing)
    seen = {name: row.counts[name] for name in ("created", "updated", "refused", "leaving")}
    assert seen == {"created": 3, "updated": 0, "refused": 0, "leaving": 0}
    assert not Staff.objects.filter(name="测试安和").exists()
    with pytest.raises(RuleViolation) as refused:
        write_import(row=row, by=by, act=doing, seen={**seen, "created": 2})
    assert refused.value.code == "staff.changed_meanwhile"
    assert not Staff.objects.filter(name="测试安和").exists()


def test_the_last_who_looks_after_staff_cannot_be_listed_away(house: House) -> None:
    found = compared(f"{HEAD}\n示例office_director,,,和风管理处,,,,,2026-01-05,\n")
    Post.objects.filter(role__in=["general_manager", "company_leader", "hr"]).delete()
    with pytest.raises(RuleViolation) as refused:
        write_plan(found, by=whole_house(), act=act(), filename="x.csv")
    assert refused.value.code == "staff.last_director"


def test_three_times_the_people_cost_no_more_to_compare(house: House) -> None:
    def statements(count: int) -> int:
        rows = "".join(f"测试{number},管家,,和风管理处,,,,,,\n" for number in "甲乙丙"[:count])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            compared(f"{HEAD}\n{rows}")
        return len(queries)

    assert statements(1) == statements(3)


def test_dates_of_a_post_move_with_the_list(house: House) -> None:
    written(MARCH)
    again: Any = MARCH.replace("2025.6", "2025-07-01")
    assert figures(written(again)) == (0, 1, 2, 0, 0)
    assert Post.objects.get(staff__name="测试知夏").since == date(2025, 7, 1)


def test_a_second_post_of_a_company_role_is_held_where_the_first_is(house: House) -> None:
    text = "姓名,岗位,部门,管理处,小区\n测试甲,前台兼收费员,客服部,,和风花园\n测试乙,会计,财务部,,\n"
    assert figures(written(text)) == (2, 0, 0, 0, 0)
    assert {(role, office) for role, office, *_ in posts_of("测试甲")} == {
        ("frontdesk", "和风管理处"), ("finance", "和风管理处"),
    }  # fmt: skip
    assert {(role, office) for role, office, *_ in posts_of("测试乙")} == {("finance", "")}
    assert figures(written(text)) == (0, 0, 2, 0, 0)
