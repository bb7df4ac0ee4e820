"""A staff list into members of staff, refused rows and warnings."""

import hashlib
import re
from dataclasses import replace
from datetime import date

from hemu.estate.roster.header import find_header
from hemu.estate.roster.people import read_phones
from hemu.estate.roster.reading import read_sheets
from hemu.estate.roster.remarks import read_date
from hemu.estate.roster.rows import Row
from hemu.estate.roster.shapes import Note, Refused, Sheet, Source
from hemu.foundation.errors import RuleViolation
from hemu.staffing.staff_sheet.header import field_of
from hemu.staffing.staff_sheet.posts import PostWord, read_posts, trade_of
from hemu.staffing.staff_sheet.shapes import ParsedMember, ParsedPost, ParsedStaffList

MAX_ROWS = 5_000
MAX_NAME, MAX_LOGIN, MAX_NUMBER = 60, 40, 30

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,39}")
_GONE = re.compile(r".*(?:离职|离岗|辞职|辞退|解聘|解除|退休|调离|调走|开除|已离|不在职|不在岗).*|否|走了|离")
_NOT_GONE = re.compile(r".*(?:未离职|拟离职|待离职|无离职).*")
_DAY_IN = re.compile(r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}|(?:19|20)[0-9]{6}")
_TITLE = re.compile(
    r"(?:合\s*计|总\s*计|小\s*计|共\s*计|制表|填表|审核|备\s*注|说明|注)\s*[:：(（0-9]?.{0,40}|共?\s*[0-9]+\s*[人名]"
)
_SPLIT = re.compile(r"[、/,，;；|\n\s]+")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]?")
_OPEN_END = re.compile(r"[-—/]+|无|长期|至今|今|现在|无固定期限?|在职")
_RANGE = re.compile(r"([0-9]{1,2})\s*[-~至到]\s*([0-9]{1,2})\s*(?:栋|幢|座|号楼|#)?")


def parse_staff_list(content: bytes, filename: str = "") -> ParsedStaffList:
    """Return all that a staff file says.

    Rows of the same person (same number, login or phone; same name where none of them speaks against it) are
    joined: each adds its posts. A row without a name adds a post to the person above.

    Args:
        filename: its stem stands for a CSV's sheet name.

    Raises:
        RuleViolation: ``roster.empty``, ``roster.too_large``, ``roster.unreadable``, ``staff.no_header``.
    """
    sheets, notes = read_sheets(content, filename)
    found = ParsedStaffList(hashlib.sha256(content).hexdigest(), warnings=notes)
    gather = _Gathering(found)
    headed = 0
    for sheet in sheets:
        header = find_header(sheet, field_of=field_of, key="name")
        if header is None:
            if any(map(any, sheet.rows)):
                found.warnings.append(Note(Source(sheet.name, 0), "roster.sheet_skipped"))
            continue
        headed += 1
        found.headers[sheet.name] = header.words
        gather.office = _office_in_title(sheet, header.first)
        for number, cells in enumerate(sheet.rows[header.after :], header.after + 1):
            if tuple(cells) not in header.cells:
                gather.take(Row(Source(sheet.name, number), header, cells))
        gather.last = None
    if not headed:
        raise RuleViolation("staff.no_header")
    return found


def _office_in_title(sheet: Sheet, first: int) -> str:
    """Return the office that a title above the table names: 和风花园管理处员工花名册."""
    for row in sheet.rows[:first]:
        for cell in filter(None, row):
            if named := re.match(r"(.{2,30}?(?:管理处|服务中心|服务处|项目部))", cell):
                return named[1]
    return ""


class _Gathering:
    """The people of a file while its rows are read."""

    def __init__(self, found: ParsedStaffList) -> None:
        self.found = found
        self.office = ""
        self.last: ParsedMember | None = None

    def take(self, row: Row) -> None:
        filled = [cell for cell in row.cells if cell]
        if not filled or (len(set(filled)) <= 2 and _TITLE.fullmatch(filled[0])):
            return
        if not row.has("name") and not row.has("post", "phone", "login"):
            return
        self.found.rows += 1
        if self.found.rows > MAX_ROWS:
            raise RuleViolation("roster.too_large", limit=MAX_ROWS, unit="rows")
        try:
            self._take(row)
        except RuleViolation as no:
            params = {name: str(value) for name, value in no.params.items()}
            self.found.refused.append(Refused(row.source, no.code, params, tuple(row.cells)))
            self.last = None
        else:
            self.found.cells[row.source] = tuple(row.cells)
            self.found.warnings += row.notes

    def _take(self, row: Row) -> None:
        if not row.has("name") and self.last is not None and not row.has("phone", "login", "number"):
            member = ParsedMember(self.last.name, self.last.number, self.last.phone, self.last.login)
        else:
            member = member_of(row)
        member.posts = posts_of(row, self.office, needed=not member.left)
        member.sources = [row.source]
        known = next((each for each in self.found.members if _same(each, member)), None)
        if known is None:
            self.found.members.append(member)
            self.last = member
            return
        _join(known, member, row)
        self.last = known


def member_of(row: Row) -> ParsedMember:
    """Return who a row is about, without their posts.

    Raises:
        RuleViolation: ``staff.no_name``, ``staff.login_unreadable`` (text).
    """
    written = row.first("name")
    notes = " ".join(_BRACKETS.findall(written))
    name = re.sub(r"\s+", "", _BRACKETS.sub("", written)) if not written.isascii() else written.strip()
    if not name or not any(sign.isalpha() for sign in name):
        raise RuleViolation("staff.no_name")
    login = row.first("login").strip().lower()
    if login and not _LOGIN.fullmatch(login):
        raise RuleViolation("staff.login_unreadable", text=row.first("login")[:40])
    member = ParsedMember(name[:MAX_NAME], row.first("number")[:MAX_NUMBER], _phone(row), login)
    said = [row.first("status"), *row.all("remark"), notes]
    member.left_on = _day(row, "left_on")
    gone = [text for text in said if _GONE.fullmatch(text) and not _NOT_GONE.fullmatch(text)]
    member.left = bool(gone) or member.left_on is not None
    if member.left and member.left_on is None:
        member.left_on = next((day for text in gone if (day := _day_within(text))), None)
    return member


def _phone(row: Row) -> str:
    for text in row.all("phone"):
        numbers = read_phones(text)
        if usable := next(filter(None, numbers.slots), ""):
            return usable
        if numbers.unreadable:
            row.warn("staff.phone_unreadable", text=numbers.unreadable[0])
    return ""


def _day(row: Row, name: str) -> date | None:
    text = row.first(name)
    if not text or _OPEN_END.fullmatch(text):
        return None
    day = read_date(text)
    if day is None:
        row.warn("roster.date_unreadable", text=text[:40])
    return day


def _day_within(text: str) -> date | None:
    found = _DAY_IN.search(text)
    return read_date(found[0]) if found else None


def posts_of(row: Row, office: str, *, needed: bool) -> list[ParsedPost]:
    """Return the posts of a row, under the office of the sheet's title where it names none.

    Raises:
        RuleViolation: ``staff.no_post``, ``staff.post_unknown`` (text), ``staff.ends_before_it_begins``.
    """
    words, unknown = read_posts("、".join(row.all("post")))
    if not needed and (unknown or not words):
        return []
    if unknown:
        raise RuleViolation("staff.post_unknown", text="、".join(unknown)[:60])
    if not words:
        raise RuleViolation("staff.no_post")
    since, until = _day(row, "since"), _day(row, "until")
    if since and until and until < since:
        raise RuleViolation("staff.ends_before_it_begins")
    common = ParsedPost(
        role="",
        office=row.first("office") or office,
        department=row.first("department"),
        communities=tuple(dict.fromkeys(filter(None, _SPLIT.split("、".join(row.all("community")))))),
        buildings=tuple(buildings_in("、".join(row.all("building")))),
        since=since,
        until=until,
    )
    return [replace(common, role=word.role, trade=_trade(row, word)) for word in words]


def _trade(row: Row, word: PostWord) -> str:
    if word.trade or word.role not in ("department_head", "technician", "security"):
        return word.trade
    return trade_of(row.first("trade")) or trade_of(row.first("department"))


def buildings_in(text: str) -> list[str]:
    """Return the buildings that a cell names: ``1-3栋、5栋`` is 1, 2, 3, 5."""
    found: list[str] = []
    for part in filter(None, re.split(r"[、,，;；|\n\s]+", text)):
        span = _RANGE.fullmatch(part)
        if span and int(span[1]) <= int(span[2]):
            found += [str(number) for number in range(int(span[1]), int(span[2]) + 1)]
        else:
            found.append(re.sub(r"(?:栋|幢|座|号楼|楼|#)$", "", part)[:20])
    return list(dict.fromkeys(filter(None, found)))


def _same(known: ParsedMember, other: ParsedMember) -> bool:
    """Tell whether two rows are about one person: by what is said of both, else by the name."""
    for mine, theirs in (
        (known.number, other.number),
        (known.login, other.login),
        (known.phone, other.phone),
    ):
        if mine and theirs:
            return mine == theirs and known.name == other.name
    return known.name == other.name


def _join(known: ParsedMember, again: ParsedMember, row: Row) -> None:
    new = [post for post in again.posts if post not in known.posts]
    known.posts += new
    known.sources += again.sources
    for name in ("number", "phone", "login"):
        setattr(known, name, getattr(known, name) or getattr(again, name))
    known.left, known.left_on = known.left or again.left, known.left_on or again.left_on
    if not new:
        row.warn("staff.row_twice", name=known.name, row=str(known.sources[0].row))
