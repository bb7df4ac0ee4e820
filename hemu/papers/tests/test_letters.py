"""Letters as Word files: fields are filled and nothing else, whatever stands in a template or in a field."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from hemu.foundation.errors import RuleViolation
from hemu.papers.letters import LARGEST_BYTES, check_template, plain_letter, write_letter

KNOWN, NEEDED = ("编号", "称呼", "答复"), ("编号", "答复")


def template(*paragraphs: str, footer: str = "", title: str = "") -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.title = title
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def texts(letter: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(letter)).paragraphs]


def test_each_field_is_filled_in_body_and_footer() -> None:
    letter = write_letter(
        template("尊敬的{{ 称呼 }}：", "{{答复}}", footer="{{编号}}"),
        {"编号": "HFHY-2026-00012", "称呼": "示例业主", "答复": "一、已修好。\n二、谢谢。"},
    )
    assert texts(letter) == ["尊敬的示例业主：", "一、已修好。\n二、谢谢。"]
    assert Document(BytesIO(letter)).sections[0].footer.paragraphs[0].text == "HFHY-2026-00012"


SAID = ["<w:br/> & \"'", "{{ 编号 }}", "{% for a in b %}", "{_{ 编号 }_}", "a\x00\x0b\x1fb", "😀𠮷"]


@pytest.mark.parametrize("said", SAID)
def test_what_stands_in_a_field_is_never_markup(said: str) -> None:
    [text] = texts(write_letter(template("{{答复}}"), {"答复": said}))
    shown = said.replace("{_{", "{{").replace("}_}", "}}")
    assert text == "".join(sign for sign in shown if sign >= " ")


REFUSED = [
    (("{{编号}}",), "letter.missing_field"),
    (("{{编号}}{{答复}}{{姓名}}",), "letter.unknown_field"),
    (("{{编号}}{{答复}}", "{% for a in 称呼 %}x{% endfor %}"), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{ 称呼.__class__ }}"), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{ 称呼 | upper }}"), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{ 7*7 }}"), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{ 称呼("), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{ range(9)"), "letter.not_plain"),
    (("{{编号}}{{答复}}", "{{" + "(" * 5_000 + "称呼" + ")" * 5_000 + "}}"), "letter.not_plain"),
]


@pytest.mark.parametrize(("paragraphs", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_template_holds_fields_and_nothing_else(paragraphs: tuple[str, ...], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_template(template(*paragraphs), known=KNOWN, needed=NEEDED)
    assert refused.value.code == code


def test_footers_and_properties_are_looked_at_too() -> None:
    for sly in (
        template("{{编号}}{{答复}}", footer="{{ 1+1 }}"),
        template("{{编号}}{{答复}}", title="{{ 1+1 }}"),
    ):
        with pytest.raises(RuleViolation) as refused:
            check_template(sly, known=KNOWN, needed=NEEDED)
        assert refused.value.code == "letter.not_plain"


def test_what_is_no_word_file_is_refused() -> None:
    archive = BytesIO()
    with ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "x")
    for content in (b"", b"%PDF-", archive.getvalue()):
        with pytest.raises(RuleViolation) as refused:
            check_template(content, known=KNOWN, needed=NEEDED)
        assert refused.value.code == "letter.unreadable"
    with pytest.raises(RuleViolation) as large:
        check_template(b"x" * (LARGEST_BYTES + 1), known=KNOWN, needed=NEEDED)
    assert large.value.code == "letter.too_large"


def test_the_letter_of_the_house_is_a_template_that_passes() -> None:
    house = plain_letter(
        title="答复函", above="编号 {{编号}}", greeting="{{称呼}}：", body=["{{答复}}"], closing=["示例"]
    )
    check_template(house, known=KNOWN, needed=NEEDED)
    assert texts(write_letter(house, {"编号": "1", "称呼": "您好", "答复": "好。"})) == [
        "答复函",
        "编号 1",
        "您好：",
        "好。",
        "",
        "示例",
    ]
