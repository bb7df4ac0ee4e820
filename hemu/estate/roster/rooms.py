"""Room forms: every way of writing a home's place, read into one.

A full form names building, unit and room by words (``1栋2单元301``, ``A座1201``, ``1#2-301``) or by
dashes (``1-2-301``, ``3-1201``). A short form (``301``, ``2-301``) takes the rest from other columns,
the sheet's name or a title. Leading zeros do not tell homes apart.

The words are first brought to three (栋, 单元, 层), then one pattern reads what has words and one
what has dashes only.
"""

import re
from functools import lru_cache

from hemu.estate.roster.characters import chinese_number, half_width
from hemu.estate.roster.shapes import Room
from hemu.foundation.errors import RuleViolation

_NUMERAL = "零〇一二两三四五六七八九十百"
_COUNTED = re.compile(f"([{_NUMERAL}]+)(?=号|栋|幢|座|单元|门|梯|层|楼|期|区|室|房|弄)")
_SPACES = re.compile(r"[\s,，、./\\|:：;；()\[\]【】-]+")
_GENERIC_END = "小区|社区|花园|大厦|公寓"
_KEPT = "商铺|铺|商业|门面|门店|店面|底商|别墅|车库|储藏室|地下室|架空层|物业用房"
_NUMBER_FIRST = re.compile(rf"([0-9]+[A-Z]?)号?({_KEPT})$")
_BUILDING_WORDS = re.compile(r"号楼|号院|幢|#楼|#|(?<=[0-9A-Z])号(?=.)")
_UNIT_WORDS = re.compile(r"门(?![面店])|梯")
_STOREY = re.compile(r"([0-9]{1,3})楼-?")

_ZONE = r"(?P<zone>(?:(?:[0-9A-Z]{1,3}|(?:(?![栋元层楼])[\u4e00-\u9fff]){1,5}?)(?:期|区|苑|园|弄|组团|里)-?){1,2})?"
_BLOCK = r"(?:[0-9]{1,3}[A-Z]?|[A-Z]{1,2}[0-9]{0,3}|[甲乙丙丁戊东西南北中])"
_UNIT = r"(?:[0-9]{1,2}[A-Z]?|[A-Z][0-9]?|[甲乙丙丁戊东西南北中])"
_BUILDING = rf"{_ZONE}(?P<building>{_BLOCK})"
_NUMBER = r"(?:负?[0-9]{1,5}[A-Z]?|0?[1-9][0-9]{2,3}-[0-9]{1,2}|[0-9]{1,2}[A-Z][0-9]{1,2}|[A-Z]{1,2}[0-9]{1,5}[A-Z]?)"
_ROOM = rf"(?P<room>(?:(?:{_KEPT})-?)?{_NUMBER})(?:室|房|号)?"

_WORDS = re.compile(
    rf"(?:{_BUILDING}栋-?)?(?:(?P<unit>{_UNIT})单元-?|(?P<bare_unit>{_UNIT})-)?"
    rf"(?:(?P<floor>负?[0-9]{{1,3}})层-?)?{_ROOM}"
)
_DASHES = re.compile(rf"{_BUILDING}-(?:(?P<unit>{_UNIT})-)?{_ROOM}")
_LETTERED = re.compile(r"(?P<building>[A-Z])(?P<room>[0-9]{3,4}[A-Z]?)(?:室|房|号)?")
_LABEL = re.compile(rf"(?:{_BUILDING}栋?)?-?(?:(?P<unit>{_UNIT})单元)?")
_IN_TITLE = re.compile(
    rf"(?P<zone>[0-9]期)?-?(?<![-至、,0-9A-Z])(?P<building>{_BLOCK})栋-?(?:(?P<unit>{_UNIT})单元)?"
)
_NAME_BEFORE = re.compile(
    rf"(?!{_KEPT})((?:[小社]区|(?![栋幢座元层楼号期区])[\u4e00-\u9fff]){{3,10}}?)-?(?:[0-9A-Z]|[{_NUMERAL}]+[号栋幢座期区])"
)
_IS_DATE = re.compile(r"(?:19|20)\d\d-\d{1,2}-\d{1,2}")


def read_room(text: str, *, building: str = "", unit: str = "", floor: str = "", community: str = "") -> Room:
    """Return the home that a room cell names.

    Args:
        text: the cell as written.
        building, unit, floor: what other columns, the sheet's name or a title say; they fill what the
            cell leaves out.
        community: the community's name, which some write before the building.

    Raises:
        RuleViolation: ``roster.no_room``, ``roster.room_unreadable`` (``text``), ``roster.room_is_date``
            (a spreadsheet took 3-12 for a date).
    """
    plain = _plain(text, community)
    if not plain:
        raise RuleViolation("roster.no_room")
    if _IS_DATE.fullmatch(plain):
        raise RuleViolation("roster.room_is_date", text=text[:40])
    known_building, known_unit = read_label(building, community)
    known_unit = read_unit(unit) or known_unit
    parts = _parts(plain, known_building, known_unit)
    if parts and not (known_building or "building" in parts):
        parts |= _named(_LETTERED.fullmatch(parts["room"]))
    if not parts or (not known_building and "building" not in parts and "-" in parts["room"]):
        raise RuleViolation("roster.room_unreadable", text=text[:40])
    return _room(parts, known_building, known_unit, floor)


@lru_cache(maxsize=4096)
def read_label(text: str, community: str = "") -> tuple[str, str]:
    """Return building and unit that a label such as ``1号楼``, ``A座2单元`` or ``三`` names; empty where none."""
    found = _LABEL.fullmatch(_plain(_counted_alone(text), community))
    return _label(found) if found else ("", "")


@lru_cache(maxsize=4096)
def read_unit(text: str) -> str:
    """Return the unit that a unit column's cell names: ``1单元``, ``01``, ``二``, ``A座``, ``1栋2单元``."""
    building, unit = read_label(text)
    return unit or building


@lru_cache(maxsize=4096)
def read_floor(text: str) -> int | None:
    """Return the floor that a cell names: ``3``, ``3层``, ``3F``, ``负一层``, ``-1``; None where unreadable."""
    plain = half_width(_counted_alone(text)).upper()
    found = re.fullmatch(r"(第|负|-|B)?\s*([0-9]{1,3})\s*(?:层|楼|F)?", _numbered(plain.strip()))
    if not found:
        return None
    return int(found[2]) if found[1] in (None, "第") else -int(found[2])


def place_in(title: str) -> tuple[str, str]:
    """Return the one building (and unit) that a sheet's name or a title speaks of; empty where none or several."""
    plain = _BUILDING_WORDS.sub("栋", _numbered(half_width(title).upper())).replace("座", "栋")
    found = {_label(match) for match in _IN_TITLE.finditer(plain)}
    return found.pop() if len(found) == 1 else ("", "")


def name_before(text: str) -> str:
    """Return the name of three signs or more that a room begins with, 云锦苑 in 云锦苑1-2-301; empty where none."""
    found = _NAME_BEFORE.match(half_width(text).strip())
    return found[1] if found else ""


def _label(found: re.Match[str]) -> tuple[str, str]:
    building = _token(found["zone"] or "") + _token(found["building"] or "")
    return building if found["building"] else "", _token(found["unit"] or "")


def _plain(text: str, community: str) -> str:
    """Return the text without the community's name, its words brought to 栋, 单元, 层, its gaps to dashes."""
    plain = _numbered(half_width(text).upper())
    for name in (community, re.sub(f"({_GENERIC_END})$", "", community)):
        if len(name) > 1 and name in plain:
            plain = re.sub(f"^({_GENERIC_END})", "", plain[plain.index(name) + len(name) :])
            break
    plain = _SPACES.sub("-", plain).strip("-")
    plain = _NUMBER_FIRST.sub(r"\2\1", plain)
    plain = _UNIT_WORDS.sub("单元", _BUILDING_WORDS.sub("栋", plain, count=1))
    plain = plain.replace("座", "单元" if "栋" in plain else "栋", 1)
    return _STOREY.sub(lambda found: _storey(found, plain), plain, count=1)


def _storey(found: re.Match[str], plain: str) -> str:
    """Tell 楼 the floor from 楼 the building: 3楼301 is floor 3, 3楼1201 and 3楼2单元 are building 3."""
    after = plain[found.end() :]
    room = re.match(r"[0-9]{3,4}(?![0-9])", after)
    on_this_floor = room is not None and int(room[0]) // 100 == int(found[1])
    return f"{found[1]}层" if "栋" in plain[: found.start()] or on_this_floor else f"{found[1]}栋"


def _numbered(text: str) -> str:
    return _COUNTED.sub(lambda match: str(chinese_number(match[1])), text)


def _counted_alone(text: str) -> str:
    return str(chinese_number(text)) if re.fullmatch(f"[{_NUMERAL}]+", text) else text


def _parts(plain: str, building: str, unit: str) -> dict[str, str]:
    """Return the parts that the text names; empty when no form fits."""
    if found := _DASHES.fullmatch(plain):
        parts = _named(found)
        first = _token(parts["building"])
        if (
            building
            and "unit" not in parts
            and (first == unit != building or (not unit and re.fullmatch(_UNIT, first)))
        ):
            parts["unit"] = parts.pop("building")  # the building is known: 2-301 is unit 2
        return parts
    return _named(_WORDS.fullmatch(plain))


def _named(found: re.Match[str] | None) -> dict[str, str]:
    return {name: value for name, value in found.groupdict().items() if value} if found else {}


def _room(parts: dict[str, str], building: str, unit: str, floor_text: str) -> Room:
    if "building" in parts:
        building = _token(parts.get("zone", "")) + _token(parts["building"])
    unit = _token(parts.get("unit") or parts.get("bare_unit") or "") or unit
    number = _token(re.sub(rf"^({_KEPT})-", r"\1", parts["room"]))
    if building.isalpha():  # A301 in block A
        number = _token(re.sub(rf"^{building}(?=[0-9])", "", number))
    floor = read_floor(parts.get("floor", "") or floor_text)
    if floor and floor > 0 and re.fullmatch(r"[0-9]{1,2}", number):  # the column says 3, the room 01: 301
        number = f"{floor}{number:0>2}"
    return Room(building, unit, number, _floor_of(number) if floor is None else floor)


def _token(text: str) -> str:
    """Return a part without leading zeros and without the dash that ended it."""
    return re.sub(r"(?<![0-9A-Z-])0+(?=[0-9])", "", text).rstrip("-")


def _floor_of(number: str) -> int | None:
    """Return the floor that a room number begins with: 1203 is on 12, 负101 on -1; None where it does not say."""
    found = re.fullmatch(r"(负?)[A-Z]{0,2}([0-9]{1,3})[0-9]{2}[A-Z]?(?:-[0-9]{1,2})?", number)
    if not found or not 0 < int(found[2]) <= 150:
        return None
    return -int(found[2]) if found[1] else int(found[2])
