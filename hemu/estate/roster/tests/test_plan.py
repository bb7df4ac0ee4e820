"""Next month's file against what is known: what changes, what is asked, what is kept, who is missing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from hemu.estate.roster.changes import Answer, Change, KnownHome, KnownPerson, Plan, Question
from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.plan import plan_import, stamp_of, values_of
from hemu.estate.roster.shapes import ParsedHome
from hemu.foundation.errors import RuleViolation

pytestmark = pytest.mark.pure
SPACE = UUID(int=0)
SOLD = date(2026, 3, 1)


def homes(*rows: Sequence[str]) -> list[ParsedHome]:
    head = ["房号", "面积", "业主姓名", "联系电话", "状态", "备注", "租户"]
    return parse_roster("\n".join(";".join(row) for row in (head, *rows)).encode()).homes


def known(parsed: ParsedHome) -> KnownHome:
    """Return the home as an import of it leaves it."""
    people = tuple(
        KnownPerson(
            uuid5(SPACE, f"tie {person.name}"), uuid5(SPACE, person.name), person.kind, person.name,
            tuple(person.phones), person.is_company,
        )
        for person in parsed.people
    )  # fmt: skip
    return KnownHome(
        uuid5(SPACE, parsed.written),
        parsed.written,
        values_of(parsed),
        tuple(parsed.flags),
        people,
        stamp_of(parsed),
    )


MARCH = ["1-1-101", "90", "甲某", "19900000001", "自住", "残疾", "丁某"]
HOME = known(homes(MARCH)[0])


def april(**cells: str) -> list[ParsedHome]:
    """Return the same row a month later, some cells changed."""
    names = ["room", "area", "owner", "phone", "state", "remark", "tenant"]
    return homes([cells.get(name, cell) for name, cell in zip(names, MARCH, strict=True)])


def changes(plan: Plan) -> list[Change]:
    return [change for home in plan.updated for change in home.changes]


def test_the_same_file_again_changes_nothing() -> None:
    plan = plan_import(april(), [HOME])
    assert (plan.created, plan.updated, plan.missing, plan.questions, plan.kept) == ([], [], [], [], [])
    assert [home.imported for home in plan.unchanged] == [HOME.imported]


def test_created_updated_unchanged_are_the_homes_of_the_file() -> None:
    file = homes(MARCH, ["1-1-102", "80", "乙某", "", "空置", "", ""], ["1-1-103", "", "", "", "", "", ""])
    old = replace(known(file[1]), values={**values_of(file[1]), "area_centi": None}, imported={})
    plan = plan_import(file, [HOME, old, replace(HOME, written="9-9-901")])
    assert ([home.written for home in plan.created], len(plan.updated), len(plan.unchanged)) == (
        ["1-1-103"],
        1,
        1,
    )
    assert plan.missing == ["9-9-901"]


def test_a_changed_cell_is_an_update_with_before_and_after() -> None:
    plan = plan_import(april(area="91.5", state="出租", remark="残疾、独居老人，租期一年"), [HOME])
    assert changes(plan) == [
        Change("area_centi", 9000, 9150), Change("occupancy", "occupied", "let"), Change("remark", "", "租期一年"),
        Change("flags", ["disabled"], ["disabled", "lives_alone"]),
    ]  # fmt: skip
    assert plan.updated[0].values == {
        "area_centi": 9150, "occupancy": "let", "remark": "租期一年", "flags": ["disabled", "lives_alone"],
    }  # fmt: skip
    assert plan.updated[0].imported["area_centi"] == 9150


def test_a_blank_cell_erases_nothing() -> None:
    plan = plan_import(april(area="", phone="", state="", remark=""), [HOME])
    assert (plan.updated, plan.kept) == ([], [])


def test_what_was_mended_by_hand_is_kept_and_the_difference_shown() -> None:
    mended = replace(HOME, values={**HOME.values, "area_centi": 9200, "occupancy": "vacant"}, flags=())
    plan = plan_import(april(state="出租"), [mended])
    assert plan.updated == []
    assert plan.kept == [
        ("1-1-101", Change("area_centi", 9200, 9000)),
        ("1-1-101", Change("occupancy", "vacant", "let")),
        ("1-1-101", Change("flags", [], ["disabled"])),
    ]
    assert plan.unchanged[0].imported == HOME.imported


def test_a_file_that_has_caught_up_with_the_hand_is_no_change() -> None:
    mended = replace(HOME, values={**HOME.values, "area_centi": 9200})
    plan = plan_import(april(area="92"), [mended])
    assert (plan.updated, plan.kept) == ([], [])
    assert plan.unchanged[0].imported["area_centi"] == 9200


def test_a_home_made_by_hand_takes_what_it_lacks() -> None:
    bare = KnownHome(HOME.id, HOME.written, {"area_centi": 8000, "occupancy": "unknown"})
    plan = plan_import(april(), [bare])
    assert [change.field for change in changes(plan)] == ["floor", "occupancy", "flags", "people", "people"]
    assert plan.kept == [("1-1-101", Change("area_centi", 8000, 9000))]


def test_a_new_number_is_added_an_old_one_left_alone() -> None:
    plan = plan_import(april(phone="19900000002"), [HOME])
    assert changes(plan) == [Change("phones", ["19900000001"], ["19900000001", "19900000002"])]
    assert plan.updated[0].phones == [(HOME.people[0], ["19900000002"])]


def test_a_number_removed_by_hand_stays_away() -> None:
    mended = replace(HOME, people=(replace(HOME.people[0], phones=()), HOME.people[1]))
    plan = plan_import(april(), [mended])
    assert (plan.updated, plan.kept) == ([], [("1-1-101", Change("phones", [], ["19900000001"]))])


@pytest.mark.parametrize(
    ("owner", "phone", "guess"),
    [
        ("乙某某", "19900000009", "sold"),
        ("甲谋", "", "spelling"),
        ("甲谋", "19900000009", "sold"),
        ("乙某", "19900000009", "sold"),
        ("乙某某", "19900000001", "spelling"),
    ],
)
def test_a_new_owners_name_is_asked_and_everything_else_goes_in(owner: str, phone: str, guess: str) -> None:
    plan = plan_import(april(owner=owner, phone=phone, area="91"), [HOME])
    assert plan.questions == [Question("1-1-101", ("甲某",), (owner,), guess)]  # type: ignore[arg-type]
    assert changes(plan) == [Change("area_centi", 9000, 9100)]
    assert plan.updated[0].imported["people"] == HOME.imported["people"]


def test_the_question_is_asked_again_until_it_is_answered() -> None:
    plan = plan_import(april(owner="乙某"), [HOME])
    again = plan_import(april(owner="乙某"), [replace(HOME, imported=plan.unchanged[0].imported)])
    assert plan.questions == again.questions != []


def test_sold_ends_the_old_tie_on_the_day_and_begins_the_new_one() -> None:
    plan = plan_import(april(owner="乙某、丙某", phone=""), [HOME], {"1-1-101": Answer("sold", SOLD)})
    (change,) = plan.updated
    assert change.ending == [(HOME.people[0], SOLD)]
    assert [(person.name, person.kind, since) for person, since in change.joining] == [
        ("乙某", "owner", SOLD), ("丙某", "co_owner", SOLD),
    ]  # fmt: skip
    assert change.changes == [Change("people", ["甲某"], ["乙某", "丙某"])]
    assert change.imported["people"] == [["owner", "丙某", []], ["owner", "乙某", []], ["tenant", "丁某", []]]


def test_sold_without_a_day_is_no_answer() -> None:
    assert len(plan_import(april(owner="乙某"), [HOME], {"1-1-101": Answer("sold")}).questions) == 1


def test_sold_before_it_was_bought_is_refused() -> None:
    bought = replace(HOME, people=(replace(HOME.people[0], since=date(2026, 3, 2)),))
    with pytest.raises(RuleViolation) as refusal:
        plan_import(april(owner="乙某"), [bought], {"1-1-101": Answer("sold", SOLD)})
    assert (refusal.value.code, refusal.value.params) == ("roster.sold_before_bought", {"home": "1-1-101"})


def test_a_spelling_gives_the_person_the_name() -> None:
    plan = plan_import(april(owner="甲谋", phone="19900000002"), [HOME], {"1-1-101": Answer("spelling")})
    (change,) = plan.updated
    assert change.naming == [(HOME.people[0], "甲谋")]
    assert change.phones == [(HOME.people[0], ["19900000002"])]
    assert (change.ending, change.joining, change.missing) == ([], [], [])
    assert change.imported["people"] == [["owner", "甲谋", ["19900000002"]], ["tenant", "丁某", []]]


def test_a_name_mended_by_hand_is_kept() -> None:
    mended = replace(HOME, people=(replace(HOME.people[0], name="甲谋"), HOME.people[1]))
    plan = plan_import(april(), [mended])
    assert (plan.updated, plan.questions, plan.missing_people) == ([], [], [])
    assert plan.kept == [("1-1-101", Change("people", ["甲谋"], "甲某"))]


def test_one_more_owner_joins_without_a_question() -> None:
    plan = plan_import(april(owner="甲某、乙某"), [HOME])
    assert plan.questions == []
    assert changes(plan) == [Change("people", None, ["乙某"])]


def test_who_is_missing_is_listed_and_left_alone() -> None:
    couple = known(april(owner="甲某、乙某")[0])
    plan = plan_import(april(tenant="戊某"), [couple])
    assert plan.missing_people == [("1-1-101", "乙某"), ("1-1-101", "丁某")]
    assert changes(plan) == [Change("people", None, ["戊某"])]
    assert plan.updated[0].ending == []


def test_a_name_for_a_number_without_one_is_no_question() -> None:
    nameless = known(april(owner="")[0])
    plan = plan_import(april(), [nameless])
    assert (plan.questions, changes(plan)) == ([], [Change("people", [""], ["甲某"])])
    assert plan.updated[0].naming == [(nameless.people[0], "甲某")]


def test_a_number_without_a_name_goes_to_the_owner() -> None:
    plan = plan_import(april(owner="", phone="19900000002"), [HOME])
    assert plan.updated[0].phones == [(HOME.people[0], ["19900000002"])]
