import pytest

from hemu.foundation.errors import RuleViolation
from hemu.sop.patterns import EntryPattern, parse_evidence, parse_pattern


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("request.resolved", EntryPattern("request.resolved")),
        ("visit.monthly_summary.submitted", EntryPattern("visit.monthly_summary.submitted")),
        ("a.b[c=d]", EntryPattern("a.b", (("c", "d"),))),
        (
            "request.dispatched[type=repair,shift=on_duty]",
            EntryPattern("request.dispatched", (("type", "repair"), ("shift", "on_duty"))),
        ),
    ],
)
def test_patterns_are_read_and_written(text: str, pattern: EntryPattern) -> None:
    assert parse_pattern(text) == pattern
    assert str(pattern) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "request",
        "a.b.c.d",
        "Request.done",
        "a.b[]",
        "a.b[c]",
        "a.b[c=]",
        "a.b[c=d,]",
        "a.b[c=d,c=e]",
        "a.b c",
    ],
)
def test_other_patterns_are_refused(text: str) -> None:
    with pytest.raises(RuleViolation, match=r"pattern\.unreadable"):
        parse_pattern(text)


@pytest.mark.parametrize(
    ("text", "kind", "facts", "fits"),
    [
        ("a.b", "a.b", {}, True),
        ("a.b", "a.b", {"c": "d"}, True),
        ("a.b", "a.c", {}, False),
        ("a.b[c=d]", "a.b", {"c": "d", "e": 1}, True),
        ("a.b[c=d]", "a.b", {"c": "e"}, False),
        ("a.b[c=d]", "a.b", {}, False),
        ("a.b[type=repair]", "a.b", {"type": "repair_home"}, True),
        ("a.b[type=repair]", "a.b", {"type": "repair_public"}, True),
        ("a.b[type=repair]", "a.b", {"type": "complaint"}, False),
        ("a.b[paid=true]", "a.b", {"paid": True}, True),
        ("a.b[paid=true]", "a.b", {"paid": False}, False),
        ("a.b[paid=false]", "a.b", {"paid": False}, True),
        ("a.b[paid=false]", "a.b", {"paid": None}, False),
        ("a.b[paid=false]", "a.b", {"paid": 0}, False),
        ("a.b[n=3]", "a.b", {"n": 3}, True),
    ],
)
def test_an_entry_fits_by_kind_and_facts(text: str, kind: str, facts: dict[str, object], fits: bool) -> None:
    assert parse_pattern(text).matches(kind, facts) is fits


@pytest.mark.parametrize(
    ("narrow", "wide", "is_narrower"),
    [
        ("a.b[c=d]", "a.b", True),
        ("a.b[c=d,e=f]", "a.b[e=f]", True),
        ("a.b", "a.b", False),
        ("a.b", "a.b[c=d]", False),
        ("a.c[c=d]", "a.b", False),
    ],
)
def test_a_pattern_is_narrower_when_it_asks_more(narrow: str, wide: str, is_narrower: bool) -> None:
    assert parse_pattern(narrow).is_narrower_than(parse_pattern(wide)) is is_narrower


RESOLVED = ("request.resolved", {"type": "complaint"})
ESCALATED: tuple[str, dict[str, object]] = ("request.escalated", {})


@pytest.mark.parametrize(
    ("text", "entries", "satisfied"),
    [
        ("request.resolved", [RESOLVED], True),
        ("request.resolved", [], False),
        ("request.escalated + request.resolved", [RESOLVED], False),
        ("request.escalated + request.resolved", [RESOLVED, ESCALATED], True),
        ("worklog.written | request.resolved", [RESOLVED], True),
        ("worklog.written | request.resolved", [ESCALATED], False),
        ("a.b + c.d | request.escalated", [ESCALATED], True),
        ("request.resolved[type=repair]", [RESOLVED], False),
    ],
)
def test_evidence_is_all_or_any(
    text: str, entries: list[tuple[str, dict[str, object]]], satisfied: bool
) -> None:
    assert parse_evidence(text).satisfied_by(entries) is satisfied


def test_evidence_names_its_kinds() -> None:
    evidence = parse_evidence("notice.posted[kind=outage] | sign.placed")
    assert evidence.kinds() == {"notice.posted", "sign.placed"}
    assert [str(pattern) for pattern in evidence.patterns] == ["notice.posted[kind=outage]", "sign.placed"]
