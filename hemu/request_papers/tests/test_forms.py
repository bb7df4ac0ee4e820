"""The forms as data: what the sources ask for stands on each of them, filled and blank, each on one page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hemu.infra.moments import parse_moment
from hemu.papers.rules import Paper
from hemu.papers.typesetting import pictures
from hemu.request_papers.forms.case import CaseOnPaper, House, VisitOnPaper
from hemu.request_papers.forms.catalogue import (
    FORMS,
    blank,
    complaint,
    complaints,
    contacts,
    notice,
    repair,
    visit,
)
from hemu.sop.register import load_register

AT = parse_moment("2026-11-22 13:05")
HOUSE = House("示例物业", "和风管理处", "和风花园")
CASE = CaseOnPaper(
    number="HFHY-2026-00012",
    type="repair_home",
    channel="来电",
    happened="2026-11-20 09:12",
    room="1-2-301",
    name="示例业主",
    phone="199****1234",
    text="厨房水管漏水。",
    added=("现在漏得更大了。",),
    nature="常规",
    urgency="紧急",
    department="工程部",
    handler="示例师傅",
    result="换了角阀。",
    told="已修好。",
    told_at="2026-11-20 14:00",
    price="¥80.00",
    price_accepted=True,
    digest="9f" * 32,
    link="HFHY-2026-00012",
)
VISIT = VisitOnPaper(
    number="HFHY-2026-00012-R7",
    kind="维修回访",
    way="电话",
    result="满意",
    told="修得不错。",
    question="角阀保修多久？",
    promised="2026-11-23 12:00",
    case=CASE,
)


def texts(paper: Paper) -> Iterator[str]:
    """Yield every text of a paper, line breaks taken out."""
    for mark in paper.marks:
        yield from mark
    for row in paper.rows:
        for cell in row.cells:
            yield cell.text.replace("\n", "")
    if paper.register:
        yield from (head for head, _ in paper.register.columns)
        yield from (cell for cells in paper.register.rows for cell in cells)


FIELDS = {
    "F-04": [
        "编号",
        "时间",
        "方式",
        "房号",
        "姓名",
        "联系电话",
        "反映内容摘要",
        "转告部门",
        "处理结果",
        "记录人",
    ],
    "F-11": ["编号", "业主房号", "姓名", "联系电话", "投诉方式", "反映内容摘要", "处理结果"],
    "F-12": ["编号", "投诉或意见原件", "发往部门", "处理时限", "处理情况及结果", "责任部门签收"],
    "F-35": ["编号", "报修事项", "报修地址", "报修人", "电话", "业主签字确认", "还需要什么"],
    "F-36": ["编号", "服务态度", "解决时间", "处理情况", "业主的话", "约定答复"],
}


@pytest.mark.parametrize("code", FORMS)
def test_a_blank_form_has_the_fields_of_its_sources(code: str) -> None:
    said = list(texts(blank(code, HOUSE)))
    assert [field for field in FIELDS[code] if field not in said] == []
    assert load_register().forms[code].name == FORMS[code].name == blank(code, HOUSE).title
    assert blank(code, HOUSE).digest == blank(code, HOUSE).link == ""


@pytest.mark.parametrize("code", FORMS)
def test_a_blank_form_is_one_page_with_room_to_write(code: str) -> None:
    paper = blank(code, HOUSE)
    assert len(pictures([paper], at=AT, ppi=20)) == 1
    lines = sum(cell.lines for row in paper.rows for cell in row.cells if not cell.text)
    assert lines >= 8 or (paper.register and paper.register.empty_count == 14)


def test_the_repair_slip_says_what_is_known() -> None:
    paper = repair(HOUSE, CASE)
    said = list(texts(paper))
    for text in (
        "厨房水管漏水。补充：现在漏得更大了。",
        "换了角阀。",
        "¥80.00（业主已接受）",
        "示例师傅",
        "1-2-301",
    ):
        assert text in said
    ticked = [cell.text for row in paper.rows for cell in row.cells if cell.kind == "choice"]
    assert ticked == ["常规", "紧急", "是", "", ""]  # quality and attitude are the owner's to tick
    assert (paper.images, paper.digest) == ({}, "9f" * 32)


def test_the_signature_on_the_glass_stands_on_the_slip() -> None:
    signed = repair(HOUSE, replace(CASE, signature=b"png", signed_at="2026年11月20日"))
    signs = [cell for row in signed.rows for cell in row.cells if cell.kind == "sign"]
    assert [(cell.image, cell.date) for cell in signs] == [("signature", "2026年11月20日"), ("", "")]
    assert signed.images == {"signature": b"png"}


def test_register_and_notice_of_a_complaint_bear_one_number() -> None:
    numbers = {dict(paper.marks)["编号"] for paper in (complaint(HOUSE, CASE), notice(HOUSE, CASE))}
    assert numbers == {"HFHY-2026-00012"}


def test_the_registers_hold_a_row_for_each_case() -> None:
    late = replace(CASE, entered="2026-11-22 09:00", text="长" * 300)
    for paper in (
        contacts(HOUSE, "2026年11月20日", [CASE, late]),
        complaints(HOUSE, "2026年11月20日", [CASE, late]),
    ):
        assert paper.register
        first, second = paper.register.rows
        assert first[:3] == ("1", "HFHY-2026-00012", "2026-11-20 09:12")
        assert second[2] == "2026-11-20 09:12\n补录 2026-11-22 09:00"
        assert f"{'长' * 120}……" in second
        assert {len(row) for row in paper.register.rows} == {len(paper.register.columns)}
        assert paper.after[0].startswith("共 2 件。")


def test_the_record_of_a_return_visit() -> None:
    said = list(texts(visit(HOUSE, VISIT)))
    for text in (
        "HFHY-2026-00012-R7",
        "维修回访",
        "满意",
        "修得不错。",
        "角阀保修多久？",
        "2026-11-23 12:00",
    ):
        assert text in said
    dependent = visit(HOUSE, replace(VISIT, independent="（本次：非独立）"))
    assert "（本次：非独立）" in dependent.after[0]
