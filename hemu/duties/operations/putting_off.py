"""Putting a duty off, or excusing it for its period: where the register allows it, before it is due, with the reason."""

from datetime import date, datetime, timedelta
from uuid import UUID

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.operations.watching import set_times, times_for
from hemu.duties.queries import duties_with
from hemu.duties.rules import check_words
from hemu.estate.queries import office_rules
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE, iso_utc
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.sop.putting_off import Allowance, allowance_for

LONGEST = timedelta(days=366)


def allowed_for(duty: Duty) -> Allowance | None:
    """Return what the register allows of a duty of a period; None where it may be neither put off nor excused."""
    if duty.trigger is not None:
        return None
    return allowance_for(duty.clause, month=duty.start_at.astimezone(OFFICE_ZONE).month)


@operation
def postpone(*, duty: UUID, by: Actor, act: Act, to: date, words: str) -> Entry:
    """Put a duty off to a later day, which still counts; its history stays in the book.

    Raises:
        RuleViolation: ``duty.not_found``, ``access.denied``, ``duty.not_open``, ``duty.not_put_off``,
            ``duty.leaders_only``, ``duty.due_already``, ``duty.not_later``, ``duty.no_words``, ``duty.too_long``.
    """
    found, allowance, due = _allowed(duty, by, act)
    rules = office_rules(found.office, on=found.start_at)
    until = rules.time.last_moment(to)
    if not due < until <= due + LONGEST:
        raise RuleViolation("duty.not_later")
    entry = _append(
        found,
        "duty.postponed",
        act,
        {"moved_from": iso_utc(due), "moved_to": iso_utc(until), "allowed_by": allowance.by},
        check_words(words),
    )
    found.facts = {**found.facts, "put_off_to": iso_utc(until)}
    set_times(found, times_for(found, rules))
    found.save(update_fields=["facts", "due_at", "warn_at", "next_at"])
    return entry


@operation
def excuse(*, duty: UUID, by: Actor, act: Act, words: str) -> Entry:
    """Excuse a duty for its period: it need not be met, and is counted as excused, not as void.

    Raises:
        RuleViolation: those of ``postpone`` but for the day; ``duty.not_excused``.
    """
    found, allowance, _due = _allowed(duty, by, act)
    if not allowance.excuse:
        raise RuleViolation("duty.not_excused", clause=allowance.by)
    entry = _append(found, "duty.excused", act, {"allowed_by": allowance.by}, check_words(words))
    found.state, found.ended_by, found.next_at = Duty.State.EXCUSED, entry.id, None
    found.save(update_fields=["state", "ended_by", "next_at"])
    return entry


def _allowed(duty: UUID, by: Actor, act: Act) -> tuple[Duty, Allowance, datetime]:
    rows = duties_with(by, "duty.put_off").select_for_update(of=("self",)).select_related("office")
    found = rows.filter(id=duty).first()
    if found is None:
        raise RuleViolation("duty.not_found")
    allowance = allowed_for(found)
    if allowance is None or found.due_at is None:
        raise RuleViolation("duty.not_put_off", clause=found.clause)
    if not by.roles_at(found.office_id) & allowance.roles:
        raise RuleViolation("duty.leaders_only", clause=allowance.by)
    if found.state != Duty.State.OPEN:
        raise RuleViolation("duty.not_open")
    if is_late(act.recorded_at, found.due_at):  # beforehand, whatever the act says of itself
        raise RuleViolation("duty.due_already")
    return found, allowance, found.due_at


def _append(duty: Duty, kind: str, act: Act, facts: dict[str, str], words: str) -> Entry:
    return append(
        book=duty.book_id,
        kind=kind,
        subject=duty.subject,
        act=act,
        clause=duty.clause,
        facts={"clause": duty.clause, "duty": str(duty.id), **facts},
        words={"text": words},
    )
