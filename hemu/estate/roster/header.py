"""Finding the header of a sheet: where it stands, how many rows it has, what its columns mean."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from hemu.estate.roster.characters import half_width
from hemu.estate.roster.shapes import Sheet

Naming = Callable[[str], str | None]
SEARCHED_ROWS = 15
MAX_DEPTH = 3

# The first pattern that fits the whole of a column's words gives its field; "" is known and not taken.
_ROOM = r"房号|室号|房间|房间号|房间编号|房屋编号|房产编号|房屋号|门牌|门牌号|房屋|房产|单元房号|楼栋房号|栋房号|户号"
_FIELDS: tuple[tuple[str, str], ...] = tuple(
    (field, f"(?:{pattern})[0-9]?")
    for field, pattern in (
        (
            "",
            r".*(?:身份证|证件|性别|年龄|生日|出生|民族|邮箱|微信|车牌|合同|物业费|单价|金额|欠费|户型|朝向).*|.*(?:通讯|通信|户籍|邮寄|联系)地址|工作单位|籍贯|编号|序号|序|行号",
        ),
        ("phone", r".*(?:业主|产权|户主).*租.*(?:电话|手机|联系|号码).*"),
        ("owner_name", r".*(?:业主|产权人?|户主).*(?:租户|租客|承租人|使用人)(?:姓名|名称)?"),
        ("tenant_phone", r".*(?:租|使用人).*(?:电话|手机|联系|号码).*"),
        ("tenant_name", r".*(?:租户|租客|承租|租赁人|使用人)(?:人|方|信息)?(?:姓名|名称|名字)?"),
        (
            "contact_phone",
            r".*(?:紧急|家属|其他)联系.*(?:电话|手机|号码).*|(?:家属|联系人)(?:电话|手机)(?:号码)?",
        ),
        ("contact_name", r".*(?:紧急|其他)联系人(?:姓名)?|家属(?:姓名)?|联系人(?:姓名)?"),
        ("co_owner_name", r".*(?:共有|共同|第二)(?:产权|业主)?人?(?:姓名|名称)?|业主配偶|配偶(?:姓名)?"),
        ("co_owner_phone", r".*(?:共有|共同|配偶).*(?:电话|手机|联系方式|号码)"),
        (
            "phone",
            r".*(?:电话|手机|移动电话|联系方式|手机号码?|联系号码|座机|固话)(?:号码|号)?(?:一|二|三|[(].*[)])?",
        ),
        (
            "owner_name",
            r".*(?:产权人|业主|户主|房主|权利人|所有权人|客户|住户|车主)(?:信息|资料)?(?:姓名|名称|名字)|产权人|业主|户主|房主|权利人|所有权人|产权单位|姓名|名称|名字|住户|业主方",
        ),
        (
            "relation",
            r"身份|人员身份|与业主关系|与户主关系|关系|人员类型|人员类别|住户类型|业主类型|客户类型",
        ),
        ("unit", r".*单元(?:号|名称)?|门洞|梯号"),
        (
            "building",
            r".*(?:楼栋|栋号|楼号|楼幢|幢号|座号|楼座|栋座|楼宇)(?:名称|号)?|栋|幢|座|楼|号楼|栋别|组团楼栋",
        ),
        ("floor", r"楼层|层|层数|所在楼层|所在层|层号|楼层号"),
        ("room", rf".*(?:房号|室号|房间号|房屋编号|门牌号)|{_ROOM}|室|房|号|.*(?:坐落|座落|地址|位置)"),
        ("area", r".*面积.*"),
        (
            "occupancy",
            r".*(?:使用情况|入住状态|入住情况|居住情况|居住状态|房屋状态|使用状态|房屋使用|房态|房屋现状|居住状况)|状态|现状|情况",
        ),
        ("handed_over", r".*(?:收楼|交房|交付|接房|收房|交楼|交接|领房)(?:日期|时间|日|时|年月)?"),
        ("moved_in", r".*(?:入住|入伙|搬入)(?:日期|时间|年月)"),
        ("parking", r".*(?:车位|停车)(?:号|编号|位|信息|情况)?"),
        ("remark", r".*(?:备注|说明|特殊情况|注意事项|标签)|附注|注|其他|重点关注"),
    )
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in _FIELDS)
_NOISE = re.compile(r"[\s*:：。_-]+|[(（](?:㎡|m2|平方米|平米|必填|选填|单位.*?)[)）]", re.I)


@dataclass(frozen=True, slots=True)
class Header:
    """A sheet's header.

    Args:
        first, after: its first row and the first row behind it, from 0.
        columns: a field's columns, in their order.
        words: each column's own words, for giving rows back.
        cells: the words of each header row, to know it again where it is repeated.
    """

    first: int
    after: int
    columns: dict[str, list[int]]
    words: list[str]
    cells: frozenset[tuple[str, ...]]


def field_of(words: str) -> str | None:
    """Return the field that a column's words name; ``""`` for one that is known and not taken, None for others."""
    plain = _NOISE.sub("", half_width(words)).replace("m2", "")
    plain = re.sub(r"[(（)）/、]", "", plain) if "面积" not in plain else plain
    if not plain or len(plain) > 20:
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(plain)), None)


def find_header(sheet: Sheet, *, field_of: Naming = field_of, key: str = "room") -> Header | None:
    """Return the header among the first rows of a sheet: the rows that name most fields, the key's among them.

    Args:
        field_of: tells the field that a column's words name, as ``field_of`` here does for a roster.
        key: the field without which there is no list.
    """
    best: Header | None = None
    searched = [row for row in range(len(sheet.rows)) if any(sheet.rows[row])][:SEARCHED_ROWS]
    for first in searched:
        for depth in range(1, MAX_DEPTH + 1):
            found = _header_at(sheet, first, depth, field_of, key)
            if found and (best is None or _worth(found) > _worth(best)):
                best = found
    return best


def _worth(header: Header) -> tuple[int, int, int]:
    """Return how much a header names; of two equal ones the lower is better, it has no title in it."""
    return len(header.columns), sum(map(len, header.columns.values())), header.first - header.after


def _header_at(sheet: Sheet, first: int, depth: int, field_of: Naming, key: str) -> Header | None:
    rows = sheet.rows[first : first + depth]
    if len(rows) < depth or not all(
        _is_all_header(row, above, field_of) for row, above in zip(rows[1:], rows, strict=False)
    ):
        return None
    words = _joined(sheet, first, depth)
    columns: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(words):
        if field := field_of(text) or field_of(text.rsplit("\n", 1)[-1]):
            columns[field].append(place)
    columns.get("area", []).sort(key=lambda place: "建筑" not in words[place])
    filled = sum(1 for text in words if text)
    if key not in columns or (len(columns) < 2 and filled > 1):
        return None
    cells = frozenset(tuple(row) for row in rows)
    return Header(first, first + depth, dict(columns), [text.replace("\n", " ") for text in words], cells)


def _is_all_header(row: list[str], above: list[str], field_of: Naming) -> bool:
    """Tell whether a row only goes on with the header above it: new words, each of them a column's."""
    new = [cell for cell, over in zip(row, above, strict=True) if cell and cell != over]
    return bool(new) and all(field_of(cell) is not None for cell in new)


def _joined(sheet: Sheet, first: int, depth: int) -> list[str]:
    """Return each column's words from top to bottom, the words of a group repeated over its columns."""
    width = len(sheet.rows[first])
    words = [""] * width
    for row in range(first, first + depth):
        cells = list(sheet.rows[row])
        if row < first + depth - 1:
            _spread(sheet, row, cells)
        for place, cell in enumerate(cells):
            if cell and cell not in words[place].split("\n"):
                words[place] = f"{words[place]}\n{cell}" if words[place] else cell
    return words


def _spread(sheet: Sheet, row: int, cells: list[str]) -> None:
    merged = [span for span in sheet.wide if span[0] == row]
    for _, left, right in merged:
        cells[left : right + 1] = [cells[left]] * (right - left + 1)
    if merged:
        return
    for place in range(
        1, len(cells)
    ):  # no merged cells in a CSV: a blank above words belongs to the group on its left
        if not cells[place] and sheet.rows[row + 1][place]:
            cells[place] = cells[place - 1]
