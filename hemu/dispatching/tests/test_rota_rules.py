"""A rota as offices write it."""

import pytest

from hemu.dispatching.rules_rota import SHIFTS, cell_of, read_cell, read_shifts, read_table
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import Interval

CELLS = [
    ("早", (Interval(420, 900),)),
    ("早班", (Interval(420, 900),)),
    ("夜", (Interval(1380, 1860),)),
    ("8-20", (Interval(480, 1200),)),
    ("8:30-17:30", (Interval(510, 1050),)),
    ("20：00–8：00", (Interval(1200, 1920),)),
    ("8.30~12", (Interval(510, 720),)),
    ("早+晚", (Interval(420, 900), Interval(1200, 1920))),
    ("16-24", (Interval(960, 1440),)),
    ("", ()),
    ("休", ()),
    ("年假", ()),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_a_cell(text: str, expected: tuple[Interval, ...]) -> None:
    assert read_cell(text, SHIFTS) == expected


@pytest.mark.parametrize("text", ["丙", "8-25", "26-8", "8:70-9", "abc"])
def test_a_cell_nobody_understands(text: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_cell(text, SHIFTS)
    assert refused.value.code == "rota.unreadable_cell"


@pytest.mark.parametrize("text", ["早", "中", "白", "晚", "班", "08:15-16:45"])
def test_a_cell_is_written_as_it_was_read(text: str) -> None:
    assert cell_of(read_cell(text, SHIFTS), SHIFTS) == text


def test_an_offices_own_shifts() -> None:
    assert read_shifts("早 07:30-15:30\n\n夜=23:30-07:30") == {"早": "07:30-15:30", "夜": "23:30-07:30"}
    for text in ("早", "早 7-15", "一二三四五六七 07:00-15:00"):
        with pytest.raises(RuleViolation):
            read_shifts(text)


def test_a_table_from_a_spreadsheet() -> None:
    pasted = "值班表\t\t\n姓名\t一\t二\t三\n1\t张三\t早\t早\t休\t休\t晚\t晚\t休\n李四\t白\t休\n\n王五\n"
    assert read_table(pasted) == [
        ("张三", ["早", "早", "休", "休", "晚", "晚", "休"]),
        ("李四", ["白", "休", "", "", "", "", ""]),
    ]
