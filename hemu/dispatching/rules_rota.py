"""Reading a rota as offices write it: a table of people and days, each cell a shift, hours, or rest."""

import re
from collections.abc import Mapping, Sequence

from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import DAY_MINUTES, Interval, parse_interval

SHIFTS: Mapping[str, str] = {
    "早": "07:00-15:00",
    "中": "15:00-23:00",
    "夜": "23:00-07:00",
    "白": "08:00-20:00",
    "晚": "20:00-08:00",
    "班": "08:30-17:30",
    "全": "08:00-08:00",
}
"""The shifts that an office has which set none of its own."""
REST = frozenset({"", "休", "休息", "假", "年假", "病假", "事假", "调休", "-", "—", "/", "0", "√休"})
DAYS = 7
_HOURS = re.compile(r"(\d{1,2})(?:[:：.](\d{2}))?\s*[-–—~至到]\s*(\d{1,2})(?:[:：.](\d{2}))?")
_CODE = re.compile(r"\S{1,6}")


def read_cell(text: str, shifts: Mapping[str, str]) -> tuple[Interval, ...]:
    """Return the hours that a cell of a rota means; none for a day of rest. ``早+晚`` are two.

    Args:
        shifts: code → ``08:00-16:00``, as the office names its shifts.

    Raises:
        RuleViolation: ``rota.unreadable_cell`` (text, known).
    """
    text = text.strip()
    if text in REST:
        return ()
    return tuple(_span(part.strip(), shifts) for part in re.split(r"[+＋,，、]", text))


def _span(text: str, shifts: Mapping[str, str]) -> Interval:
    plain = text.removesuffix("班") or text
    for name in (text, plain):
        if name in shifts:
            return parse_interval(shifts[name])
    if hours := _HOURS.fullmatch(text):
        begins, ends = int(hours[1]) * 60 + int(hours[2] or 0), int(hours[3]) * 60 + int(hours[4] or 0)
        if (
            begins < DAY_MINUTES
            and ends <= DAY_MINUTES
            and int(hours[2] or 0) < 60
            and int(hours[4] or 0) < 60
        ):
            return Interval(begins, ends if ends > begins else ends + DAY_MINUTES)
    raise RuleViolation("rota.unreadable_cell", text=text[:20], known=sorted(shifts))


def read_shifts(text: str) -> dict[str, str]:
    """Read an office's own shifts, one a line: ``早 07:00-15:00``.

    Raises:
        RuleViolation: ``rota.unreadable_shift`` (text).
    """
    found: dict[str, str] = {}
    for line in filter(None, (each.strip() for each in text.splitlines())):
        code, _, hours = line.replace("=", " ").replace("：", ":").partition(" ")
        hours = hours.strip().replace("–", "-")
        try:
            parse_interval(hours)
        except RuleViolation:
            raise RuleViolation("rota.unreadable_shift", text=line[:40]) from None
        if not _CODE.fullmatch(code):
            raise RuleViolation("rota.unreadable_shift", text=line[:40])
        found[code] = hours
    return found


def read_table(text: str) -> list[tuple[str, list[str]]]:
    """Read a table pasted from a spreadsheet: a name and up to seven days a line, tabs between.

    Lines without a name or a cell (a title, the days of the week) are passed over; a column of numbers before the names too.
    """
    rows = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > DAYS + 1 and cells[0].isdigit():
            cells = cells[1:]
        if not any(cells[1:]) or not cells[0] or not _is_name(cells[0]):
            continue
        rows.append((cells[0], (cells[1:] + [""] * DAYS)[:DAYS]))
    return rows


NO_NAMES = ("姓名", "日期", "星期", "人员", "序号", "班组", "部门", "name")


def _is_name(text: str) -> bool:
    return text.lower() not in NO_NAMES and not any(sign.isdigit() for sign in text)


def cell_of(spans: Sequence[Interval], shifts: Mapping[str, str]) -> str:
    """Return a cell that means these hours: the shift's code where one has them."""
    codes = {parse_interval(hours): code for code, hours in reversed(list(shifts.items()))}
    return "+".join(codes.get(span) or _written(span) for span in spans)


def _written(span: Interval) -> str:
    begins, ends = divmod(span.start, 60), divmod((span.end - 1) % DAY_MINUTES + 1, 60)
    return f"{begins[0]:02}:{begins[1]:02}-{ends[0]:02}:{ends[1]:02}"
