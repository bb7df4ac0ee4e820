"""Dated values, numbers, masking, refusals."""

import pickle
from datetime import date

import pytest

from hemu.foundation.dated import dated, since
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import Number, format_number, parse_number
from hemu.foundation.redaction import mask_name, mask_phone, mask_phones

ANSWER = dated(since(date(2026, 1, 1), 2, clause="OC-10"), since(date(2025, 1, 1), 3, clause="OC-10"))


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2025, 1, 1), 3), (date(2025, 12, 31), 3), (date(2026, 1, 1), 2), (date(2030, 1, 1), 2)],
)
def test_the_day_of_the_fact_picks_the_value(day: date, value: int) -> None:
    assert ANSWER.on(day) == value


def test_before_the_first_day_nothing_holds() -> None:
    with pytest.raises(RuleViolation, match=r"dated\.nothing_in_force"):
        ANSWER.on(date(2024, 12, 31))
    with pytest.raises(RuleViolation, match=r"dated\.nothing_in_force"):
        dated().on(date(2024, 12, 31))


def test_two_values_cannot_begin_on_one_day() -> None:
    with pytest.raises(RuleViolation, match=r"dated\.two_on_one_day"):
        dated(since(date(2026, 1, 1), 1), since(date(2026, 1, 1), 2))


def test_a_refusal_says_its_code_and_values_and_travels() -> None:
    refusal = RuleViolation("visit.after_hours", hour=22)
    assert str(refusal) == "visit.after_hours(hour=22)"
    copy = pickle.loads(pickle.dumps(refusal))
    assert (copy.code, copy.params) == ("visit.after_hours", {"hour": 22})


def test_numbers_are_written_and_read() -> None:
    assert format_number("HHY", 2026, 12) == "HHY-2026-00012"
    assert format_number("HHY", 2026, 123456) == "HHY-2026-123456"
    assert parse_number(" hhy－2026-00012 ") == Number("HHY", 2026, 12)
    assert parse_number("HHY-2026-123456") == Number("HHY", 2026, 123456)


@pytest.mark.parametrize(
    "text", ["", "HHY-2026", "HHY-26-00012", "HHY-2026-0", "和-2026-00012", "HHY-2026-00012x"]
)
def test_other_numbers_are_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match=r"number\.unreadable"):
        parse_number(text)


@pytest.mark.parametrize(
    ("prefix", "year", "serial"), [("", 2026, 1), ("hhy", 2026, 1), ("HHY", 26, 1), ("HHY", 2026, 0)]
)
def test_numbers_nobody_could_read_are_not_written(prefix: str, year: int, serial: int) -> None:
    with pytest.raises(RuleViolation, match=r"number\.unwritable"):
        format_number(prefix, year, serial)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("19900001234", "199****1234"),
        ("199 0000 1234", "199****1234"),
        ("199-0000-1234", "199****1234"),
        ("+86 19900001234", "199****1234"),
        ("8619900001234", "199****1234"),
        ("0755-12345678", "0755-****5678"),
        ("(010)12345678", "(010)****5678"),
        ("075512345678", "0755****5678"),
        ("12345678", "****5678"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_a_phone_is_masked(text: str, masked: str) -> None:
    assert mask_phone(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("请打19900001234，或０７５５－１２３４５６７８。", "请打199****1234，或0755-****5678。"),
        ("１９９００００１２３４", "199****1234"),
        ("业主19900001234和19900005678都来电", "业主199****1234和199****5678都来电"),
        ("身份证440301199001011234", "身份证440301199001011234"),
        ("3栋1201，2026-11-22 10:30，金额12345678元", "3栋1201，2026-11-22 10:30，金额12345678元"),
        ("服务热线400-888-1234", "服务热线400-888-1234"),
    ],
)
def test_phones_in_a_text_are_masked_and_nothing_else(text: str, masked: str) -> None:
    assert mask_phones(text) == masked


@pytest.mark.parametrize(("name", "masked"), [("张三丰", "张**"), ("李四", "李*"), ("王", "*"), ("", "")])
def test_a_name_keeps_its_first_character(name: str, masked: str) -> None:
    assert mask_name(name) == masked
