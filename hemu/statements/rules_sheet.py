"""Reading an accountant's sheet: where its header is, what its columns mean, which rows are lines and which are sums. Pure.

Merged and two-row headings, 收入 and 支出 one below the other or side by side, subtotals, 其中, blanks, 万元 or 元.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hemu.estate.roster.characters import half_width
from hemu.estate.roster.shapes import Sheet
from hemu.foundation.errors import RuleViolation
from hemu.statements.rules import CATEGORIES, EXPENSE, INCOME, MOST_LINES, Line
from hemu.statements.rules_amounts import WAN, YUAN, UnreadableAmount, amount_of, step_of

LOOKED_AT = 40
"""Rows in which the header is looked for."""
_FIELDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("", r".*(?:上月|上期|去年|同期|上年|差异|差额|增减|完成率|执行率|占比|比例|累计预算|预算累计|序号|编号|行次|单位名称).*|序|号"),
        ("note", r".*(?:备注|说明|附注).*"),
        ("category", r"(?:收支)?(?:类别|类型)|收支|收/支"),
        ("item", r"(?:收支|费用|收入|支出|成本|会计)?(?:项目|科目|内容|名称|摘要|明细)(?:名称)?|收入|支出"),
        ("budget_year", r"(?:年度|全年|本年|年)度?(?:预算|计划).*"),
        ("budget", r".*(?:预算|计划).*"),
        ("year", r".*(?:累计|年初至今|至本月).*|本年(?:度)?(?:发生|实际|金额).*|本年"),
        ("month", r"(?:本月|本期|当月|\d{1,2}月份?)(?:实际|发生|金额|数|收支|收入|支出)?(?:金额|额|数)?|实际.*|发生额|金额|实绩"),
    )
)  # fmt: skip
_UNIT = re.compile(r"单位[:：]?\s*(?:人民币)?(万?元)|[(（](万?元)[)）]")
_NUMBERING = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．,，]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）][、.]?"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"(?:[(（]\d{1,2}[)）]|\d{1,2}[.．]\d{1,2})[、.]?"),
    re.compile(r"[①-⑳]"),
)
_HEADS = ((INCOME, re.compile(r"(?:主营业务|经营性?|本月|营业)?(?:收入|进账)(?:类|部分|项目|情况|明细)?")),
          (EXPENSE, re.compile(r"(?:主营业务|经营性?|本月|营业)?(?:支出|费用|成本|开支|成本费用)(?:类|部分|项目|情况|明细)?")))  # fmt: skip
_SUM = re.compile(r"(.*?)(?:合计|总计|总额|小计)(?:数|金额)?")
_OPENING = re.compile(r".*(?:上月|上期|期初|月初|年初)(?:末)?(?:累计)?(?:结余|余额|结转|结存).*")
_CLOSING = re.compile(r".*(?:期末|本?月末|累计)(?:累计)?(?:结余|余额|结存).*|.*(?:结转下月|结转下期).*")
_SURPLUS = re.compile(
    r"(?:本月|本期|当月|收支)?(?:收支)?(?:结余|盈亏|差额|净额|损益|利润|净利润|盈余|结余额)(?:额)?(?:[(（].*[)）])?"
)
_PART = re.compile(r"其中[:：]?.*")


@dataclass(frozen=True)
class Remark:
    """Something of the sheet that a person should know: its code, the row as Excel counts it, what it needs."""

    code: str
    row: int
    params: dict[str, str] = field(default_factory=dict)


@dataclass
class Read:
    """What was read from a sheet; amounts in 分."""

    sheet: str
    unit: int = YUAN
    lines: list[Line] = field(default_factory=list)
    opening: int | None = None
    closing: int | None = None
    stated: dict[str, int] = field(default_factory=dict)
    budget_for: str = "month"
    notes: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    step: int = 1

    @property
    def rounding(self) -> int:
        """Return by how many 分 a sum may differ from its parts, which the sheet shows rounded."""
        return max(1, self.step) * max(1, len(self.lines))


@dataclass(frozen=True)
class _Block:
    """Columns that belong together: one item and its amounts; a sheet with both sides beside each other has two."""

    category: str
    columns: dict[str, int]


@dataclass
class _Row:
    """One row of a block as it was read; level is that of its numbering, 9 where it has none."""

    number: int
    name: str
    level: int
    category: str
    amounts: dict[str, int | None]
    note: str
    is_sum: bool = False


def read_statement(sheets: Sequence[Sheet], *, month: str) -> Read:
    """Return what the sheet of a month says: the one that bears its name, else the first that is a statement.

    Raises:
        RuleViolation: ``statement.no_table``: no sheet has a column of items and one of amounts;
            ``statement.too_many_lines`` (limit).
    """
    for sheet in sorted(sheets, key=lambda each: not _is_of(each.name, month)):
        found = _header(sheet)
        if found:
            first, blocks = found
            read = _read(sheet, first, blocks)
            if read.lines:
                return read
    raise RuleViolation("statement.no_table")


def _is_of(name: str, month: str) -> bool:
    year, number = month.split("-")
    plain = re.sub(r"\s", "", half_width(name))
    short = re.search(rf"(?<!\d)0?{int(number)}月", plain) is not None
    other_year = re.search(r"20\d\d", plain)
    return (short or f"{year}{number}" in re.sub(r"[-./年]", "", plain)) and (
        other_year is None or other_year[0] == year
    )


# ── the header ────────────────────────────────────────────────


def _header(sheet: Sheet) -> tuple[int, list[_Block]] | None:
    """Return the first row below the header, and the blocks of columns; None where the sheet has none."""
    wide = {(row, column): left for row, left, right in sheet.wide for column in range(left, right + 1)}
    for top in range(min(LOOKED_AT, len(sheet.rows))):
        for height in (1, 2, 3):
            if top + height > len(sheet.rows) or (height > 1 and not _goes_on(sheet, top, height)):
                break
            names = [_name_of(sheet, wide, range(top, top + height), at) for at in range(len(sheet.rows[0]))]
            blocks = _blocks(names)
            if blocks and not (height < 3 and _goes_on(sheet, top, height + 1)):
                return top + height, blocks
    return None


def _goes_on(sheet: Sheet, top: int, height: int) -> bool:
    """Tell whether the header has one row more: no number in it, and its item's cell merged down or empty."""
    if top + height > len(sheet.rows):
        return False
    above, row = sheet.rows[top], sheet.rows[top + height - 1]
    filled = [cell for cell in row if cell]
    if not filled or any(re.fullmatch(r"[-(（￥¥]?[\d,.]+[)）]?", half_width(cell)) for cell in filled):
        return False
    items = [at for at, cell in enumerate(above) if _field_of(cell) == "item"]
    named = [at for at, cell in enumerate(row) if cell and _field_of(cell)]
    return bool(items) and len(named) > len(items) - 1 and all(row[at] in ("", above[at]) for at in items)


def _name_of(sheet: Sheet, wide: dict[tuple[int, int], int], rows: range, column: int) -> str:
    parts: list[str] = []
    for row in rows:
        cells = sheet.rows[row]
        text = cells[column] or cells[wide.get((row, column), column)]
        if text and text not in parts:
            parts.append(text)
    return "".join(parts)


def _plain(text: str) -> str:
    return re.sub(r"[\s:：]|[(（][^)）]*[)）]", "", half_width(text))


def _field_of(text: str) -> str | None:
    plain = _plain(text)
    if not plain or len(plain) > 16:
        return None
    return next((name for name, pattern in _FIELDS if pattern.fullmatch(plain)), None)


def _blocks(names: Sequence[str]) -> list[_Block]:
    fields = [_field_of(name) for name in names]
    plain = [_plain(name) for name in names]
    items = [at for at, name in enumerate(fields) if name == "item" and plain[at] not in ("收入", "支出")]
    both = {side: at for side, word in ((INCOME, "收入"), (EXPENSE, "支出"))
            for at, name in enumerate(plain) if name in (word, f"{word}金额", f"本月{word}")}  # fmt: skip
    if len(items) == 1 and len(both) == 2:
        columns = {"item": items[0], INCOME: both[INCOME], EXPENSE: both[EXPENSE]}
        return [_Block("", columns)]
    blocks = []
    for place, start in enumerate(items):
        end = items[place + 1] if place + 1 < len(items) else len(names)
        columns = {"item": start}
        begin = 0 if place == 0 else start
        for at in range(begin, end):
            name = fields[at]
            if name and name != "item" and name not in columns:
                columns[name] = at
        if "month" not in columns:
            return []
        category = next((side for side, word in ((INCOME, "收入"), (EXPENSE, "支出"), (EXPENSE, "费用"))
                         if word in plain[start] and "收支" not in plain[start] and len(items) > 1), "")  # fmt: skip
        blocks.append(_Block(category, columns))
    return blocks


# ── the rows ──────────────────────────────────────────────────


def _read(sheet: Sheet, first: int, blocks: Sequence[_Block]) -> Read:
    found = Read(sheet.name, _unit(sheet.rows[: first + 1]))
    for block in blocks:
        if "budget" not in block.columns and "budget_year" in block.columns:
            found.budget_for = "year"
        rows = [
            row for at in range(first, len(sheet.rows)) if (row := _row(sheet.rows[at], at + 1, block, found))
        ]
        _take(rows, block.category, found)
    if len(found.lines) > MOST_LINES:
        raise RuleViolation("statement.too_many_lines", limit=MOST_LINES)
    return found


def _unit(rows: Sequence[Sequence[str]]) -> int:
    for row in rows:
        for cell in row:
            if said := _UNIT.search(half_width(cell)):
                return WAN if (said[1] or said[2]) == "万元" else YUAN
    return YUAN


def _row(cells: Sequence[str], number: int, block: _Block, found: Read) -> _Row | None:
    columns = block.columns
    name = " ".join(cells[columns["item"]].split())
    amounts = {
        what: _amount(cells[at], number, found)
        for what, at in columns.items()
        if what not in ("item", "note", "category")
    }
    if not name and not any(amounts.values()):
        return None
    category = block.category
    said = half_width(cells[columns["category"]]) if "category" in columns else ""
    for side, word in ((INCOME, "收"), (EXPENSE, "支"), (EXPENSE, "费用"), (EXPENSE, "成本")):
        if word in said and "收支" not in said:
            category = side
            break
    for side in CATEGORIES:
        if side in amounts:
            amount = amounts.pop(side)
            if amount is not None:
                amounts["month"], category = amount, side
    if "budget" not in amounts:
        amounts["budget"] = amounts.get("budget_year")
    level, plain = _level(name)
    note = cells[columns["note"]] if "note" in columns else ""
    return _Row(number, plain, level, category, amounts, note)


def _amount(text: str, number: int, found: Read) -> int | None:
    try:
        amount = amount_of(text, unit=found.unit)
    except UnreadableAmount:
        found.remarks.append(Remark("unreadable", number, {"text": text[:30]}))
        return None
    found.step = max(found.step, step_of(text, unit=found.unit) if found.unit == WAN else 1)
    return amount


def _level(name: str) -> tuple[int, str]:
    for level, pattern in enumerate(_NUMBERING):
        if said := pattern.match(name):
            return level, name[said.end() :].strip()
    return 9, name


def _take(rows: Sequence[_Row], category: str, found: Read) -> None:
    """Take the lines of a block; sums, parts (其中) and headings are known as what they are."""
    since: list[_Row] = []
    taken: list[_Row] = []
    for at, row in enumerate(rows):
        heading = next((side for side, pattern in _HEADS if pattern.fullmatch(_plain(row.name))), "")
        if heading:
            category, since = heading, []
            _state(found, category, row.amounts.get("month"))
        elif _PART.fullmatch(row.name):
            found.remarks.append(Remark("part", row.number, {"item": row.name}))
        elif _is_balance(row, found):
            pass
        elif said := _SUM.fullmatch(_plain(row.name)):
            category = _sum(row, said[1], category, since, found)
        elif children := list(_children(rows, at)):
            _compare(row, children, found)
        else:
            row.category = row.category or category or _guess(row.name)
            taken.append(row)
            since.append(row)
    unreadable = {each.row for each in found.remarks if each.code == "unreadable"}
    for row in taken:
        amounts = row.amounts
        written = [amounts.get(name) for name in ("month", "budget", "year")]
        if all(each is None for each in written) and row.number not in unreadable:
            found.remarks.append(Remark("left_out", row.number, {"item": row.name[:30]}))
            continue
        nothing = None if row.number in unreadable else 0
        line = Line(
            row.category, row.name, nothing if written[0] is None else written[0], written[1], written[2]
        )
        found.lines.append(line)
        if row.note:
            found.notes[line.key] = row.note


def _state(found: Read, category: str, amount: int | None) -> None:
    if amount is not None:
        found.stated[category] = amount


def _is_balance(row: _Row, found: Read) -> bool:
    plain, amount = _plain(row.name), row.amounts.get("month")
    if _OPENING.fullmatch(plain):
        found.opening = amount if amount is not None else found.opening
    elif _CLOSING.fullmatch(plain):
        found.closing = amount if amount is not None else found.closing
    elif not _SURPLUS.fullmatch(plain):
        return False
    return True


def _sum(row: _Row, of: str, category: str, since: list[_Row], found: Read) -> str:
    """Take a sum: of a category, or a 小计 over the lines since the last; return the category that goes on."""
    named = next((side for side, pattern in _HEADS if of and pattern.fullmatch(of)), "")
    if "小计" in row.name and not named:
        _compare(row, since, found)
    elif named or category:
        _state(found, named or category, row.amounts.get("month"))
    since.clear()
    return named or category


def _children(rows: Sequence[_Row], at: int) -> Iterator[_Row]:
    """Yield the rows below that a row sums up: of a deeper numbering, or unnumbered ones that add up to it."""
    row = rows[at]
    below: list[_Row] = []
    for each in rows[at + 1 :]:
        if each.level <= row.level or _SUM.fullmatch(_plain(each.name)) or _PART.fullmatch(each.name):
            break
        below.append(each)
    if not below or row.level == 9:
        return
    deeper = any(each.level < 9 for each in below)
    amount = row.amounts.get("month")
    adds_up = (
        len(below) > 1
        and amount is not None
        and sum(each.amounts.get("month") or 0 for each in below) == amount
    )
    if deeper or adds_up:
        yield from below


def _compare(row: _Row, parts: Sequence[_Row], found: Read) -> None:
    """Note a subtotal that is not the sum of its parts."""
    amount, lowest = row.amounts.get("month"), min((each.level for each in parts), default=9)
    summed = sum(each.amounts.get("month") or 0 for each in parts if each.level == lowest or lowest == 9)
    if amount is not None and parts and abs(amount - summed) > max(1, found.step) * len(parts):
        said = {"item": row.name, "stated": str(amount), "sum": str(summed)}
        found.remarks.append(Remark("subtotal_off", row.number, said))


def _guess(name: str) -> str:
    if name.endswith(("收入", "收益")):
        return INCOME
    return EXPENSE if name.endswith(("支出", "费用", "成本")) else ""
