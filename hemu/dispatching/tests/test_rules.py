"""Whom a case goes to: tables of rules, people and moments."""

from dataclasses import replace

import pytest

from hemu.dispatching.rules import (
    Alarm,
    Choice,
    Matter,
    Passed,
    People,
    Rule,
    choose,
    fits,
    read_buildings,
    read_hours,
    who_goes,
)
from hemu.foundation.errors import RuleViolation

LEAK = Matter("hhy", "repair_home", "repair", building="2", minute=21 * 60, is_office_hours=False)

FITTING = [
    ("says nothing", Rule("r"), True),
    ("the trade", Rule("r", trade="repair"), True),
    ("another trade", Rule("r", trade="cleaning"), False),
    ("the type", Rule("r", type="complaint"), False),
    ("the community", Rule("r", community="other"), False),
    ("one of the buildings", Rule("r", buildings=frozenset("123")), True),
    ("other buildings", Rule("r", buildings=frozenset("45")), False),
    ("a place", Rule("r", place="车库"), False),
    ("after hours", Rule("r", hours="off"), True),
    ("in office hours", Rule("r", hours="office"), False),
    ("hours over midnight", Rule("r", hours="20:00-08:00"), True),
    ("hours of the day", Rule("r", hours="08:00-20:00"), False),
]


@pytest.mark.parametrize(("rule", "expected"), [row[1:] for row in FITTING], ids=[row[0] for row in FITTING])
def test_a_rule_fits(rule: Rule, expected: bool) -> None:
    assert fits(rule, LEAK) is expected


def test_hours_over_midnight_hold_after_it_too() -> None:
    night = Rule("r", hours="20:00-08:00")
    assert [fits(night, replace(LEAK, minute=minute)) for minute in (1199, 1200, 0, 479, 480)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_a_place_is_found_in_the_words() -> None:
    assert fits(Rule("r", place="车库"), replace(LEAK, building="", place="地下车库 灯不亮"))


THERE = People(
    on_duty=frozenset({"zhang", "li"}),
    of_department={"works": ("zhang", "li", "wang")},
    of_role={"technician": ("zhang", "li", "wang"), "steward": ("sun",)},
    handlers=frozenset({"zhang", "li", "wang", "sun"}),
    load={"zhang": 2, "li": 1},
)
ZHANG = Rule("a", to_staff="zhang", on_duty=True)
WANG = Rule("b", to_staff="wang", on_duty=True)
WORKS = Rule("c", to_department="works", on_duty=True)
POOL = Rule("d", to_department="works")
STEWARD = Rule("e", to_role="steward")
CHOICES = [
    ("a person on duty", [ZHANG], THERE, Choice("a", "zhang", on_duty=True)),
    ("off duty: the next rule", [WANG, STEWARD], THERE, Choice("e", "sun", passed=(("b", Passed.OFF_DUTY),))),
    ("of a department who has least in hand", [WORKS], THERE, Choice("c", "li", on_duty=True)),
    ("a department: anyone takes it", [POOL], THERE, Choice("d", department="works")),
    ("nobody of it on duty: its pool", [WORKS], replace(THERE, on_duty=frozenset()), Choice("c", department="works")),
    ("a role", [STEWARD], THERE, Choice("e", "sun")),
    ("a role on duty only", [replace(STEWARD, on_duty=True)], THERE, None),
    ("nobody in the role", [Rule("f", to_role="security")], THERE, None),
    ("away: the stand-in", [ZHANG], replace(THERE, away={"zhang": "li"}),
     Choice("a", "li", on_duty=True, stands_in_for="zhang")),
    ("away with nobody", [ZHANG, POOL], replace(THERE, away={"zhang": ""}),
     Choice("d", department="works", passed=(("a", Passed.AWAY),))),
    ("the stand-in is away too", [ZHANG], replace(THERE, away={"zhang": "li", "li": "zhang"}), None),
    ("whom the complaint names", [ZHANG, WORKS], replace(THERE, barred=frozenset({"zhang"})),
     Choice("c", "li", on_duty=True, passed=(("a", Passed.NAMED),))),
    ("who left", [Rule("g", to_staff="qian")], THERE, None),
    ("no rule", [], THERE, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "people", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES]
)
def test_the_choice(rules: list[Rule], people: People, expected: Choice | None) -> None:
    assert choose(rules, LEAK, people) == expected


ALARMS = [
    ("of the trade, with the others of it", ["zhang", "li"], ["zhang", "li", "sun"], THERE, Alarm("li", ("zhang",))),
    ("nobody of the trade", [], ["sun"], THERE, Alarm("sun", (), "anyone")),
    ("nobody on duty: the next rung", [], [], replace(THERE, of_role={"cs_supervisor": ("sun",)}),
     Alarm("sun", (), "cs_supervisor")),
    ("who is away does not go", ["zhang"], ["zhang", "sun"], replace(THERE, away={"zhang": ""}),
     Alarm("sun", (), "anyone")),
    ("nobody at all", [], [], replace(THERE, of_role={}), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("trade", "anyone", "people", "expected"), [row[1:] for row in ALARMS], ids=[row[0] for row in ALARMS]
)
def test_who_goes_to_a_danger(
    trade: list[str], anyone: list[str], people: People, expected: Alarm | None
) -> None:
    assert who_goes(trade, anyone, people) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("1-3", ("1", "2", "3")),
        ("1–3栋、5栋", ("1", "2", "3", "5")),
        ("A座,B座", ("A", "B")),
        ("2，2", ("2",)),
        ("南区1", ("南区1",)),
    ],
)
def test_buildings_as_people_write_them(text: str, expected: tuple[str, ...]) -> None:
    assert read_buildings(text) == expected


@pytest.mark.parametrize("text", ["3-1", "1-999", "?", "1--2"])
def test_buildings_nobody_can_mean(text: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_buildings(text)
    assert refused.value.code == "dispatch_rule.buildings"


def test_hours() -> None:
    assert [read_hours(text) for text in ("", "office", "off", "20:00–08:00")] == [
        "",
        "office",
        "off",
        "20:00-08:00",
    ]
    with pytest.raises(RuleViolation):
        read_hours("evening")
