"""Names and numbers in the cells of a roster.

Which number belongs to whom: as many numbers as names pair up in their order, one each; otherwise all
numbers are the first person's.
"""

import re
from dataclasses import dataclass

from hemu.estate.roster.characters import half_width
from hemu.estate.roster.shapes import Kind, ParsedPerson

MAX_NAME = 100
MAX_PHONES = 10

_NOBODY = re.compile(
    r"(?:暂?无|没有|空|空置|空房|未知|不详|未售|待售|未登记|未填|保密|业主|\?+|？+|-+|—+|/+|\\+|x+|\*+|0|n/?a|null|none|nan)?",
    re.I,
)
_NO_PHONE = re.compile(
    r"(?:暂?无|没有|没留|未留|未留电话|未提供|未知|不详|空号|停机|保密|拒绝提供|无电话|未登记|未填|\?+|？+|-+|—+|/+|x+|\*+|0|n/?a|null|none|nan)?",
    re.I,
)
_COMPANY = re.compile(
    r"公司|集团|银行|事务所|合作社|委员会|居委会|街道办|政府|幼儿园|大学|学校|医院|协会|基金|企业|工作室|商行"
    r"|.{2,}(?:中心|酒店|超市|餐厅)$|.{4,}(?:厂|局|院|所|店|社|部|行)$"
    r"|\b(?:co\.?,? ?ltd|ltd|limited|inc|llc|corp|company)\b",
    re.I,
)
_PARTS = re.compile(r"[、/,，;；|\n&＆]+")
_HAN = re.compile(r"[\u3400-\u9fff·\u3007]+")
_BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]?")
_COMPOUND = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|司空|夏侯|轩辕|端木|百里|呼延|南宫|独孤"
)
_TITLES = re.compile(r"(?<=[\u3400-\u9fff])(?:先生|女士|小姐|太太)$")
_ROLES: tuple[tuple[str, Kind], ...] = (
    (r"租|承租|住客", "tenant"),
    (r"共有|共同|配偶|夫妻|妻|丈夫|爱人", "co_owner"),
    (r"公司|单位|法人", "company"),
    (r"业主|产权人|户主|房主|本人", "owner"),
    (r"家属|亲属|父|母|子|女|联系人|亲|保姆|代理|员工|紧急|其他|同住", "contact"),
)

_MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(
    r"(?:\+?86|0086)?(0(?:10|2[0-9]|[3-9][0-9]{2})[1-9][0-9]{6,7}|[2-8][0-9]{6,7}|[48]00[0-9]{7})"
)
_ABROAD = re.compile(r"(?:\+|00)([1-9][0-9]{7,14})")
_EXTENSION = re.compile(r"(?:转|ext\.?|x|#|分机)[:\s]*([0-9]{1,6})$", re.I)
_DASHED_EXTENSION = re.compile(r"((?:0[0-9]{2,3}[-\s]?)?[1-9][0-9]{6,7}|[48]00[0-9]{7})-([0-9]{1,6})")
_PHONE_PARTS = re.compile(r"[、/,;|\n&或和及]+")
_GAPS = re.compile(r"[\s().-]+")
_RUN = re.compile(r"[+0-9][0-9\s().+-]*(?:(?:转|ext\.?|x|#|分机)[:\s]*[0-9]+)?", re.I)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one cell: valid ones as digits (an extension after a dash), ``""`` in an unreadable one's place.

    Args:
        unreadable: what could not be read, all but its first three digits masked.
        none_left: the cell says that no number was left.
    """

    slots: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    none_left: bool = False


def read_phones(text: str) -> Numbers:
    """Return the numbers in a cell: several, spaced, with country code, area code or extension."""
    plain = half_width(text).strip()
    if _NO_PHONE.fullmatch(plain):
        return Numbers(none_left=bool(plain))
    slots: list[str] = []
    unreadable: list[str] = []
    for part in filter(None, _PHONE_PARTS.split(plain)):
        for run in _runs(part):
            number = _number(run)
            if number not in slots or not number:
                slots.append(number)
            if not number:
                unreadable.append(masked(run))
    if not slots:
        unreadable.append(masked(plain))
    return Numbers(tuple(slots[:MAX_PHONES]), tuple(unreadable))


def masked(text: str) -> str:
    """Return the text with all digits but the first three as ``*``, at most 40 characters."""
    seen = 0
    shown = []
    for sign in text[:40]:
        seen += sign.isdigit()
        shown.append("*" if sign.isdigit() and seen > 3 else sign)
    return "".join(shown)


def _runs(part: str) -> list[str]:
    """Return the numbers of a part; spaces lie within a number (199 0170 2289) as well as between two."""
    runs = [run.strip() for run in _RUN.findall(part) if any(sign.isdigit() for sign in run)]
    apart: list[str] = []
    for run in runs:
        pieces = run.split()
        apart.extend(pieces if len(pieces) > 1 and all(map(_number, pieces)) else [run])
    return apart


def _number(run: str) -> str:
    if found := _MOBILE.fullmatch(_GAPS.sub("", run)):
        return found[1]
    extension = ""
    if found := _EXTENSION.search(run):
        run, extension = run[: found.start()], found[1]
    elif found := _DASHED_EXTENSION.fullmatch(run):
        run, extension = found[1], found[2]
    digits = _GAPS.sub("", run)
    if found := _LANDLINE.fullmatch(digits):
        return found[1] + (f"-{extension}" if extension else "")
    if not extension and (found := _ABROAD.fullmatch(digits)) and not found[1].startswith("86"):
        return "00" + found[1]
    return ""


def is_company(name: str) -> bool:
    """Tell whether a name is a company's, an office's, a school's."""
    return _COMPANY.search(name) is not None


def read_names(text: str) -> list[str]:
    """Return the names in a cell, co-owners apart; empty where it says that there is nobody."""
    names: list[str] = []
    bare = text if is_company(text) else _BRACKETS.sub(" ", text)
    for part in _PARTS.split(bare):
        for name in _apart(part.strip()):
            if name and name not in names and any(sign.isalpha() for sign in name):
                names.append(name[:MAX_NAME])
    return names


def notes_in(text: str) -> str:
    """Return what stands in brackets behind a person's name and is neither a role nor a number."""
    if is_company(text):
        return ""
    notes = [note.strip() for note in _BRACKETS.findall(text)]
    return "、".join(
        note for note in notes if note and not role_of(note) and not re.search(r"[0-9]{5}", note)
    )


def role_of(text: str) -> Kind | None:
    """Return what a role's word makes of a person; None where it is no such word."""
    for pattern, kind in _ROLES:
        if re.search(pattern, text):
            return kind
    return None


def role_beside(name: str, text: str) -> Kind | None:
    """Return the role that stands in brackets behind a name in its cell: 李某(租户)."""
    found = re.search(re.escape(name) + r"\s*[(（\[【]([^)）\]】]*)", text)
    return role_of(found[1]) if found else None


def _apart(part: str) -> list[str]:
    part = re.sub(r"[0-9+][0-9+ -]{5,}", " ", part).strip(" :：.。")
    if _NOBODY.fullmatch(part):
        return []
    if is_company(part):
        return [" ".join(part.split())]
    pieces = [piece for word in part.split() for piece in _at_and(word)]
    if len(pieces) > 1 and all(_HAN.fullmatch(piece) for piece in pieces):
        whole = all(len(piece) > 1 and not _COMPOUND.fullmatch(piece) for piece in pieces)
        return [_TITLES.sub("", piece) for piece in pieces] if whole else ["".join(pieces)]
    return [_TITLES.sub("", " ".join(pieces))]


def _at_and(word: str) -> list[str]:
    """Part 李明和王芳, but neither 王和平 nor 欧阳和平: both sides must be names of two to four signs."""
    for found in re.finditer("[和与及]", word):
        left, right = word[: found.start()], word[found.end() :]
        if 2 <= len(left) <= 4 and 2 <= len(right) <= 4 and len(word) >= 5 and _HAN.fullmatch(left + right):
            return [left, right]
    return [word]


def people_of(names: list[str], numbers: list[str], first: Kind, others: Kind) -> list[ParsedPerson]:
    """Return the people of a row with their numbers (see the module's rule); ``""`` is an unreadable number."""
    if not names:
        known = [number for number in numbers if number]
        return [ParsedPerson(first, "", known)] if known else []
    people = [_person(name, others if place else first) for place, name in enumerate(names)]
    paired = len(names) == len(numbers)
    for place, number in enumerate(numbers):
        owner = people[place if paired else 0]
        if number and number not in owner.phones:
            owner.phones.append(number)
    return people


def _person(name: str, kind: Kind) -> ParsedPerson:
    company = is_company(name)
    return ParsedPerson("company" if company and kind in ("owner", "co_owner") else kind, name, [], company)
