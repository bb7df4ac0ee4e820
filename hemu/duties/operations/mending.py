"""What becomes of duties when facts are mended, a case is reopened, or a clock stands still."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from hemu.duties.models import Duty
from hemu.duties.operations.watching import meet, set_times, times_for, triggered_duties, void_duties
from hemu.duties.queries import ANNULLED, evidence_clauses, office_of
from hemu.duties.rules import effective_at
from hemu.estate.models import Office
from hemu.estate.queries import OfficeRules, office_rules
from hemu.infra.moments import iso_utc
from hemu.ledger.catalogue import kind_of
from hemu.ledger.models import Entry
from hemu.ledger.operations import SYSTEM
from hemu.sop.patterns import Facts

Pauses = list[list[str]]


@dataclass(frozen=True)
class Restart:
    """The clocks that an entry starts again: those of an entry of ``kind``, but not of the clauses ``without``."""

    kind: str
    without: frozenset[str] = frozenset()


def restart(entry: Entry, again: Restart) -> None:
    """Start the clocks of a reopened subject again from the entry's own time; the first times stay."""
    office = office_of(entry.book_id)
    if office is not None:
        rules = office_rules(office, on=entry.at)
        Duty.objects.bulk_create(_wanted(entry, again, entry.facts, office, rules, by=entry))


def refit(
    entry: Entry, *, names: Collection[str], said_by: Collection[str], restarts: Mapping[str, Restart]
) -> None:
    """Fit a subject's duties to facts that ``entry`` changed (DESIGN §1).

    Duties that a trigger with the new facts would not open, or not with that due time, are void, with this
    entry as the reason; those it would open now are born with the first event's time.

    Args:
        names: the facts that the entry may have changed; a trigger takes those of its own kind.
        said_by: the kinds of entries that say them; the last one before tells what they were.
        restarts: kind of entry → what such an entry started again.
    """
    office = office_of(entry.book_id)
    if office is None:
        return
    earlier = list(
        Entry.objects.filter(subject=entry.subject, seq__lt=entry.seq).exclude(actor=SYSTEM).order_by("seq")
    )
    changed = {name: entry.facts.get(name) for name in names}
    before = next((each for each in reversed(earlier) if each.kind in said_by), None)
    if before is None or all(
        before.facts.get(name) == changed[name] for name in changed if name in kind_of(before.kind).facts
    ):
        return
    duties = list(Duty.objects.select_for_update().filter(subject=entry.subject, trigger__isnull=False))
    started = [number for number, each in enumerate(earlier) if each.kind in restarts]
    earlier = earlier[started[-1] :] if started else earlier  # the first times of a reopened subject stay
    born: list[Duty] = []
    unfit: list[Duty] = []
    for trigger in earlier:
        again = restarts.get(trigger.kind, Restart(trigger.kind))
        rules = office_rules(office, on=trigger.at)
        wanted = _wanted(trigger, again, _mended(trigger, again, changed), office, rules, by=entry)
        standing = [duty for duty in duties if duty.trigger == trigger.id and duty.state != Duty.State.VOID]
        kept, gone = _compare(standing, wanted, rules)
        unfit += gone
        born += [duty for duty in wanted if duty.clause not in kept]
    ids = [duty.id for duty in unfit]
    if ids:
        Duty.objects.filter(id__in=ids).update(state=Duty.State.VOID, ended_by=entry.id, next_at=None)
    if born:
        Duty.objects.bulk_create(born)
    _meet_from_history(born, earlier, entry, office)


def _wanted(
    trigger: Entry, again: Restart, facts: Facts, office: Office, rules: OfficeRules, *, by: Entry
) -> list[Duty]:
    duties = triggered_duties(trigger, again.kind, facts, office=office, rules=rules, by=by)
    return [duty for duty in duties if duty.clause not in again.without]


def _mended(trigger: Entry, again: Restart, changed: Facts) -> Facts:
    names = kind_of(again.kind).facts
    facts = {**trigger.facts, **{name: value for name, value in changed.items() if name in names}}
    return {name: value for name, value in facts.items() if value is not None}


def _compare(standing: list[Duty], wanted: list[Duty], rules: OfficeRules) -> tuple[set[str], list[Duty]]:
    """Return the clauses whose duty stays as it is, and the open duties that fit no more."""
    kept: set[str] = set()
    unfit: list[Duty] = []
    new = {duty.clause: duty for duty in wanted}
    for duty in standing:
        fitting = new.get(duty.clause)
        if fitting is not None:
            fitting.pauses, fitting.start_at = duty.pauses, min(duty.start_at, fitting.start_at)
            set_times(fitting, times_for(fitting, rules))
        if duty.state != Duty.State.OPEN or (fitting is not None and fitting.due_at == duty.due_at):
            kept.add(duty.clause)
        else:
            unfit.append(duty)
    return kept, unfit


def _meet_from_history(born: list[Duty], earlier: list[Entry], entry: Entry, office: Office) -> None:
    """Fulfil the new-born duties whose evidence is in the book already, after what triggered them."""
    place = {each.id: number for number, each in enumerate(earlier)}
    annulled = {each.facts["entry"] for each in earlier if each.kind == ANNULLED}
    for number, evidence in enumerate(earlier):
        clauses = evidence_clauses(evidence.kind) if str(evidence.id) not in annulled else ()
        waiting = [
            duty
            for duty in born
            if duty.clause in clauses
            and duty.state == Duty.State.OPEN
            and duty.trigger is not None
            and place[duty.trigger] < number
        ]
        if waiting:
            meet(waiting, evidence, office_rules(office, on=evidence.at), now=entry.recorded_at)


def hand_on(entry: Entry, *, to: str) -> None:
    """End a subject's duties by ``entry`` because another subject goes on in its place.

    What was promised earlier stays promised: an open duty of the other counts from the time, with the pauses and the
    facts, of the one of the same clause that ends here, where that one was due before it. What is late already stays due
    when it was.
    """
    ending = Duty.objects.filter(subject=entry.subject, state=Duty.State.OPEN, due_at__isnull=False)
    first = {duty.clause: duty for duty in ending.order_by("-due_at")}
    void_duties(entry)
    going_on = Duty.objects.select_for_update(of=("self",)).filter(
        subject=to, state=Duty.State.OPEN, clause__in=first, late_at__isnull=True, due_at__isnull=False
    )
    for duty in going_on.select_related("office").order_by("id"):
        before = first[duty.clause]
        if duty.due_at and before.due_at and before.due_at < duty.due_at:
            own = {name: value for name, value in duty.facts.items() if name != "put_off_to"}
            duty.start_at, duty.pauses, duty.facts = before.start_at, before.pauses, own | before.facts
            set_times(duty, times_for(duty, office_rules(duty.office, on=duty.start_at)))
            duty.save(update_fields=["start_at", "pauses", "facts", "due_at", "warn_at", "next_at"])


def set_moment(*, subjects: Collection[str], fact: str, moment: datetime) -> None:
    """Let the open duties of these subjects count from or to another moment, where they have one; late ones stay late.

    Args:
        fact: one of ``rules.GIVEN``'s: what says the moment.
    """
    duties = Duty.objects.select_for_update(of=("self",)).filter(
        subject__in=subjects, state=Duty.State.OPEN, late_at__isnull=True
    )
    for duty in duties.select_related("office").order_by("id"):
        if fact in duty.facts:
            duty.facts = {**duty.facts, fact: iso_utc(moment)}
            set_times(duty, times_for(duty, office_rules(duty.office, on=duty.start_at)))
            duty.save(update_fields=["facts", "due_at", "warn_at", "next_at"])


def pause(entry: Entry, *, until_fact: str) -> None:
    """Let the clocks that may pause stand still from the entry's time to the one in its fact ``until_fact``.

    Entered later than the grace allows (补录) they stand from the time of entry: no pause undoes what is late.
    """
    _repace(entry, lambda pauses, at: [*pauses, [at, entry.facts[until_fact]]])


def resume(entry: Entry) -> None:
    """Let paused clocks run again from the entry's time, earlier than planned."""

    def ended(pauses: Pauses, at: str) -> Pauses:
        if not pauses or pauses[-1][1] <= at:
            return pauses
        return [*pauses[:-1], [pauses[-1][0], at]]

    _repace(entry, ended)


def _repace(entry: Entry, change: Callable[[Pauses, str], Pauses]) -> None:
    office = office_of(entry.book_id)
    if office is None:
        return
    rules = office_rules(office, on=entry.at)
    duties = Duty.objects.select_for_update().filter(
        subject=entry.subject,
        state=Duty.State.OPEN,
        clause__in=rules.settings.pause["clauses"],
        late_at__isnull=True,  # what is late already stays due when it was
    )
    at = iso_utc(effective_at(at=entry.at, recorded_at=entry.recorded_at, time=rules.time))
    for duty in duties:
        duty.pauses = change(duty.pauses, at)
        set_times(duty, times_for(duty, office_rules(office, on=duty.start_at)))
        duty.save(update_fields=["pauses", "due_at", "warn_at", "next_at"])
