"""Profiles: what the sources leave open, and what offices do differently, from a day on.

Layers, each winning over those before it: the product's ``default``, the named profiles, the company's overrides in
order of their days, the office's own in order of theirs. The default also stands for the days before its ``since``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.due_language import Due, parse
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.sop.patterns import EntryPattern, Facts, parse_pattern
from hemu.sop.register import Clause, load_register
from hemu.sop.retention import KEPT_YEARS
from hemu.sop.settings_checks import DUE_KEY, SECTIONS, check_setting

DEFAULT = "default"
Override = Mapping[str, object]
"""Settings by dotted name (``hours.period_ends``) or by section, and dues by clause (``OC-10[emergency=true]``)."""

OWN: Override = {
    "messages": {
        "owner_channels": ["sms", "email", "copy"],
        "take_back_seconds": 10,
        "notices_at": ["10:00", "17:30"],
    },
    "sign_in": {"second_factor_roles": [], "second_factor_from": "", "second_factor_grace_days": 14},
    "supervision": {"morning_at": "08:20"},
    "retention": KEPT_YEARS,
}
"""Defaults of what no source speaks of and ``profiles.toml``, which is carried unchanged, does not hold."""


@dataclass(frozen=True)
class Settings:
    """What holds on one day. Sections are read-only tables with the keys of ``profiles.toml``."""

    sections: Mapping[str, Mapping[str, Any]]
    dues: Mapping[str, str]
    words: Mapping[str, str]

    @property
    def hours(self) -> Mapping[str, Any]:
        """Office, front desk and shift hours, quiet hours, the end of periods, the grace of entries."""
        return self.sections["hours"]

    @property
    def warn(self) -> Mapping[str, str]:
        """When to warn: ``under_a_day``, ``longer``; for ``foundation.due.warn_at``."""
        return self.sections["warn"]

    @property
    def limits(self) -> Mapping[str, str]:
        """The table of limits for public repairs (RQ-21): class → due."""
        return self.sections["limits"]

    @property
    def pause(self) -> Mapping[str, Any]:
        """Which clauses may pause, for which reasons, how many days at the longest."""
        return self.sections["pause"]

    @property
    def unconfirmed(self) -> Mapping[str, Any]:
        """Tries and days before a case closes as unconfirmed."""
        return self.sections["unconfirmed"]

    @property
    def messages(self) -> Mapping[str, Any]:
        """By which channels owners are told, how long a message can be taken back, when bundled notices go out."""
        return self.sections["messages"]

    @property
    def sign_in(self) -> Mapping[str, Any]:
        """Which roles sign in with a second factor, from which day (ISO; empty: none), with how many days of grace."""
        return self.sections["sign_in"]

    @property
    def supervision(self) -> Mapping[str, Any]:
        """When the morning sheet is told of on working days."""
        return self.sections["supervision"]

    @property
    def retention(self) -> Mapping[str, int]:
        """How many years what is filed is kept, by class; 0: for good."""
        return self.sections["retention"]

    @property
    def word_evidence(self) -> Mapping[str, Any]:
        """How many records resting on a word are called back."""
        return self.sections["word_evidence"]

    @property
    def survey(self) -> Mapping[str, Any]:
        """How surveys count."""
        return self.sections["survey"]

    def ladder(self, clause_id: str, *, danger: bool = False) -> tuple[tuple[str, str], ...]:
        """Return who is told how long after a duty of this clause is late, as (role, "+N unit")."""
        ladders = self.sections["ladder"]
        rungs = ladders["danger"] if danger else ladders.get(clause_id, ladders[DEFAULT])
        return tuple((role, expr) for role, expr in rungs)

    def may_pause(self, clause_id: str) -> bool:
        """Tell whether the clock of this clause may stand still."""
        return clause_id in self.pause["clauses"]

    def due_text(self, clause: Clause, facts: Facts | None = None) -> str | None:
        """Return the clause's due as overridden here; an override with facts needs an entry that has them."""
        best = clause.due
        for key, text in sorted(self.dues.items(), key=lambda each: len(each[0])):
            found = DUE_KEY.fullmatch(key)
            if found and found[1] == clause.id and _has(found[2], facts or {}):
                best = text
        return best

    def due_rule(self, clause: Clause, facts: Facts | None = None) -> Due | None:
        """Return ``due_text`` as the algebra reads it."""
        text = self.due_text(clause, facts)
        return parse(text, clause.every) if text else None

    def office_time(self, calendar: WorkCalendar, tz: ZoneInfo) -> OfficeTime:
        """Return the office's clock by these hours."""
        return OfficeTime.of(self.hours, calendar=calendar, tz=tz)


@dataclass(frozen=True)
class Profile:
    """A choice of named profiles and an office's own overrides.

    Args:
        names: the profiles chosen besides the default.
        overrides: first day (inclusive) → what differs from then on.
        company: the same, as the whole company has it; what the office says itself wins, however early it said so.

    Raises:
        RuleViolation: ``profile.unknown`` (profile, known); ``profile.unknown_setting`` (setting);
            ``profile.bad_setting`` (setting, value).
    """

    names: tuple[str, ...] = ()
    overrides: Mapping[date, Override] = field(default_factory=dict)
    company: Mapping[date, Override] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = known_profiles()
        for name in self.names:
            if name not in known:
                raise RuleViolation("profile.unknown", profile=name, known=known)
        for day in {*self.overrides, *self.company}:
            self.on(day)

    def on(self, day: date) -> Settings:
        """Return what holds on ``day``."""
        said = tuple(
            layer[each] for layer in (self.company, self.overrides) for each in sorted(layer) if each <= day
        )
        key = (sum(each <= day for each in self.company), sum(each <= day for each in self.overrides))
        if key not in self._by_days:
            self._by_days[key] = _settings([*self._named, *said])
        return self._by_days[key]

    @cached_property
    def _named(self) -> list[Override]:
        tables = _tables()
        return [OWN, *(tables[name] for name in (DEFAULT, *self.names) if name in tables)]

    @cached_property
    def _by_days(self) -> dict[tuple[int, int], Settings]:
        return {}


@dataclass(frozen=True)
class InForce:
    """A clause under a profile, and the entries for which a variant takes its place."""

    clause: Clause
    except_for: tuple[EntryPattern, ...] = ()

    def is_triggered_by(self, kind: str, facts: Facts) -> bool:
        """Tell whether this entry starts the clock of this clause."""
        trigger = self.clause.trigger_pattern
        return (
            trigger is not None
            and trigger.matches(kind, facts)
            and not any(pattern.matches(kind, facts) for pattern in self.except_for)
        )


def clauses_in_force(profile: Profile) -> list[InForce]:
    """Return the clauses a profile watches, in the order of the register.

    A variant replaces the clause it names; where its trigger is narrower, only for the entries it matches.
    Clauses of profiles not chosen are left out.
    """
    return [
        InForce(clause, tuple(_narrower(clause, profile)))
        for clause in load_register().clauses.values()
        if (clause.profile is None or clause.profile in profile.names)
        and replacement_of(clause, profile) is None
    ]


def replacement_of(clause: Clause, profile: Profile) -> Clause | None:
    """Return the variant that wholly takes the clause's place under the profile, if there is one."""
    for variant in load_register().variants_of(clause.id):
        if variant.profile in profile.names and not _narrows(variant, clause):
            return variant
    return None


def known_profiles() -> list[str]:
    """Return the names that can be chosen, in order."""
    tables = {name for name in _tables() if name not in (DEFAULT, "applies")}
    return [DEFAULT, *sorted(tables | load_register().profiles)]


@lru_cache(maxsize=256)
def facts_needed(clause_id: str) -> frozenset[str]:
    """Return the facts of a community without which the clause does not apply to it (``[applies]``)."""
    applies: Mapping[str, str] = _tables()["applies"]
    return frozenset(fact for fact, text in applies.items() if _names(text, clause_id))


def facts_known() -> tuple[str, ...]:
    """Return the facts of a community on which clauses depend, in the order of ``[applies]``."""
    return tuple(_tables()["applies"])


def _narrows(variant: Clause, clause: Clause) -> bool:
    own, named = variant.trigger_pattern, clause.trigger_pattern
    return own is not None and named is not None and own.is_narrower_than(named)


def _narrower(clause: Clause, profile: Profile) -> list[EntryPattern]:
    return [
        parse_pattern(variant.trigger)
        for variant in load_register().variants_of(clause.id)
        if variant.profile in profile.names and variant.trigger and _narrows(variant, clause)
    ]


def _names(text: str, clause_id: str) -> bool:
    """Tell whether ``OC-*``, ``HO-01 to HO-04`` or ``HO-05`` names the clause; a part in brackets does not."""
    base = clause_id[:5]
    for part in text.split(", "):
        first, _, last = part.partition(" to ")
        if (
            part == f"{base[:3]}*"
            or first == base
            or (last and first[:3] == base[:3] and first <= base <= last)
        ):
            return True
    return False


def _has(facts_text: str | None, facts: Facts) -> bool:
    return facts_text is None or parse_pattern(f"entry.any{facts_text}").matches("entry.any", facts)


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("profiles.toml").read_text("utf-8"))


def _settings(layers: Sequence[Override]) -> Settings:
    sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
    dues: dict[str, str] = {}
    words: dict[str, str] = {}
    for layer in layers:
        for section, key, value in _flat(layer):
            check_setting(section, key, value)
            if section:
                sections[section][key] = value
            elif DUE_KEY.fullmatch(key):
                dues[key] = str(value)
            else:
                words[key] = str(value)
    return Settings(sections, dues, words)


def _flat(layer: Override) -> list[tuple[str, str, object]]:
    """Return (section, key, value) of a layer; the section is empty for what stands by itself."""
    found: list[tuple[str, str, object]] = []
    for name, value in layer.items():
        section, dot, key = name.partition(".")
        if isinstance(value, Mapping):
            found += [(name, inner, each) for inner, each in value.items()]
        elif dot and section in SECTIONS:
            found.append((section, key, value))
        else:
            found.append(("", name, value))
    return found
