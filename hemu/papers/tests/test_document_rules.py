"""Papers from draft to file: kinds, chains, who decides, numbers, digests."""

from datetime import date
from typing import Any

import pytest

from hemu.access.roles import PERMISSIONS_OF
from hemu.foundation.errors import RuleViolation
from hemu.papers.rules_documents import (
    KINDS,
    STEPS,
    State,
    chain_of,
    content_of,
    decides,
    digest_of,
    number_of,
    plain_chain,
    read_chain,
    reason_of,
    turn_now,
)
from hemu.papers.rules_official import HOUSE, Layout, layout_of, paragraphs_of, span_of

ROLES = frozenset(PERMISSIONS_OF)
SAID: dict[str, Any] = {"title": "停水通知", "body": "明天停水。"}


def test_a_version_is_frozen_with_all_that_it_says() -> None:
    content = content_of(
        **SAID, to=" 各位业主 ", since=date(2026, 11, 23), until=date(2026, 11, 26), places=["公告栏", " "]
    )
    assert content == {
        "title": "停水通知",
        "body": "明天停水。",
        "to": "各位业主",
        "signed": "",
        "since": "2026-11-23",
        "until": "2026-11-26",
        "places": ["公告栏"],
        "channels": [],
    }
    digest = digest_of(content, kind="notice", version=1)
    assert digest == digest_of(dict(reversed(content.items())), kind="notice", version=1)
    others = [(content | {"body": "明天停电。"}, "notice", 1), (content, "letter", 1), (content, "notice", 2)]
    assert all(digest_of(said, kind=kind, version=number) != digest for said, kind, number in others)


REFUSED = [
    ({"title": " "}, "document.no_title"),
    ({"body": "\n"}, "document.no_body"),
    ({"title": "长" * 81}, "document.too_long"),
    ({"body": "长" * 8001}, "document.too_long"),
    ({"since": date(2026, 11, 23)}, "document.one_day_missing"),
    ({"since": date(2026, 11, 23), "until": date(2026, 11, 22)}, "document.days_reversed"),
]


@pytest.mark.parametrize(("changed", "code"), REFUSED)
def test_what_a_paper_cannot_say(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        content_of(**{**SAID, **changed})
    assert refused.value.code == code


def test_numbers_are_written_as_offices_write_them() -> None:
    number = number_of(word="和风管", sign=KINDS["notice"].sign, year=2026, ordinal=3)
    assert number == "和风管通〔2026〕3号"
    signs = [kind.sign for kind in KINDS.values()]
    assert len(set(signs)) == len(signs)


# ── who decides ──────────────────────────────────────────────────────────────

MO, LI, WU, BO = "staff:mo", "staff:li", "staff:wu", "staff:bo"
OFFICE, ABOVE = {LI: "李", WU: "吴"}, {BO: "薄"}
DECIDES = [
    # by, own, office, above, answer
    (LI, {MO}, OFFICE, ABOVE, True),
    (LI, {LI}, OFFICE, ABOVE, "document.own"),
    (WU, {LI}, OFFICE, ABOVE, True),
    (BO, {LI}, OFFICE, ABOVE, "document.not_theirs"),
    (BO, {LI, WU}, OFFICE, ABOVE, True),
    (LI, {LI, WU}, OFFICE, ABOVE, "document.own"),
    (LI, {LI, WU}, OFFICE, {}, False),
    (MO, {MO}, OFFICE, ABOVE, "document.own"),
    (BO, {MO}, {}, ABOVE, True),
    (MO, {MO}, {}, {}, "document.not_theirs"),
]


@pytest.mark.parametrize(("by", "own", "office", "above", "answer"), DECIDES)
def test_nobody_decides_over_their_own_while_another_can(
    by: str, own: set[str], office: dict[str, str], above: dict[str, str], answer: bool | str
) -> None:
    if isinstance(answer, bool):
        assert decides(by=by, own=own, office=office, above=above) is answer
        return
    with pytest.raises(RuleViolation) as refused:
        decides(by=by, own=own, office=office, above=above)
    assert refused.value.code == answer


def test_turns_come_one_after_the_other() -> None:
    assert turn_now([(1, False), (1, True), (2, False)]) == 1
    assert turn_now([(1, True), (2, False), (3, False)]) == 2
    assert turn_now([(1, True)]) is None


def test_a_chain_is_read_and_kept_as_it_was_written() -> None:
    chain = read_chain("read:cs_supervisor+read:department_head > approve:office_director", roles=ROLES)
    assert [[(each.act, each.role) for each in turn] for turn in chain] == [
        [("read", "cs_supervisor"), ("read", "department_head")],
        [("approve", "office_director")],
    ]
    assert chain_of(plain_chain(chain), roles=ROLES) == chain


CHAINS = [
    ("", "chain.empty"),
    ("read:office_director", "chain.no_approval"),
    ("approve:emperor", "chain.unknown_role"),
    ("bless:office_director", "chain.unknown_role"),
    (">".join(["approve:office_director"] * 6), "chain.too_long"),
    ("+".join(["approve:office_director"] * 6), "chain.too_long"),
]


@pytest.mark.parametrize(("text", "code"), CHAINS)
def test_what_is_no_chain(text: str, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        read_chain(text, roles=ROLES)
    assert refused.value.code == code


def test_every_kind_ends_with_an_approval() -> None:
    for kind in KINDS.values():
        assert chain_of(plain_chain(kind.chain), roles=ROLES) == kind.chain


# ── steps ────────────────────────────────────────────────────────────────────

ALLOWED = {
    State.DRAFT: ["revise", "submit", "void"],
    State.SUBMITTED: ["revise", "agree", "refuse", "void"],
    State.REFUSED: ["revise", "void"],
    State.APPROVED: ["revise", "issue", "void"],
    State.ISSUED: ["void"],
    State.VOID: [],
}


def test_each_state_has_its_steps_and_no_other() -> None:
    everybody = frozenset().union(*(row.roles for row in STEPS.rows))
    assert {state: [row.name for row in STEPS.allowed(state, everybody)] for state in State} == ALLOWED


def test_the_table_of_roles_lets_nobody_take_a_step_that_the_permissions_refuse() -> None:
    needed = {
        "revise": "draft",
        "submit": "draft",
        "agree": "decide",
        "refuse": "decide",
        "issue": "seal",
        "void": "void",
    }
    for row in STEPS.rows:
        held = {role for role, names in PERMISSIONS_OF.items() if f"paper.{needed[row.name]}" in names}
        assert row.roles >= held, row.name


def test_a_reason_is_never_left_out() -> None:
    assert reason_of(" 日期写错了 ") == "日期写错了"
    for text, code in (("  ", "document.no_reason"), ("长" * 501, "document.too_long")):
        with pytest.raises(RuleViolation) as refused:
            reason_of(text)
        assert refused.value.code == code


# ── the page ─────────────────────────────────────────────────────────────────


def test_a_layout_is_the_houses_but_for_what_is_said() -> None:
    assert layout_of({}) == HOUSE
    assert layout_of({"word": "和风管", "colour": "black"}) == Layout(word="和风管", colour="black")
    for values, code in (
        ({"head": "长" * 25}, "layout.head_too_long"),
        ({"word": "和 风"}, "layout.bad_word"),
        ({"word": "一二三四五六七八九"}, "layout.bad_word"),
        ({"colour": "blue"}, "layout.unknown_value"),
    ):
        with pytest.raises(RuleViolation) as refused:
            layout_of(values)
        assert refused.value.code == code


def test_paragraphs_and_the_stamp_of_the_days() -> None:
    assert paragraphs_of("一\n\n  二 \n") == ("一", "二")
    content = content_of(**SAID, since=date(2026, 11, 23), until=date(2026, 11, 26))
    assert (span_of(content), span_of(content_of(**SAID))) == ("2026.11.23 至 2026.11.26", "")
