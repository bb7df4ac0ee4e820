"""One row of a sheet: what kind of row it is, and the home it describes."""

import re
from dataclasses import dataclass, field

from hemu.estate.roster.header import Header
from hemu.estate.roster.people import (
    Numbers,
    notes_in,
    people_of,
    read_names,
    read_phones,
    role_beside,
    role_of,
)
from hemu.estate.roster.remarks import MAX_REMARK, read_area, read_date, read_occupancy, read_remark
from hemu.estate.roster.rooms import place_in, read_label, read_room, read_unit
from hemu.estate.roster.shapes import Kind, Note, ParsedHome, ParsedPerson, Room, Source
from hemu.foundation.errors import RuleViolation

_TOTAL = re.compile(
    r"(?:[^0-9]{0,6}|.*[栋幢座楼元])(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总\s*数|汇\s*总)[:：]?.{0,20}"
)
_SUSPECT = re.compile("计|总|共|户|套|间|人")
_COUNT = re.compile(r"共?\s*[0-9]+\s*[户套间人]")
_REMARK_ROW = re.compile(
    r"(?:制表|填表|备\s*注|注|说明|审核|复核|统计|打印|编制|经办|负责人|日期|截止|截至|以上|本表|第.{1,4}页)[^0-9]{0,6}[:：0-9(（、,，]?"
)
_NAMES = ("owner_name", "co_owner_name", "tenant_name", "contact_name")
_PHONES = ("phone", "co_owner_phone", "tenant_phone", "contact_phone")
_ABOUT_HOME = ("area", "occupancy", "handed_over", "moved_in", "parking")
_PLACE = ("room", "building", "unit", "floor")
MAX_PARKING = 100


@dataclass(slots=True)
class Context:
    """What earlier rows of a sheet say for later ones: the place in titles, columns filled once a group."""

    building: str = ""
    unit: str = ""
    column_building: str = ""
    column_unit: str = ""


@dataclass(slots=True)
class Row:
    """The cells of a row under their header, with the warnings that reading them brings."""

    source: Source
    header: Header
    cells: list[str]
    notes: list[Note] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Return a field's cells that hold something."""
        return [self.cells[place] for place in self.header.columns.get(name, ()) if self.cells[place]]

    def first(self, name: str) -> str:
        cells = self.all(name)
        return cells[0] if cells else ""

    def has(self, *names: str) -> bool:
        return any(self.cells[place] for name in names for place in self.header.columns.get(name, ()))

    def warn(self, code: str, **params: str) -> None:
        self.notes.append(Note(self.source, code, params))


def is_data(row: Row, context: Context, community: str) -> bool:
    """Tell whether a row describes a home; a title within the sheet sets the context on its way."""
    filled = [cell for cell in row.cells if cell]
    if not filled or tuple(row.cells) in row.header.cells:
        return False
    said = set(filled)
    if len(said) == 1 and _sets_place(filled[0], context):
        return False
    if _TOTAL.fullmatch(filled[0]) or (_reads_as_aside(filled) and not _reads_as_room(row, community)):
        return False
    if not row.has("room"):
        alone = len(filled) == 1 and bool(row.cells[0])  # a word alone in front is a remark
        return not alone and (row.has(*_PHONES, *_ABOUT_HOME) or _names_somebody(row))
    return len(said) > 1 or _reads_as_room(row, community)


def _reads_as_aside(filled: list[str]) -> bool:
    """Tell whether cells look like a totals row or a remark below the table."""
    if _REMARK_ROW.match(filled[0]) and len(set(filled)) <= 4:
        return True
    return any(
        _SUSPECT.search(cell) and (_TOTAL.fullmatch(cell) or _COUNT.fullmatch(cell)) for cell in filled
    )


def _sets_place(text: str, context: Context) -> bool:
    building, unit = place_in(text)
    if not building and not re.fullmatch(r"[0-9]{1,2}单元", text):
        return False
    context.building, context.unit = building or context.building, unit or read_unit(text) * (not building)
    context.column_building = context.column_unit = ""
    return True


def _reads_as_room(row: Row, community: str) -> bool:
    try:
        return any(read_room(text, building="1", unit="1", community=community) for text in row.all("room"))
    except RuleViolation:
        return False


def room_of(row: Row, context: Context, community: str) -> Room:
    """Return the home's place, by the row's own columns first, then by those above and the titles.

    Raises:
        RuleViolation: ``roster.no_room``, ``roster.room_unreadable``, ``roster.room_is_date``.
    """
    building, unit = _columns(row, context, community)
    refusal = RuleViolation("roster.no_room")
    rooms = []
    for text in row.all("room"):
        try:
            rooms.append(
                read_room(text, building=building, unit=unit, floor=row.first("floor"), community=community)
            )
        except RuleViolation as violation:
            refusal = violation
    if not rooms:
        raise refusal
    room = max(rooms, key=lambda room: (bool(room.building), bool(room.unit)))
    if max(len(room.building), len(room.unit), len(room.room)) > 20:
        raise RuleViolation("roster.room_unreadable", text=row.first("room")[:40])
    return room


def _columns(row: Row, context: Context, community: str) -> tuple[str, str]:
    building, of_building = read_label(row.first("building"), community)
    unit = read_unit(row.first("unit")) or of_building
    building = building or read_label(row.first("unit"), community)[0] * ("栋" in row.first("unit"))
    if building and building != context.column_building:
        context.column_building, context.column_unit = building, ""
    context.column_unit = unit or context.column_unit
    known = context.column_building or context.building
    return known, context.column_unit or (context.unit if known == context.building else "")


def is_continuation(row: Row) -> bool:
    """Tell whether a row without a room only names one more person of the home above."""
    return not row.has("room", *_ABOUT_HOME) and _names_somebody(row)


def _names_somebody(row: Row) -> bool:
    return any(read_names(text) for name in _NAMES for text in row.all(name))


def home_of(row: Row, room: Room) -> ParsedHome:
    """Return the home that a row describes; what cannot be read is warned of and left out."""
    occupancy = read_occupancy(row.first("occupancy"))
    if occupancy is None:
        row.warn("roster.occupancy_unknown", text=row.first("occupancy")[:40])
    area = read_area(row.first("area")) if row.has("area") else None
    if row.has("area") and area is None:
        row.warn("roster.area_unreadable", text=row.first("area")[:40])
    day_text = row.first("handed_over") or row.first("moved_in")
    day = read_date(day_text) if day_text else None
    if day_text and day is None and not re.fullmatch(r"[-—/]+|无|未.{0,4}", day_text):
        row.warn("roster.date_unreadable", text=day_text[:40])
    flags, remark = read_remark("，".join(row.all("remark")))
    people = _people(row)
    if any(not person.name for person in people):
        row.warn("roster.no_name")
    if not people:
        row.notes = [note for note in row.notes if note.code != "roster.no_phone_left"]
    remark = "，".join(filter(None, [remark, *(notes_in(text) for name in _NAMES for text in row.all(name))]))
    return ParsedHome(
        room, area, occupancy or "unknown", day, "、".join(row.all("parking"))[:MAX_PARKING],
        remark[:MAX_REMARK], flags, people, [row.source],
    )  # fmt: skip


def _people(row: Row) -> list[ParsedPerson]:
    role = role_of(row.first("relation")) if row.has("relation") else None
    names = [name for text in row.all("owner_name") for name in read_names(text)]
    partners = [name for text in row.all("co_owner_name") for name in read_names(text)]
    contacts_only = "owner_name" not in row.header.columns and "contact_name" in row.header.columns
    numbers = _numbers(row, "phone") if not contacts_only else []
    people: list[ParsedPerson] = []
    if partners and row.has("co_owner_phone"):
        people += people_of(partners, _numbers(row, "co_owner_phone"), "co_owner", "co_owner")
        partners = []
    first: Kind = role or "owner"
    people = people_of(names + partners, numbers, first, "co_owner" if first == "owner" else first) + people
    cell = "、".join(row.all("owner_name"))
    for person in people:
        beside = role_beside(person.name, cell) if person.name else None
        if beside in ("tenant", "contact", "co_owner") and not person.is_company:
            person.kind = beside
    people += _group(row, "tenant_name", _numbers(row, "tenant_phone"), "tenant")
    also = _numbers(row, "contact_phone") + (_numbers(row, "phone") if contacts_only else [])
    return _once(people + _group(row, "contact_name", also, "contact"))


def _group(row: Row, name: str, numbers: list[str], kind: Kind) -> list[ParsedPerson]:
    names = [each for text in row.all(name) for each in read_names(text)]
    return people_of(names, numbers, kind, kind)


def _once(people: list[ParsedPerson]) -> list[ParsedPerson]:
    """Return the people, one who is named twice in one kind joined into one."""
    joined: dict[tuple[str, str], ParsedPerson] = {}
    for person in people:
        known = joined.setdefault((person.kind, person.name), person)
        known.phones += [phone for phone in person.phones if phone not in known.phones]
    return list(joined.values())


def _numbers(row: Row, name: str) -> list[str]:
    """Return a field's numbers in the order of its columns, ``""`` for an unreadable one."""
    read = [read_phones(text) for text in row.all(name)]
    if name == "phone" and not read:
        read = [
            read_phones(match)
            for text in row.all("owner_name")
            for match in re.findall(r"1[0-9 -]{10,13}", text)
        ]
    _warn_of(row, read)
    return [number for numbers in read for number in numbers.slots]


def _warn_of(row: Row, read: list[Numbers]) -> None:
    for numbers in read:
        for text in numbers.unreadable:
            row.warn("roster.phone_unreadable", text=text)
    if any(numbers.none_left for numbers in read) and not any(numbers.slots for numbers in read):
        row.warn("roster.no_phone_left")
