"""What every setting of a profile must look like."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from hemu.foundation.due_language import After, parse
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import CLOSING_TIME, END_OF_DAY, EVERY_DAY, WORKING_DAYS, parse_interval
from hemu.sop.register import load_register
from hemu.sop.retention import KEPT_YEARS

DUE_KEY = re.compile(r"([A-Z]{2}-\d{2}[a-z]?)(\[[a-z0-9_=,]+\])?", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_WARN = re.compile(
    r"at (half|three quarters) of the span|([01]\d|2[0-3]):[0-5]\d of the last working day before", re.ASCII
)

Check = Callable[[object], bool]


def check_setting(section: str, key: str, value: object) -> None:
    """Check one setting; ``section`` is empty for what stands by itself (dues by clause, words).

    Raises:
        RuleViolation: ``profile.unknown_setting`` (setting), ``profile.bad_setting`` (setting, value).
    """
    name = f"{section}.{key}" if section else key
    check = _check_for(section, key)
    if check is None:
        raise RuleViolation("profile.unknown_setting", setting=name)
    try:
        fits = check(value)
    except RuleViolation:
        fits = False
    if not fits:
        raise RuleViolation("profile.bad_setting", setting=name, value=value)


def _check_for(section: str, key: str) -> Check | None:
    if section == "ladder":
        return _ladder if key in ("default", "danger") or DUE_KEY.fullmatch(key) else None
    if section == "limits":
        return _after
    if section:
        return SECTIONS.get(section, {}).get(key)
    if found := DUE_KEY.fullmatch(key):
        return _due_of(found[1])
    return _WORDS.get(key)


def _due_of(clause_id: str) -> Check:
    def check(value: object) -> bool:
        clause = load_register().clause(clause_id)
        return clause.due is not None and isinstance(value, str) and bool(parse(value, clause.every))

    return check


def _one_of(*words: str) -> Check:
    return lambda value: value in words


def _intervals(value: object) -> bool:
    return (
        isinstance(value, list | tuple) and bool(value) and all(parse_interval(str(each)) for each in value)
    )


def _interval(value: object) -> bool:
    return isinstance(value, str) and bool(parse_interval(value))


def _clock(value: object) -> bool:
    return isinstance(value, str) and bool(_CLOCK.fullmatch(value))


def _warn(value: object) -> bool:
    return isinstance(value, str) and bool(_WARN.fullmatch(value))


def _after(value: object) -> bool:
    return isinstance(value, str) and isinstance(parse(value), After)


def _ladder(value: object) -> bool:
    roles = load_register().roles
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(len(rung) == 2 and rung[0] in roles and _after(rung[1]) for rung in value)
    )


def _clauses(value: object) -> bool:
    return isinstance(value, list | tuple) and all(each in load_register().clauses for each in value)


def _texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) and each for each in value)


def _channels(value: object) -> bool:
    return _texts(value) and value[-1:] == ["copy"] and set(value) <= {"sms", "email", "copy"}  # type: ignore[index,call-overload]


def _clocks(value: object) -> bool:
    return isinstance(value, list | tuple) and all(_clock(each) for each in value)


def _roles(value: object) -> bool:
    return isinstance(value, list | tuple) and all(each in load_register().roles for each in value)


def _day_or_none(value: object) -> bool:
    if value == "":
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _years(value: object) -> bool:
    return _count(value) and value <= 100  # type: ignore[operator]


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


SECTIONS: Mapping[str, Mapping[str, Check]] = {
    "hours": {
        "office": _intervals,
        "frontdesk_on_duty": _intervals,
        "frontdesk_days": _one_of(EVERY_DAY, WORKING_DAYS),
        "technician_shifts": _intervals,
        "period_ends": _one_of(END_OF_DAY, CLOSING_TIME),
        "entry_grace": _one_of("same working day"),
        "quiet": _interval,
        "visits_until": _clock,
    },
    "warn": {"under_a_day": _warn, "longer": _warn},
    "ladder": {},
    "pause": {"clauses": _clauses, "reasons": _texts, "longest_days": _count},
    "limits": {},
    "unconfirmed": {
        "tries": _count,
        "on_different_days": _flag,
        "after_days": _count,
        "owner_may_reopen_days": _count,
    },
    "messages": {"owner_channels": _channels, "take_back_seconds": _count, "notices_at": _clocks},
    "sign_in": {
        "second_factor_roles": _roles,
        "second_factor_from": _day_or_none,
        "second_factor_grace_days": _count,
    },
    "supervision": {"morning_at": _clock},
    "retention": dict.fromkeys(KEPT_YEARS, _years),
    "word_evidence": {"recall_share": _share, "recall_at_least": _count},
    "survey": {"missing_points": _one_of("whole points only", "in proportion"), "small_group": _count},
}
"""The sections of a profile and their keys; ``ladder`` is keyed by clause, ``limits`` by class."""

_WORDS: Mapping[str, Check] = {
    "since": lambda value: isinstance(value, date),
    "source": lambda value: isinstance(value, str),
    "copy_correspondence_to": lambda value: value in load_register().roles,
}
