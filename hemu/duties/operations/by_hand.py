"""Keeping by hand (手工) what no room of the product writes yet: a file always, words, when it was, and who."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import name_files
from hemu.duties.models import Duty
from hemu.duties.operations.births import SUBJECT
from hemu.duties.operations.watching import end, set_times, times_for, triggered_duty
from hemu.duties.queries import duties_with, is_begun_by_hand, is_by_hand, is_watched, may_keep
from hemu.duties.rules import check_words, moment_asked
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_utc, office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.sop.register import load_register

FIGURES = frozenset({"rate", "quota"})
"""Kinds of clauses whose duty is a figure of many, not one thing done."""


@operation
def begin_by_hand(
    *,
    community: Community,
    clause: str,
    by: Actor,
    act: Act,
    words: str,
    given: datetime | None = None,
    files: Sequence[str] = (),
) -> Duty:
    """Say that what starts a clause's clock has happened, or is planned, where no room says it by itself.

    Args:
        given: the moment that the clause counts from or to, where it has one: planned, promised, the next meeting.

    Raises:
        RuleViolation: ``clause.unknown``, ``access.denied``, ``duty.not_yours``, ``duty.begun_by_room``,
            ``clause.not_watched``, ``duty.no_words``, ``duty.too_long``, ``due.needs_fact``, ``file.not_found``.
    """
    rules = office_rules(community.office, on=act.at)
    asked = next((each for each in rules.clauses if each.clause.id == clause), None)
    if asked is None:
        raise RuleViolation("clause.unknown", clause=clause)
    may_keep(by, community.office_id, asked.clause, on=office_day(act.recorded_at))
    if not is_begun_by_hand(asked.clause):
        raise RuleViolation("duty.begun_by_room")
    if not is_watched(asked.clause.id, rules=rules, book_id=community.book_id):
        raise RuleViolation("clause.not_watched", clause=asked.clause.id)
    said = check_words(words)
    facts: dict[str, object] = {"clause": asked.clause.id}
    if name := moment_asked(asked.clause):
        if given is None:
            raise RuleViolation("due.needs_fact", fact=name)
        facts[name] = iso_utc(given)
    subject = f"{SUBJECT}:{asked.clause.id}:{new_id(act.recorded_at).hex}"
    named = name_files(files=files, by=act.actor, subject=subject, community=community, now=act.recorded_at)
    entry = append(
        book=community.book_id,
        kind="duty.begun_by_hand",
        subject=subject,
        act=act,
        clause=asked.clause.id,
        facts={**facts, "files": named},
        words={"text": said},
    )
    duty = triggered_duty(entry, asked, community.office, rules, entry.facts, entry)
    duty.save(force_insert=True)
    return duty


@operation
def keep_by_hand(*, duty: UUID, by: Actor, act: Act, words: str, files: Sequence[str]) -> Entry:
    """Give a duty its evidence by hand: a file always, and what was done.

    Raises:
        RuleViolation: ``duty.not_found``, ``access.denied``, ``duty.not_yours``, ``duty.not_open``,
            ``duty.kept_by_room``, ``duty.needs_file``, ``duty.no_words``, ``duty.too_long``, ``file.not_found``.
    """
    found = _locked(duty, by, act)
    if not is_by_hand(found.clause):
        raise RuleViolation("duty.kept_by_room")
    if not files:
        raise RuleViolation("duty.needs_file")
    said = check_words(words)
    named = name_files(
        files=files,
        by=act.actor,
        subject=found.subject,
        community=Community.objects.filter(book=found.book_id).first(),
        now=act.recorded_at,
    )
    entry = _append(found, "duty.kept_by_hand", act, {"files": named}, said)
    end([found], entry, office_rules(found.office, on=act.at), now=act.recorded_at)
    return entry


@operation
def move(*, duty: UUID, by: Actor, act: Act, to: datetime, words: str) -> Entry:
    """Move what was planned or promised, with the reason; the due time moves with it, the history stays in the book.

    Raises:
        RuleViolation: those of ``keep_by_hand`` but for files; ``duty.not_planned``.
    """
    found = _locked(duty, by, act)
    name = moment_asked(load_register().clause(found.clause))
    if not name or not _is_begun_by_hand(found):
        raise RuleViolation("duty.not_planned")
    said = check_words(words)
    before, after = str(found.facts[name]), iso_utc(to)
    entry = _append(found, "duty.moved", act, {"moved_from": before, "moved_to": after}, said)
    found.facts = {**found.facts, name: after}
    set_times(found, times_for(found, office_rules(found.office, on=found.start_at)))
    found.save(update_fields=["facts", "due_at", "warn_at", "next_at"])
    return entry


@operation
def call_off(*, duty: UUID, by: Actor, act: Act, words: str) -> Entry:
    """Call off what was begun by hand: it does not take place; its duty is void, with the reason in the book.

    Raises:
        RuleViolation: those of ``keep_by_hand`` but for files; ``duty.not_planned``.
    """
    found = _locked(duty, by, act)
    if not _is_begun_by_hand(found):
        raise RuleViolation("duty.not_planned")
    entry = _append(found, "duty.called_off", act, {}, check_words(words))
    found.state, found.ended_by, found.next_at = Duty.State.VOID, entry.id, None
    found.save(update_fields=["state", "ended_by", "next_at"])
    return entry


@operation
def annul(*, duty: UUID, by: Actor, act: Act, words: str) -> Entry:
    """Annul wrong evidence, with the reason and by somebody other than who gave it; its duties are open again.

    It is the evidence that is annulled, kept by hand or by a room: every duty of the subject that it fulfilled opens
    again, and it counts for none any more. What an owner said or signed is theirs and stays; a figure (a rate) is put
    right by the evidence of its cohort.

    Raises:
        RuleViolation: ``duty.not_found``, ``access.denied``, ``duty.not_fulfilled``, ``duty.own_evidence``,
            ``duty.owners_evidence``, ``duty.is_figure``, ``duty.no_words``, ``duty.too_long``.
    """
    found = _found(duty, by, "duty.annul")
    if found.state != Duty.State.FULFILLED or found.ended_by is None:
        raise RuleViolation("duty.not_fulfilled")
    if load_register().clause(found.clause).kind in FIGURES:
        raise RuleViolation("duty.is_figure")
    evidence = Entry.objects.get(id=found.ended_by)
    if evidence.actor == act.actor:
        raise RuleViolation("duty.own_evidence")
    if not evidence.actor.startswith("staff:"):
        raise RuleViolation("duty.owners_evidence")
    entry = _append(found, "duty.annulled", act, {"entry": str(found.ended_by)}, check_words(words))
    reopen(found, act)
    return entry


def reopen(found: Duty, act: Act) -> None:
    """Open again what the evidence of a duty had fulfilled, this duty and those beside it."""
    rows = Duty.objects.select_for_update().filter(
        subject=found.subject, ended_by=found.ended_by, state=Duty.State.FULFILLED
    )
    beside = [each for each in rows if load_register().clause(each.clause).kind not in FIGURES]
    for each in beside:
        each.state, each.ended_by, each.fulfilled_at = Duty.State.OPEN, None, None
        each.next_at = act.recorded_at if each.due_at else None
    Duty.objects.bulk_update(beside, ["state", "ended_by", "fulfilled_at", "next_at"])


def _locked(duty: UUID, by: Actor, act: Act) -> Duty:
    """Return an open duty that this person may keep."""
    found = _found(duty, by, "duty.keep")
    may_keep(by, found.office_id, load_register().clause(found.clause), on=office_day(act.recorded_at))
    if found.state != Duty.State.OPEN:
        raise RuleViolation("duty.not_open")
    return found


def _found(duty: UUID, by: Actor, permission: str) -> Duty:
    rows = duties_with(by, permission).select_for_update(of=("self",)).select_related("office")
    found = rows.filter(id=duty).first()
    if found is None:
        raise RuleViolation("duty.not_found")
    return found


def _is_begun_by_hand(duty: Duty) -> bool:
    return duty.trigger is not None and duty.subject.startswith(f"{SUBJECT}:")


def _append(duty: Duty, kind: str, act: Act, facts: Mapping[str, object], words: str) -> Entry:
    return append(
        book=duty.book_id,
        kind=kind,
        subject=duty.subject,
        act=act,
        clause=duty.clause,
        facts={"clause": duty.clause, "duty": str(duty.id), **facts},
        words={"text": words},
    )
