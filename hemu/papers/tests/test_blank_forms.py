"""The blank forms of the register: each asks for what the source asks for, and lies on its pages."""

from io import BytesIO

import pytest
from docx import Document

from hemu.infra.moments import parse_moment
from hemu.papers.letters import form_in_word
from hemu.papers.rules_forms import FORMS, lines_of, printed_words, spelt_paper
from hemu.papers.typesetting import pictures
from hemu.sop.register import load_register

AT = parse_moment("2026-11-22 13:05")
REGISTER = load_register().forms
ON_TWO_PAGES = {"F-08", "F-10", "F-18", "F-19", "F-27", "F-34"}
"""Reports and agreements."""


@pytest.mark.parametrize("code", sorted(FORMS))
def test_a_form_asks_for_what_its_source_asks_for(code: str) -> None:
    words = " ".join(printed_words(FORMS[code]))
    assert [field for field in REGISTER[code].fields if field not in words] == []


def test_forms_lie_on_one_page_but_reports_and_agreements() -> None:
    for codes, count in ((FORMS.keys() - ON_TWO_PAGES, 1), (ON_TWO_PAGES, 2)):
        papers = [
            spelt_paper(FORMS[code], code=code, title=REGISTER[code].name, company="示例物业")
            for code in sorted(codes)
        ]
        assert len(pictures(papers, at=AT, ppi=12)) == count * len(papers)


def test_parts_stand_above_and_below_a_register() -> None:
    paper = spelt_paper(FORMS["F-23"], code="F-23", title="业主资料发放登记表", company="示例物业")
    assert paper.register is not None
    assert [head for head, _share in paper.register.columns] == [
        "名称", "数量", "领取日期", "领取人", "发放人", "备注",
    ]  # fmt: skip
    assert paper.register_at == 1
    assert [len(row.cells) for row in paper.rows] == [4, 4, 0, 4, 2]


def test_a_form_for_word_has_the_same_fields() -> None:
    made = form_in_word(title="整改通知书", above="编号：", lines=lines_of(FORMS["F-37"]))
    cells = [cell.text for table in Document(BytesIO(made)).tables for cell in table.rows[0].cells]
    assert [text for text in cells if text] == [
        "受检单位", "检查日期", "检查负责人", "检查地点", "检查发现的问题", "整改要求", "规定时限", "整改责任人",
        "整改情况", "复查结果", "检查负责人签字", "受检单位签收", "复查人签字",
    ]  # fmt: skip
