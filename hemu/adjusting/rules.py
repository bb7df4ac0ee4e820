"""What a typed value means, whose open duties a setting can move, and who confirms it. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any

from hemu.foundation.errors import RuleViolation
from hemu.sop.profiles import Settings
from hemu.sop.register import load_register
from hemu.sop.settings_checks import DUE_KEY, check_setting

DAY = "day"
"""How a day of the work calendar is called where settings have their key."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
MOVES_NOTHING = frozenset(
    {
        "ladder",
        "warn",
        "pause",
        "messages",
        "sign_in",
        "supervision",
        "word_evidence",
        "survey",
        "unconfirmed",
        "retention",
    }
)
"""Sections on which no due time rests: warnings and ladders are looked up when their time comes."""
QUIET_HOURS = frozenset({"hours.quiet", "hours.visits_until", "hours.entry_grace"})
LIMIT = "at the limit in the table"


def current(settings: Settings, key: str) -> Any:
    """Return what a setting is; of a clause's due, as the profile or else the register has it.

    Raises:
        RuleViolation: ``profile.unknown_setting`` (setting).
    """
    section, dot, name = key.partition(".")
    if dot and name in settings.sections.get(section, {}):
        return settings.sections[section][name]
    found = DUE_KEY.fullmatch(key)
    clause = load_register().clauses.get(found[1]) if found else None
    if clause is None or clause.due is None:
        raise RuleViolation("profile.unknown_setting", setting=key)
    return settings.dues.get(key) or settings.due_text(clause)


def read_value(key: str, typed: str, now: Any) -> Any:
    """Return the value that somebody typed for a setting: a number in place of its one number, or the whole.

    Args:
        now: what holds.

    Raises:
        RuleViolation: ``profile.unknown_setting``, ``rules.bad_value`` (value, now); ``rules.same``.
    """
    value = _read(typed.strip(), now)
    section, dot, name = key.partition(".")
    try:
        check_setting(section if dot else "", name if dot else key, value)
    except RuleViolation as unfit:
        if unfit.code != "profile.bad_setting":
            raise
        raise RuleViolation("rules.bad_value", value=typed.strip(), now=as_fact(now).strip('"')) from unfit
    if value == now:
        raise RuleViolation("rules.same")
    return value


def _read(typed: str, now: Any) -> Any:
    if isinstance(now, str):
        return _with_number(typed, now)
    try:
        return json.loads(typed)
    except ValueError:
        return None


def _with_number(typed: str, now: str) -> str:
    """Return the sentence with its one number replaced, "1 working day" becoming "2 working days" and back."""
    if not _NUMBER.fullmatch(typed) or len(_NUMBER.findall(now)) != 1:
        return typed
    text = _NUMBER.sub(typed, now)
    if now[:1] not in "+-":
        return text
    text = re.sub(r"\b(day|hour|minute|month)s?\b", r"\1s", text)
    return re.sub(r"\b(day|hour|minute|month)s\b", r"\1", text) if float(typed) == 1 else text


def number_in(value: Any) -> str:
    """Return the one number of a setting; empty where it has none, or several."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return str(value)
    found = _NUMBER.findall(value) if isinstance(value, str) else []
    return found[0] if len(found) == 1 else ""


def clauses_moved(key: str) -> frozenset[str] | None:
    """Return the clauses whose due times can rest on a setting; None: all of them."""
    section, dot, _name = key.partition(".")
    if dot and (section in MOVES_NOTHING or key in QUIET_HOURS):
        return frozenset()
    if section == "limits":
        return frozenset(each.id for each in load_register().clauses.values() if each.due == LIMIT)
    found = DUE_KEY.fullmatch(key)
    return frozenset({found[1]}) if found else None


def is_independent(*, by: str, stated_by: str, others_here: bool, others_above: bool) -> bool:
    """Tell whether a confirmation is by somebody other than who proposed it (DESIGN §6).

    Where nobody else at the office may, it goes to those of the company; where nobody is there either it may be
    done all the same, and is not independent.

    Raises:
        RuleViolation: ``rules.own_word``: somebody else is there.
    """
    if by != stated_by:
        return True
    if others_here or others_above:
        raise RuleViolation("rules.own_word")
    return False


def as_fact(value: Any) -> str:
    """Return a setting's value as an entry carries it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chosen(settings: Settings, offered: Mapping[str, object]) -> list[str]:
    """Return the settings that can be changed by one number: dues of clauses in the register's order, then the rest."""
    dues = [
        clause.id
        for clause in load_register().clauses.values()
        if clause.due and number_in(settings.due_text(clause))
    ]
    return [*dues, *offered]
