"""Reading a file into sheets of clean text cells: xlsx, xls, CSV in the encodings and separators offices use."""

import csv
import io
import re
import statistics
import zipfile
import zlib
from datetime import date, datetime
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from hemu.estate.roster.characters import clean_cell
from hemu.estate.roster.shapes import Note, Sheet, Source
from hemu.foundation.errors import RuleViolation

MAX_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 200_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 5_000_000
MAX_CELL_LENGTH = 2_000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Formatted cells without a value reach the last column in many a real file; only those with a value count.
_VALUED_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Z]{1,3})([0-9]{1,7})["'][^>/]*>\s*<[^/]""")
_ROW_OF_NAMELESS_CELLS = re.compile(
    rb"""<(?:\w+:)?row\s[^>]*?r=["']([0-9]+)["'][^>]*>\s*<(?:\w+:)?c(?:>|\s(?![^>]*\br=))"""
)
_MARKUP = re.compile(r"\s*<(!doctype|html|\?xml|table|meta)", re.IGNORECASE)


def read_sheets(content: bytes, filename: str = "") -> tuple[list[Sheet], list[Note]]:
    """Return the visible sheets of a file, and a warning for each hidden one that is left out.

    What a file is, is told by its content, not by its name; the name becomes the sheet's name of a CSV.

    Raises:
        RuleViolation: ``roster.empty``, ``roster.too_large`` (``limit``), ``roster.unreadable`` (``why``:
            password, damaged, encoding, not_a_table).
    """
    if not content.strip():
        raise RuleViolation("roster.empty")
    if len(content) > MAX_BYTES:
        raise RuleViolation("roster.too_large", limit=MAX_BYTES, unit="bytes")
    if content.startswith((_ZIP, _OLE)):
        sheets, notes = _read_workbook(content)
    else:
        sheets, notes = [_read_csv(content, filename)], []
    if sum(len(sheet.rows) for sheet in sheets) > MAX_ROWS:
        raise RuleViolation("roster.too_large", limit=MAX_ROWS, unit="rows")
    if not any(cell for sheet in sheets for row in sheet.rows for cell in row):
        raise RuleViolation("roster.empty")
    return sheets, notes


def _read_workbook(content: bytes) -> tuple[list[Sheet], list[Note]]:
    if content.startswith(_ZIP):
        _check_package(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = {sheet.name: sheet.visible is SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
        sheets = [_read_sheet(book.get_sheet_by_name(name)) for name, seen in visible.items() if seen]
    except (KeyboardInterrupt, SystemExit, RuleViolation):
        raise
    except PasswordError as problem:
        raise RuleViolation("roster.unreadable", why="password") from problem
    except BaseException as problem:  # a panic of the reader is no Exception
        raise RuleViolation("roster.unreadable", why="damaged") from problem
    hidden = [Note(Source(name, 0), "roster.sheet_hidden") for name, seen in visible.items() if not seen]
    return sheets, hidden


def _check_package(content: bytes) -> None:
    """Refuse what would not fit into memory, before the reader lays out a rectangle of cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if "xl/workbook.xml" not in package.namelist():
                raise RuleViolation("roster.unreadable", why="not_a_table")
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED_BYTES:
                raise RuleViolation("roster.too_large", limit=MAX_UNPACKED_BYTES, unit="bytes")
            for entry in package.infolist():
                _check_extent(package.read(entry))
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ) as no:
        raise RuleViolation("roster.unreadable", why="damaged") from no


def _check_extent(sheet: bytes) -> None:
    rows = columns = 0
    for found in _VALUED_CELL.finditer(sheet):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column_number(found[1]))
    for found in _ROW_OF_NAMELESS_CELLS.finditer(sheet):
        rows = max(rows, int(found[1][:9]))
    _check_size(rows, columns)


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise RuleViolation("roster.too_large", limit=MAX_ROWS, unit="rows")
    if columns > MAX_COLUMNS:
        raise RuleViolation("roster.too_large", limit=MAX_COLUMNS, unit="columns")
    if rows * columns > MAX_CELLS:
        raise RuleViolation("roster.too_large", limit=MAX_CELLS, unit="cells")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_sheet(sheet: CalamineSheet) -> Sheet:
    _check_size(sheet.total_height, sheet.total_width)
    rows = [[_typed(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(clean_cell(sheet.name), rows, _fill_merged(rows, sheet.merged_cell_ranges or []))


def _typed(cell: object) -> str:
    """Return a cell as somebody would have typed it: 1.0 is ``1``, a date is ISO."""
    if isinstance(cell, str):
        return clean_cell(cell[:MAX_CELL_LENGTH]) if cell else ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


_Merged = tuple[tuple[int, int], tuple[int, int]]


def _fill_merged(rows: list[list[str]], merged: list[_Merged]) -> tuple[tuple[int, int, int], ...]:
    """Fill each merged cell's first column downwards; return what is merged sideways.

    Only the first column is filled: a name merged over the phone's column is no phone. Sideways the
    header fills what it needs.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    budget = height * width  # merged cells cannot overlap; a damaged file's might, without end
    wide: list[tuple[int, int, int]] = []
    for (top, left), (bottom, right) in merged:
        if top >= height or left >= width:
            continue
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        budget -= (bottom - top + 1) * (right - left + 1)
        if budget < 0:
            raise RuleViolation("roster.unreadable", why="damaged")
        for row in range(top + 1, bottom + 1):
            rows[row][left] = rows[top][left]
        if right > left:
            wide.extend((row, left, right) for row in range(top, bottom + 1))
    return tuple(wide)


def _read_csv(content: bytes, filename: str) -> Sheet:
    text = _decode(content)
    if "\x00" in text or _MARKUP.match(text):
        raise RuleViolation("roster.unreadable", why="not_a_table")
    delimiter = max(",;\t", key=lambda mark: _typical_width(text, mark))
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([clean_cell(cell[:MAX_CELL_LENGTH]) for cell in row])
            _check_size(len(rows), len(row))
    except csv.Error as problem:
        raise RuleViolation("roster.unreadable", why="not_a_table") from problem
    width = max(map(len, rows), default=0)
    _check_size(len(rows), width)
    stem = re.split(r"[/\\]", filename)[-1].rsplit(".", 1)[0]
    return Sheet(clean_cell(stem), [row + [""] * (width - len(row)) for row in rows])


def _decode(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleViolation("roster.unreadable", why="encoding")


def _typical_width(text: str, delimiter: str) -> float:
    try:
        sample = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 40))
    except csv.Error:
        return 0
    return statistics.median([len(row) for row in sample if row] or [0])
