"""Proposing a change of the rules, confirming it as a second person, taking it back; each stands in the book."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.adjusting.models import RuleProposal
from hemu.adjusting.queries import others, proposals_of, settings_on
from hemu.adjusting.rules import DAY, as_fact, current, is_independent, read_value
from hemu.duties.operations import note_change
from hemu.duties.rules import check_words
from hemu.estate.models import Company, Office
from hemu.estate.operations import set_office_day, set_profile_value
from hemu.estate.queries import office_rules
from hemu.foundation.calendar import WorkCalendar
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append

WORKED, RESTED = "works", "rests"


@operation
def propose(
    *, office: Office | None, key: str, value: str, since: date, words: str, by: Actor, act: Act
) -> RuleProposal:
    """Propose a value of a setting from a day on, or (key "day") that a day is worked or rested.

    Args:
        office: whose; None for the company's.
        value: as typed: a number in place of the setting's one number, or the whole; of a day ``works`` or ``rests``.
        since: today at the earliest.
        words: why.

    Raises:
        RuleViolation: ``access.denied``, ``profile.unknown_setting``, ``rules.bad_value`` (value, now),
            ``rules.same``, ``rules.in_past``, ``rules.waits_already``, ``duty.no_words``, ``duty.too_long``.
    """
    _require(by, office)
    if since < office_day(act.recorded_at):
        raise RuleViolation("rules.in_past")
    read, was = read_change(office, key=key, value=value, since=since, act=act)
    key = "" if key == DAY else key
    said = check_words(words)
    if RuleProposal.objects.filter(office=office, key=key, since=since, state="waiting").exists():
        raise RuleViolation("rules.waits_already")
    facts = {"key": key or DAY, "value": as_fact(read), "since": since.isoformat(), "was": as_fact(was)}
    entry = _append(office, "rules.change_proposed", act, facts, said)
    return RuleProposal.objects.create(
        id=new_id(act.recorded_at),
        office=office,
        key=key,
        value=read,
        was=was,
        since=since,
        stated_by=act.actor,
        stated_at=act.recorded_at,
        entry=entry.id,
    )


def read_change(office: Office | None, *, key: str, value: str, since: date, act: Act) -> tuple[Any, Any]:
    """Return what is proposed, read, and what holds now.

    Raises:
        RuleViolation: ``profile.unknown_setting``, ``rules.bad_value`` (value, now), ``rules.same``.
    """
    if key != DAY:
        now = current(settings_on(office, act.recorded_at), key)
        return read_value(key, value, now), now
    if value not in (WORKED, RESTED):
        raise RuleViolation("rules.bad_value", value=value, now=f"{WORKED} · {RESTED}")
    calendar = office_rules(office, on=act.recorded_at).time.calendar if office else WorkCalendar()
    if calendar.is_working_day(since) == (value == WORKED):
        raise RuleViolation("rules.same")
    return value == WORKED, value != WORKED


@operation
def confirm_change(*, proposal: UUID, by: Actor, act: Act) -> Entry:
    """Confirm what somebody else proposed; from its day on it holds, and open duties are moved by the worker.

    Raises:
        RuleViolation: ``rules.not_found``, ``rules.ended``, ``rules.day_passed``, ``rules.own_word``.
    """
    found = _locked(proposal, by)
    if found.since < office_day(act.recorded_at):
        raise RuleViolation("rules.day_passed")
    here, above = others(found.office, without=by.staff_id, on=office_day(act.recorded_at))
    independent = is_independent(
        by=act.actor, stated_by=found.stated_by, others_here=here, others_above=above
    )
    if found.key:
        set_profile_value(
            office=found.office, key=found.key, value=found.value, since=found.since, now=act.recorded_at
        )
    else:
        set_office_day(
            office=found.office, day=found.since, working=found.value, reason="", now=act.recorded_at
        )  # why stands in the book
    facts = _facts(found) | {"independent": independent}
    entry = _append(found.office, "rules.change_confirmed", act, facts)
    found.independent, found.stamp = independent, note_change(entry, found.office)
    _end(found, RuleProposal.State.CONFIRMED, act)
    return entry


@operation
def withdraw_change(*, proposal: UUID, by: Actor, act: Act, words: str) -> Entry:
    """Take a proposal back, or turn it down, with the reason; whoever may confirm it may.

    Raises:
        RuleViolation: ``rules.not_found``, ``rules.ended``, ``duty.no_words``, ``duty.too_long``.
    """
    found = _locked(proposal, by)
    entry = _append(found.office, "rules.change_withdrawn", act, _facts(found), check_words(words))
    _end(found, RuleProposal.State.WITHDRAWN, act)
    return entry


def _require(by: Actor, office: Office | None) -> None:
    if office is None and by.offices_with("rules.change") is not None:
        raise RuleViolation("access.denied", permission="rules.change")
    by.require("rules.change", office.id if office else None)


def _locked(proposal: UUID, by: Actor) -> RuleProposal:
    found = proposals_of(by).select_for_update(of=("self",)).filter(id=proposal).first()
    if found is None:
        raise RuleViolation("rules.not_found")
    if found.state != RuleProposal.State.WAITING:
        raise RuleViolation("rules.ended")
    return found


def _end(found: RuleProposal, state: RuleProposal.State, act: Act) -> None:
    found.state, found.ended_by, found.ended_at = state, act.actor, act.recorded_at
    found.save(update_fields=["state", "ended_by", "ended_at", "independent", "stamp"])


def _facts(found: RuleProposal) -> dict[str, object]:
    return {
        "key": found.key or DAY,
        "value": as_fact(found.value),
        "since": found.since.isoformat(),
        "proposed": str(found.id),
    }


def _append(
    office: Office | None, kind: str, act: Act, facts: Mapping[str, object], words: str = ""
) -> Entry:
    book = office.book_id if office else Company.objects.values_list("book_id", flat=True).get()
    subject = f"office:{office.id}" if office else "company:rules"
    return append(
        book=book, kind=kind, subject=subject, act=act, facts=facts, words={"text": words} if words else None
    )
