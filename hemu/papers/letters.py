"""Letters as Word files, from a template that an office may write in Word itself.

A template holds fields such as ``{{编号}}`` and nothing else: no loop, no condition, no expression. So whoever may
change the letter's looks can make the program do nothing, and what stands in a field is never markup.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hemu.foundation.errors import RuleViolation

LARGEST_BYTES = 2 * 2**20
LARGEST_UNPACKED = 20 * 2**20
PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
_UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML holds; and the tab and page signs that the template engine gives a meaning of its own."""


def write_letter(template: bytes, said: Mapping[str, str]) -> bytes:
    """Return the letter as a Word file, each field filled with its text."""
    document = DocxTemplate(BytesIO(template))
    fields = {name: _UNWRITABLE.sub("", text) for name, text in said.items()}
    document.render(fields, jinja_env=_environment(), autoescape=True)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def check_template(template: bytes, *, known: Iterable[str], needed: Iterable[str]) -> None:
    """Refuse what is no letter that the house can fill.

    Args:
        known: the fields there are.
        needed: those without which a letter says nothing.

    Raises:
        RuleViolation: ``letter.too_large`` (megabytes), ``letter.unreadable``, ``letter.not_plain``,
            ``letter.unknown_field`` (fields, known), ``letter.missing_field`` (fields).
    """
    if len(template) > LARGEST_BYTES:
        raise RuleViolation("letter.too_large", megabytes=LARGEST_BYTES // 2**20)
    names = _fields_of(template)
    if unknown := sorted(names - set(known)):
        raise RuleViolation("letter.unknown_field", fields=unknown, known=list(known))
    if missing := [name for name in needed if name not in names]:
        raise RuleViolation("letter.missing_field", fields=missing)


def _fields_of(template: bytes) -> set[str]:
    names: set[str] = set()
    try:
        for source in _sources(template):
            tree = _environment().parse(source)
            if any(not isinstance(node, PLAIN) for node in tree.find_all(nodes.Node)):
                raise RuleViolation("letter.not_plain")
            names |= {node.name for node in tree.find_all(nodes.Name)}
    except (TemplateError, RecursionError) as error:  # brackets in brackets in brackets
        raise RuleViolation("letter.not_plain") from error
    return names


def _sources(template: bytes) -> list[str]:
    """Return the texts of a Word file in which fields may stand: body, headers, footers, notes, properties."""
    try:
        with ZipFile(BytesIO(template)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
                raise RuleViolation("letter.unreadable")
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
        parts = [document.get_xml()]
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            parts += [document.get_part_xml(part) for _key, part in document.get_headers_footers(uri)]
        about = document.docx.core_properties
        parts += [about.author, about.comments, about.identifier, about.language, about.subject, about.title]
        notes = (
            part for part in document.docx.part.package.iter_parts() if "footnotes" in str(part.partname)
        )
        parts += [part.blob.decode("utf-8") for part in notes]
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError, NotImplementedError) as error:
        raise RuleViolation("letter.unreadable") from error
    return [document.patch_xml(part) for part in parts]


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


# ── the letter that comes with the house ─────────────────────────────────────

BODY_FONT, HEAD_FONT = "仿宋", "宋体"


def plain_letter(
    *, title: str, above: str, greeting: str, body: Iterable[str], closing: Iterable[str]
) -> bytes:
    """Return a letter as offices write it, to fill and to change in Word.

    Args:
        title, above: the head and the line with the number below it.
        greeting: begins at the margin; the paragraphs of ``body`` are indented by two characters.
        closing: name and date, at the right.
    """
    document = _page()
    head = _written(document.add_paragraph(), title, 22, HEAD_FONT)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number = _written(document.add_paragraph(), above, 12)
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.space_after = Pt(18)
    _written(document.add_paragraph(), greeting, 16)
    for words in body:
        _written(document.add_paragraph(), words, 16).paragraph_format.first_line_indent = Pt(32)
    document.add_paragraph()
    for words in closing:
        _written(document.add_paragraph(), words, 16).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def form_in_word(
    *,
    title: str,
    above: str,
    lines: Iterable[Sequence[str]],
    said: Mapping[str, str] | None = None,
) -> bytes:
    """Return a form to be filled in Word: each line a row of a table, its fields with room beside them.

    Args:
        title, above: the head and the line below it.
        lines: the names of the fields of each line; three or more of them head columns.
        said: what stands in a field already, by its name.
    """
    known = {name: _UNWRITABLE.sub("", text) for name, text in (said or {}).items()}
    document = _page()
    head = _written(document.add_paragraph(), title, 20, HEAD_FONT)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(document.add_paragraph(), above, 12).paragraph_format.space_after = Pt(9)
    for names in lines:
        cells = (
            [text for name in names for text in (name, known.pop(name, ""))]
            if len(names) < 3
            else list(names)
        )
        table = document.add_table(rows=1 if len(names) < 3 else 9, cols=len(cells), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            _written(cell.paragraphs[0], text, 12)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page() -> WordDocument:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(27)
    page.top_margin, page.bottom_margin = Mm(35), Mm(30)
    return document


def _written(paragraph: Paragraph, words: str, size: int, font: str = BODY_FONT) -> Paragraph:
    paragraph.paragraph_format.line_spacing = Pt(size * 1.75)
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(words)
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return paragraph
