"""Where a job stands and what comes next, read from its state and its last move; what materials come to."""

from datetime import datetime

import pytest

from hemu.access.tests.house import at
from hemu.field_work.rules import (
    AFTER,
    BESIDES,
    MOVES,
    NEXT,
    STEPS,
    Material,
    Stage,
    Standing,
    in_order,
    materials_said,
    money_said,
    month_said,
    stage_of,
    total_fen,
)
from hemu.foundation.errors import RuleViolation
from hemu.ledger.catalogue import kinds
from hemu.service_requests.rules import HANDLERS
from hemu.service_requests.rules import STEPS as TABLE

pytestmark = pytest.mark.pure
NINE, TEN, NOON = at("2026-09-30 09:00"), at("2026-09-30 10:00"), at("2026-09-30 12:00")

STANDINGS: list[tuple[str, Standing, Stage]] = [
    ("sent, not taken", Standing("dispatched"), Stage.TO_TAKE),
    ("taken, in a home", Standing("accepted", ("request.accepted", NINE), at_home=True), Stage.TO_APPOINT),
    ("taken, urgent", Standing("accepted", ("request.accepted", NINE), at_home=True, urgent=True), Stage.TO_SET_OUT),
    ("taken, a public place", Standing("accepted", ("request.accepted", NINE)), Stage.TO_SET_OUT),
    ("the desk had agreed on a slot before", Standing("accepted", ("request.accepted", NINE), at_home=True,
                                                      appointed_until=NOON), Stage.TO_SET_OUT),
    ("an old slot is over", Standing("accepted", ("request.accepted", TEN), at_home=True, appointed_until=NINE),
     Stage.TO_APPOINT),
    ("agreed", Standing("accepted", ("request.appointed", NINE), at_home=True, appointed_until=NOON), Stage.TO_SET_OUT),
    ("on the way", Standing("accepted", ("request.set_out", NINE), at_home=True), Stage.ON_THE_WAY),
    ("at the door in vain", Standing("accepted", ("request.nobody_home", NINE), at_home=True, appointed_until=NOON),
     Stage.TO_APPOINT),
    ("arrived", Standing("accepted", ("request.arrived", NINE), at_home=True), Stage.AT_WORK),
    ("paid work, no price yet", Standing("accepted", ("request.arrived", NINE), paid=True), Stage.TO_PRICE),
    ("priced, not taken", Standing("accepted", ("request.arrived", NINE), paid=True, priced=True), Stage.PRICED),
    ("price taken", Standing("accepted", ("request.arrived", NINE), paid=True, priced=True, accepted=True),
     Stage.AT_WORK),
    ("paused", Standing("paused", ("request.arrived", NINE)), Stage.PAUSED),
    ("the pause is over", Standing("accepted", ("request.paused", NINE), at_home=True), Stage.TO_APPOINT),
    ("taken up again", Standing("accepted", ("request.resumed", NINE), at_home=True), Stage.TO_APPOINT),
    ("done", Standing("resolved", ("request.resolved", NINE), at_home=True), Stage.TO_SIGN),
    ("done and told", Standing("informed", ("request.resolved", NINE), at_home=True), Stage.TO_SIGN),
    ("done where nobody lives", Standing("resolved", ("request.resolved", NINE)), Stage.DONE),
    ("confirmed", Standing("confirmed"), Stage.DONE),
    ("back at the desk", Standing("classified", ("request.accepted", NINE)), Stage.DONE),
]  # fmt: skip


@pytest.mark.parametrize(("what", "standing", "stage"), STANDINGS, ids=[row[0] for row in STANDINGS])
def test_where_a_job_stands(what: str, standing: Standing, stage: Stage) -> None:
    assert stage_of(standing) is stage


def test_every_stage_has_its_step_and_every_step_is_one_of_the_handlers() -> None:
    assert set(Stage) == {*NEXT, Stage.DONE} == set(BESIDES)
    assert set(AFTER) == STEPS
    handled = {row.name for row in TABLE.rows if row.roles & HANDLERS or row.extras.get("signed")}
    assert handled >= STEPS
    assert set(kinds()) >= set(MOVES)


def test_the_order_of_promise() -> None:
    jobs: list[tuple[str, datetime | None, datetime | None]] = [
        ("nothing promised", None, None), ("due at noon", None, NOON), ("agreed for ten", TEN, NOON),
        ("due at nine, agreed for noon", NOON, NINE),
    ]  # fmt: skip
    assert in_order(jobs) == [
        "due at nine, agreed for noon",
        "agreed for ten",
        "due at noon",
        "nothing promised",
    ]


LINES: list[tuple[tuple[str, str, str, str], Material | str]] = [
    (("角阀", "2", "piece", "35.5"), Material("角阀", 2000, "piece", 3550)),
    ((" 线 ", "1.25", "metre", ""), Material("线", 1250, "metre", 0)),
    (("胶带", "", "roll", "6"), Material("胶带", 1000, "roll", 600)),
    (("角阀", "两个", "piece", "35"), "material.unreadable"),
    (("角阀", "0", "piece", "35"), "material.unreadable"),
    (("角阀", "-1", "piece", "35"), "material.unreadable"),
    (("角阀", "1.0005", "piece", "35"), "material.unreadable"),
    (("角阀", "1", "piece", "35.555"), "material.unreadable"),
    (("角阀", "NaN", "piece", "35"), "material.unreadable"),
    (("角阀", "1e9", "piece", "35"), "material.unreadable"),
    (("角阀", "1", "box", "35"), "material.unreadable"),
    (("长" * 61, "1", "piece", "35"), "material.unreadable"),
]


@pytest.mark.parametrize(("said", "line"), LINES)
def test_lines_of_materials(said: tuple[str, str, str, str], line: Material | str) -> None:
    columns = tuple([each] for each in said)
    if isinstance(line, Material):
        assert materials_said(*columns) == [line]
        return
    with pytest.raises(RuleViolation) as refused:
        materials_said(*columns)
    assert (refused.value.code, refused.value.params) == (line, {"line": 1})


def test_a_line_without_a_name_is_none_and_the_next_keeps_its_number() -> None:
    assert materials_said(["", " "], ["x", ""], ["piece", "piece"], ["", ""]) == []
    with pytest.raises(RuleViolation) as refused:
        materials_said(["", "角阀"], ["", "x"], ["piece", "piece"], ["", ""])
    assert refused.value.params == {"line": 2}
    with pytest.raises(RuleViolation, match=r"material\.too_many"):
        materials_said(["角阀"] * 21, ["1"] * 21, ["piece"] * 21, ["1"] * 21)


def test_what_it_comes_to() -> None:
    lines = [Material("角阀", 2000, "piece", 3550), Material("线", 1250, "metre", 333)]
    assert [each.amount_fen for each in lines] == [7100, 416]
    assert total_fen(lines, labour_fen=8000) == 15516
    assert (money_said(""), money_said("80"), money_said("80.50")) == (0, 8000, 8050)
    for wrong in ("八十", "-1", "1.005", "999999999"):
        with pytest.raises(RuleViolation, match=r"quote\.unreadable"):
            money_said(wrong)


def test_a_month() -> None:
    assert month_said("2026-11") == at("2026-11-01 00:00").date()
    for wrong in ("", "2026", "2026-13", "1999-01", "2026-11-01"):
        with pytest.raises(RuleViolation, match=r"field\.unreadable_month"):
            month_said(wrong)
