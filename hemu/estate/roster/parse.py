"""A roster file into homes, refused rows and warnings."""

import hashlib

from hemu.estate.roster.header import Header, find_header
from hemu.estate.roster.reading import read_sheets
from hemu.estate.roster.remarks import MAX_REMARK
from hemu.estate.roster.rooms import name_before, place_in
from hemu.estate.roster.rows import MAX_PARKING, Context, Row, home_of, is_continuation, is_data, room_of
from hemu.estate.roster.shapes import (
    OWNERS,
    Note,
    ParsedHome,
    ParsedPerson,
    ParsedRoster,
    Refused,
    Room,
    Sheet,
    Source,
)
from hemu.foundation.errors import RuleViolation

LONGEST = {"parking": MAX_PARKING, "remark": MAX_REMARK}


def parse_roster(content: bytes, filename: str = "", *, community: str = "") -> ParsedRoster:
    """Return all that a roster file says.

    A row that names a home again is joined to it: the same person once, another one as co-owner; where
    its area differs the row is refused. A home's first word wins elsewhere, with a warning.

    Args:
        filename: its stem stands for a CSV's sheet name, and may name the building.
        community: the community's name; rooms may be written with it in front. Where another name, and
            always the same, stands there, that is taken for the community's.

    Raises:
        RuleViolation: ``roster.empty``, ``roster.too_large``, ``roster.unreadable``, ``roster.no_header``.
    """
    sheets, notes = read_sheets(content, filename)
    roster = ParsedRoster(hashlib.sha256(content).hexdigest(), warnings=notes)
    found = [(sheet, find_header(sheet)) for sheet in sheets]
    if not any(header for _, header in found):
        raise RuleViolation("roster.no_header")
    gather = _Gathering(roster, _name_in_front(found, community))
    for sheet, header in found:
        if header:
            gather.read(sheet, header)
        elif any(map(any, sheet.rows)):
            roster.warnings.append(Note(Source(sheet.name, 0), "roster.sheet_skipped"))
    gather.finish()
    return roster


def _name_in_front(sheets: list[tuple[Sheet, Header | None]], community: str) -> str:
    names = {
        name_before(row[place])
        for sheet, header in sheets
        if header
        for row in sheet.rows[header.after :]
        for place in header.columns["room"]
        if row[place]
    } - {""}
    only = names.pop() if len(names) == 1 else ""
    known = bool(community) and (community in only or only in community)
    return only if only and not known else community


class _Gathering:
    """The homes of a file while its rows are read."""

    def __init__(self, roster: ParsedRoster, community: str) -> None:
        self.roster = roster
        self.community = community
        self.homes: dict[tuple[str, str, str], ParsedHome] = {}
        self.cells: dict[Source, tuple[str, ...]] = {}

    def read(self, sheet: Sheet, header: Header) -> None:
        self.roster.headers[sheet.name] = header.words
        context = self._context(sheet, header)
        last: ParsedHome | None = None
        for number, cells in enumerate(sheet.rows[header.after :], header.after + 1):
            row = Row(Source(sheet.name, number), header, cells)
            if not is_data(row, context, self.community):
                continue
            self.roster.rows += 1
            last = self._take(row, context, last)
            self.roster.warnings += row.notes

    def _context(self, sheet: Sheet, header: Header) -> Context:
        for text in (*(cell for row in sheet.rows[: header.first] for cell in row if cell), sheet.name):
            building, unit = place_in(text)
            if building:
                return Context(building, unit)
        return Context()

    def _take(self, row: Row, context: Context, last: ParsedHome | None) -> ParsedHome | None:
        try:
            room = last.at if last and is_continuation(row) else room_of(row, context, self.community)
            home = home_of(row, room)
            self.cells[row.source] = tuple(row.cells)
            known = self.homes.get(room.key)
            if known is None:
                self.homes[room.key] = home
                return home
            _join(known, home, row)
        except RuleViolation as violation:
            params = {name: str(value) for name, value in violation.params.items()}
            self.roster.refused.append(Refused(row.source, violation.code, params, tuple(row.cells)))
            row.notes.clear()
            return None
        return known

    def finish(self) -> None:
        """Settle homes without a building: in a community of one building that is their form, elsewhere a gap."""
        bare = [home for home in self.homes.values() if not home.at.building and _needs_building(home.at)]
        sheets = {source.sheet for home in bare for source in home.sources}
        elsewhere = any(home.at.building for home in self.homes.values())
        if bare and (elsewhere or len(sheets) > 1):
            for home in bare:
                del self.homes[home.at.key]
                self._refuse(home)
        self.roster.homes = list(self.homes.values())
        order = {name: place for place, name in enumerate(self.roster.headers)}
        self.roster.refused.sort(key=lambda refused: (order[refused.source.sheet], refused.source.row))

    def _refuse(self, home: ParsedHome) -> None:
        for source in home.sources:
            refused = Refused(source, "roster.no_building", {"text": home.written}, self.cells[source])
            self.roster.refused.append(refused)
        gone = set(home.sources)
        self.roster.warnings = [note for note in self.roster.warnings if note.source not in gone]


def _needs_building(room: Room) -> bool:
    return room.room[0].isdigit() or room.room[0] == "负"


def _join(home: ParsedHome, again: ParsedHome, row: Row) -> None:
    """Join a home's second row to it."""
    if home.area_centi and again.area_centi and home.area_centi != again.area_centi:
        raise RuleViolation(
            "roster.area_conflict", home=home.written, row=home.sources[0].row, area=home.area_centi / 100
        )
    before = _essence(home)
    home.area_centi = home.area_centi or again.area_centi
    home.handed_over_on = home.handed_over_on or again.handed_over_on
    if home.occupancy == "unknown":
        home.occupancy = again.occupancy
    elif again.occupancy not in ("unknown", home.occupancy):
        row.warn("roster.occupancy_conflict", home=home.written, kept=home.occupancy, text=again.occupancy)
    home.flags = sorted({*home.flags, *again.flags})
    for name in LONGEST:
        words = [getattr(home, name), getattr(again, name)]
        if words[1] and words[1] not in words[0]:
            setattr(home, name, "、".join(filter(None, words))[: LONGEST[name]])
    for person in again.people:
        _join_person(home, person)
    home.sources += again.sources
    if _essence(home) == before:
        row.warn("roster.row_twice", home=home.written, row=str(home.sources[0].row))
    else:
        row.warn("roster.home_joined", home=home.written, row=str(home.sources[0].row))


def _join_person(home: ParsedHome, person: ParsedPerson) -> None:
    side = OWNERS if person.kind in OWNERS else {person.kind}
    for known in home.people:
        if known.kind in side and known.name == person.name:
            known.phones += [phone for phone in person.phones if phone not in known.phones]
            return
    if person.kind == "owner" and any(known.kind in OWNERS for known in home.people):
        person.kind = "co_owner"
    if person.name or not any(set(person.phones) <= set(known.phones) for known in home.people):
        home.people.append(person)


def _essence(home: ParsedHome) -> tuple[object, ...]:
    people = tuple((person.kind, person.name, tuple(person.phones)) for person in home.people)
    return (
        home.area_centi,
        home.handed_over_on,
        home.occupancy,
        tuple(home.flags),
        home.parking,
        home.remark,
        people,
    )
