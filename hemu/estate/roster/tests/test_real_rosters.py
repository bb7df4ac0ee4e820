"""The two rosters of the data folder, where it lies beside the checkout; counts taken by hand from the files."""

from collections import Counter
from pathlib import Path

import pytest

from hemu.estate.roster.identity import people_count
from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.shapes import ParsedRoster

pytestmark = pytest.mark.pure
DATA = Path(__file__).parents[5] / "shared" / "data"


def roster(name: str) -> ParsedRoster:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside this checkout")
    return parse_roster(path.read_bytes(), name)


def test_roster_a() -> None:
    read = roster("roster-a.xlsx")
    assert (read.rows, len(read.homes), read.household_count, people_count(read.homes)) == (
        1162,
        1152,
        1152,
        1313,
    )
    assert read.refused == []
    assert Counter(note.code for note in read.warnings) == {
        "roster.row_twice": 10, "roster.no_phone_left": 7, "roster.phone_unreadable": 7, "roster.no_name": 1,
    }  # fmt: skip
    assert Counter(home.occupancy for home in read.homes) == {
        "occupied": 810, "let": 148, "not_moved_in": 96, "not_handed_over": 66, "vacant": 32,
    }  # fmt: skip
    assert Counter(flag for home in read.homes for flag in home.flags) == {
        "no_calls": 185, "lives_alone": 169, "disabled": 156,
    }  # fmt: skip
    assert Counter(person.kind for home in read.homes for person in home.people) == {
        "owner": 1143, "tenant": 148, "co_owner": 20, "company": 9,
    }  # fmt: skip
    assert sum(home.area_centi or 0 for home in read.homes) == 11_749_482


def test_roster_b() -> None:
    read = roster("roster-b.xlsx")
    assert (read.rows, len(read.homes), read.household_count, people_count(read.homes)) == (
        648,
        648,
        648,
        648,
    )
    assert (read.refused, read.warnings) == ([], [])
    assert Counter(home.occupancy for home in read.homes) == {
        "occupied": 444, "let": 99, "vacant": 42, "not_handed_over": 37, "business": 26,
    }  # fmt: skip
    assert Counter(len(person.phones) for home in read.homes for person in home.people) == {
        0: 13,
        1: 506,
        2: 129,
    }
    assert {home.at.building for home in read.homes} == set("123456")
    assert {home.at.unit for home in read.homes} == set("123")
    assert {home.at.floor for home in read.homes} == set(range(1, 19))
    assert sum(home.area_centi or 0 for home in read.homes) == 7_050_324
