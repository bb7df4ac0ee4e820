"""What cells say about a home: occupancy, flags and remark, dates, area."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from hemu.estate.roster.characters import half_width
from hemu.estate.roster.shapes import Occupancy

MAX_REMARK = 300
MAX_AREA_CENTI = 10_000_000

# In this order: 未收楼已入住 does not exist, 已收楼未入住 does.
_OCCUPANCY: tuple[tuple[str, Occupancy], ...] = (
    (r"未收[楼房]|未交[房付楼]|未接[房收]|未领房|待交[房付]|未售|待售", "not_handed_over"),
    (r"未入住|未住|没住|未居住|未搬|待入住|装修", "not_moved_in"),
    (r"空置|空关|空房|空户|闲置|^空$|无人", "vacant"),
    (r"租", "let"),
    (r"办公|商用|商业|经营|公司|民宿|店|住改商", "business"),
    (r"入住|自住|常住|居住|在住|自用|^住$|已住|有人", "occupied"),
)
_FLAGS: tuple[tuple[str, str], ...] = (
    ("lives_alone", r"(?:(?:独居|孤寡|空巢)(?:老人|老年人|长者)?)"),
    ("hardship", r"(?:(?:特别|特殊)?(?:困难|低保|特困)(?:户|家庭|业主|住户)?)"),
    ("disabled", r"(?:(?:有)?残(?:疾|障)(?:人|人士|业主|住户|老人)?)"),
    (
        "no_calls",
        r"(?:(?:请?勿|不要|别|禁止|不接)(?:打|致|来)?(?:电话|扰|打扰|电)|免打扰|(?:请|只|可)?发短信|短信联系)",
    ),
)
_SEGMENTS = re.compile(r"[,，;；、。\s]+")
_NO_REMARK = re.compile(r"(?:无|-+|—+|/+|没有)?")

_SHORT_YEAR = re.compile(r"(?<![0-9])([0-4][0-9])(?=年)")
_DAY = re.compile(
    r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*(?:[-/.月]\s*([0-9]{1,2})\s*[日号]?|月)?(?:[ T][0-9:.]*)?"
)
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_YEAR = re.compile(r"([0-9]{4})年")
_SERIAL = re.compile(r"[2-6][0-9]{4}")
_AREA = re.compile(r"(?:约)?([0-9]+(?:\.[0-9]+)?)(?:m2|m\^2|㎡|平方米|平方|平米|平|方|米)?", re.I)


@lru_cache(maxsize=8192)
def read_occupancy(text: str) -> Occupancy | None:
    """Return what a cell says of the home's use; ``unknown`` for a blank cell, None where unreadable."""
    if _NO_REMARK.fullmatch(text):
        return "unknown"
    return next((code for pattern, code in _OCCUPANCY if re.search(pattern, text)), None)


def read_remark(text: str) -> tuple[list[str], str]:
    """Return the flags in a remark and the words that are more than a flag."""
    flags: set[str] = set()
    left = []
    for segment in _SEGMENTS.split(text):
        found = [flag for flag, pattern in _FLAGS if re.search(pattern, segment)]
        flags.update(found)
        if not any(re.fullmatch(pattern, segment) for _, pattern in _FLAGS):
            left.append(segment)
    if not flags:
        return [], "" if _NO_REMARK.fullmatch(text) else text[:MAX_REMARK]
    return sorted(flags), "，".join(filter(None, left))[:MAX_REMARK]


@lru_cache(maxsize=8192)
def read_date(text: str) -> date | None:
    """Return the day a cell names, of a month or year its first; None where unreadable or outside 1980–2100."""
    plain = _SHORT_YEAR.sub(r"20\1", half_width(text).strip())
    try:
        if found := _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain):
            day = date(int(found[1]), int(found[2]), int(found[3] or 1))
        elif found := _YEAR.fullmatch(plain):
            day = date(int(found[1]), 1, 1)
        elif _SERIAL.fullmatch(plain):
            day = date(1899, 12, 30) + timedelta(days=int(plain))
        else:
            return None
    except ValueError:
        return None
    return day if 1980 <= day.year <= 2100 else None


@lru_cache(maxsize=8192)
def read_area(text: str) -> int | None:
    """Return the area in 0.01 m², rounded half up; None where unreadable, zero or above 100,000 m²."""
    found = _AREA.fullmatch(half_width(text).replace(",", "").replace(" ", ""))
    if not found or len(found[1]) > 20:
        return None
    try:
        centi = int((Decimal(found[1]) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    except InvalidOperation:
        return None
    return centi if 0 < centi <= MAX_AREA_CENTI else None
