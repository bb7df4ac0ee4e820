"""Papers as PDF: letters inside, words never markup, the same bytes for the same paper and time, pages that flow."""

import re
import zlib
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import parse_moment
from hemu.papers.rules import Paper, Register, breakable, chinese_date, choice, label, row, sign, value, words
from hemu.papers.rules_official import Official
from hemu.papers.typesetting import pictures, typeset, typeset_official

AT = parse_moment("2026-11-22 13:05")


def paper(said: str = "厨房水管漏水。", **more: object) -> Paper:
    values = {
        "marks": (("编号", "HFHY-2026-00012"),),
        "rows": (
            row(label("报修事项"), words(said), height=30),
            row(label("性质"), choice(("常规", "专项"), "常规")),
            row(sign("业主签字"), sign("维修人员签字"), height=20),
        ),
        **more,
    }
    return Paper("维修单", "F-35", "示例物业", **values)  # type: ignore[arg-type]


def inflated(pdf: bytes) -> bytes:
    """Return the streams of a PDF unpacked, where most of its objects lie."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"".join(found)


def pages(papers: list[Paper]) -> int:
    return len(pictures(papers, at=AT, ppi=20))


def test_every_font_lies_in_the_file() -> None:
    found = inflated(typeset([paper()], at=AT, by="示例"))
    fonts = set(re.findall(rb"/FontName\s*/([\w+-]+)", found))
    assert fonts
    assert all(re.match(rb"[A-Z]{6}\+NotoS(ans|erif)SC", font) for font in fonts)  # a part of it, inside
    assert len(re.findall(rb"/FontFile[23]?\b", found)) == len(fonts)


def test_the_same_paper_at_the_same_time_gives_the_same_bytes() -> None:
    first = typeset([paper()], at=AT, by="示例")
    assert typeset([paper()], at=AT, by="示例") == first
    assert typeset([paper()], at=AT + timedelta(minutes=1), by="示例") != first


MARKUP = [
    '#panic("x")',
    "*粗* _斜_ $x^2$",
    '#import "/etc/passwd"',
    "= 标题\n- 一",
    "`a` <b> @c \\ // /* */",
    '"',
    "\\u{0}",
]


@pytest.mark.parametrize("said", MARKUP)
def test_what_owners_say_is_never_markup(said: str) -> None:
    """Each sign is set as it stands: one more paper with the words has as many pages, and nothing is evaluated."""
    assert pages([paper(said)]) == 1
    assert typeset([paper(said)], at=AT) != typeset([paper("")], at=AT)


def test_signs_that_no_font_has_are_shown_as_a_box() -> None:
    """A rare character is seen to be missing: it takes its place on the paper like any other."""
    with_rare, without = (pictures([paper(said)], at=AT, ppi=60)[0] for said in ("李\U0003106c", "李"))
    assert with_rare != without


def test_long_words_flow_over_pages_and_long_runs_break() -> None:
    assert pages([paper("长" * 3000)]) == 3
    assert pages([paper("h" * 900)]) == 1
    assert breakable("h" * 30) == "\u200b".join("h" * 30)
    assert breakable("HFHY-2026-00012 三单元") == "HFHY-2026-00012 三单元"


def test_a_register_of_many_rows_runs_over_pages_that_are_counted() -> None:
    columns = (("编号", 1.0), ("内容", 3.0))
    rows = tuple((str(number), "楼道的灯不亮。") for number in range(60))
    long = Paper("来电来访记录表", "F-04", "示例物业", register=Register(columns, rows), landscape=True)
    assert pages([long]) == 4
    assert pages([long, paper()]) == 5


def test_pictures_and_codes_stand_on_the_paper() -> None:
    drawn = pictures([paper(link="https://hemu.example/requests/HFHY-2026-00012/", digest="9f" * 32)], at=AT)
    assert drawn != pictures([paper()], at=AT)


def test_refusals() -> None:
    with pytest.raises(RuleViolation) as nothing:
        typeset([], at=AT)
    with pytest.raises(RuleViolation) as many:
        typeset([paper()] * 201, at=AT)
    assert (nothing.value.code, many.value.code) == ("paper.nothing", "paper.too_many")
    with pytest.raises(ValueError, match="do not add up"):
        row(label("一"), value("二"))


DATES = [
    (date(2026, 11, 22), "二〇二六年十一月二十二日"),
    (date(2030, 1, 1), "二〇三〇年一月一日"),
    (date(2026, 10, 10), "二〇二六年十月十日"),
    (date(2026, 12, 20), "二〇二六年十二月二十日"),
    (date(2026, 2, 28), "二〇二六年二月二十八日"),
    (date(2026, 3, 31), "二〇二六年三月三十一日"),
]


@pytest.mark.parametrize(("day", "written"), DATES)
def test_dates_as_letters_bear_them(day: date, written: str) -> None:
    assert chinese_date(day) == written


STRANGE = {
    "谢谢😊，辛苦了": "谢谢〓，辛苦了",
    "𠮷先生 👨‍👩‍👧 好": "〓先生 〓 好",
    "a\x00b\x1bc": "abc",
    "好 #panic() $x$ [b]": "好 #panic() $x$ [b]",
}


def test_a_sign_without_a_glyph_is_printed_as_a_missing_one() -> None:
    """PDF/A refuses a paper that holds one: an emoji in somebody's words must not keep a day's register from printing."""
    said, printed = "；".join(STRANGE), "；".join(STRANGE.values())
    notice = Official("示例物业", "", said, "", (said,), (said,), "")
    for made in (typeset([paper(said)], at=AT), typeset_official(notice, at=AT, foot=said)):
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
        assert "".join(printed.split()) in "".join(text.split())
