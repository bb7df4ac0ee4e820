"""Who of the community speaks in a paste from a chat group."""

from dataclasses import dataclass
from datetime import date

from hemu.estate.models import Community, Home, Person
from hemu.estate.queries import find_home, people_of
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.rules_chat import Said, read_paste


@dataclass(frozen=True)
class Guess:
    """One speaker's words, and whom the nickname names among the homes and people of a community."""

    said: Said
    home: Home | None = None
    person: Person | None = None


def guessed(text: str, *, community: Community, on: date) -> list[Guess]:
    """Return what was said in a paste, speaker by speaker, each with home and person where just one fits."""
    return [_guess(each, community, on) for each in read_paste(text)]


def _guess(said: Said, community: Community, on: date) -> Guess:
    if not said.speaker.room or said.speaker.of_office:
        return Guess(said)
    try:
        home = find_home(community, said.speaker.room)
    except RuleViolation:  # no such home, or several: the desk looks for it
        return Guess(said)
    return Guess(said, home, _person(home, said.speaker.name, on))


def _person(home: Home, name: str, on: date) -> Person | None:
    surname = name.lstrip("小老阿")[:1]
    if not surname:
        return None
    alike = [person for person in people_of(home, on=on) if person.name.startswith(surname)]
    return alike[0] if len(alike) == 1 else None
