"""Reading figures: what is attained against what is required, the list behind it, and on what evidence rests."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.duties.models import Duty
from hemu.duties.queries import cohort_in, is_attained, is_by_hand, is_watched, watched_clauses
from hemu.duties.rules import is_late_entry
from hemu.estate.models import Community, Home, Office
from hemu.estate.queries import OfficeRules, office_rules
from hemu.figures.models import FrozenFigure, Recall
from hemu.figures.rules import SETTLED, per_mille
from hemu.foundation.due import Period, due_at, period_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import first_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.models import Entry
from hemu.sop.quota import visit_quota
from hemu.sop.register import Clause

MOST = 2_000
FIGURES = frozenset({"rate", "quota"})
"""Kinds of clauses whose duty is a figure of many, not one thing done."""


@dataclass(frozen=True)
class Figure:
    """One clause with a target or a rate, in one community and period.

    Attributes:
        required: as the register writes it: ``98%``, ``5%`` for a ceiling, a number; "" where a table decides.
        met, cohort: as they stand now; of what is kept by hand the duties with evidence, and all of them.
        frozen: as the month was closed, with the list behind it; None while it runs, or where nothing was counted.
    """

    clause: Clause
    period: Period
    required: str
    by_hand: bool
    met: int
    cohort: int
    members: dict[str, bool]
    frozen: FrozenFigure | None
    closed: bool

    @property
    def tenths(self) -> int | None:
        """Return the share as it stands now, in tenths of a per cent."""
        return per_mille(self.met, self.cohort, ceiling=self.clause.ceiling is not None)

    @property
    def stands(self) -> str:
        """Tell how it stands: the month that is closed as it was frozen."""
        met, cohort = (self.frozen.met, self.frozen.cohort) if self.frozen else (self.met, self.cohort)
        if not cohort:
            return "nothing"
        if not self.closed:
            return "running"
        attained = met == cohort if self.by_hand else is_attained(self.clause, met, cohort)
        return "attained" if attained else "missed"

    @property
    def changed(self) -> bool:
        """Tell whether it would be counted otherwise now than when the month was closed."""
        return self.frozen is not None and (self.frozen.met, self.frozen.cohort) != (self.met, self.cohort)


def month_of(community: Community, text: str, *, now: datetime) -> Period:
    """Return the month asked for, ``2026-10``; this one where none is.

    Raises:
        RuleViolation: ``figure.unknown_month``.
    """
    time = office_rules(community.office, on=now).time
    if not text:
        return period_of("month", now, time)
    return period_of("month", month_begins(text), time)


def month_begins(text: str) -> datetime:
    """Return the first moment of a month, ``2026-10``.

    Raises:
        RuleViolation: ``figure.unknown_month``.
    """
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise RuleViolation("figure.unknown_month") from None
    if not 2000 < first.year < 2200:
        raise RuleViolation("figure.unknown_month")
    return datetime(first.year, first.month, 1, tzinfo=OFFICE_ZONE)


def figures_of(
    community: Community, month: Period, *, now: datetime, hidden: Collection[str] = (), lists: bool = False
) -> list[Figure]:
    """Return the figures of a community for a month, in the register's order.

    Of a clause with a longer period it is the one in which the month's first day lies.

    Args:
        hidden: subjects kept from who asks: neither counted nor listed, in a closed month neither.
        lists: with the lists behind the frozen ones.
    """
    rules = office_rules(community.office, on=month.start)
    rows = FrozenFigure.objects.filter(community=community, period=month.key)
    frozen = {each.clause: each for each in (rows if lists or hidden else rows.defer("members"))}
    return [
        _figure(each.clause, community, month, rules, frozen.get(each.clause.id), now, hidden)
        for each in rules.clauses
        if _is_counted(each.clause) and is_watched(each.clause.id, rules=rules, book_id=community.book_id)
    ]


def figure_of(
    community: Community, clause_id: str, month: Period, *, now: datetime, hidden: Collection[str] = ()
) -> Figure | None:
    """Return one figure; None where the clause has none, or is not in force; ``hidden`` as above."""
    rules = office_rules(community.office, on=month.start)
    clause = next((each.clause for each in rules.clauses if each.clause.id == clause_id), None)
    if clause is None or not _is_counted(clause):
        return None
    frozen = FrozenFigure.objects.filter(community=community, clause=clause_id, period=month.key).first()
    return _figure(clause, community, month, rules, frozen, now, hidden)


def _is_counted(clause: Clause) -> bool:
    return clause.kind in FIGURES and bool(clause.every)


def _figure(
    clause: Clause,
    community: Community,
    month: Period,
    rules: OfficeRules,
    frozen: FrozenFigure | None,
    now: datetime,
    hidden: Collection[str],
) -> Figure:
    assert clause.every is not None  # `_is_counted`
    period = month if clause.every == "month" else period_of(clause.every, month.start, rules.time)
    by_hand = clause.kind == "quota" or is_by_hand(clause.id)
    if by_hand:
        members = _kept(clause, community, period)
    else:
        members = cohort_in(clause, book_id=community.book_id, period=period)
    members = {subject: has for subject, has in members.items() if subject not in hidden}
    rule = rules.settings.due_rule(clause)
    due = due_at(rule, start=period.start, time=rules.time, every=clause.every) if rule else period.end
    return Figure(
        clause,
        period,
        _required(clause, community),
        by_hand,
        sum(members.values()),
        len(members),
        members,
        _seen(frozen, hidden),
        closed=now > due,
    )


def _seen(frozen: FrozenFigure | None, hidden: Collection[str]) -> FrozenFigure | None:
    """Return a frozen figure as somebody sees it from whom some of what it counts is kept; never to be saved."""
    if frozen is None or not hidden:
        return frozen
    lists = {word: [each for each in frozen.members[word] if each not in hidden] for word in ("met", "unmet")}
    gone = {word: len(frozen.members[word]) - len(lists[word]) for word in lists}
    frozen.met -= gone["met"]
    frozen.cohort -= sum(gone.values())
    frozen.members = lists
    return frozen if frozen.cohort else None


def _kept(clause: Clause, community: Community, period: Period) -> dict[str, bool]:
    """Return the duties of a clause kept by hand in a period by their subjects, and whether each has its evidence."""
    rows = Duty.objects.filter(
        subject__gte=f"clause:{clause.id}:", subject__lt=f"clause:{clause.id};", clause=clause.id
    ).exclude(state=Duty.State.VOID)
    if clause.per == "community":
        rows = rows.filter(subject=f"clause:{clause.id}:{community.book_id}:{period.key}")
    else:
        rows = rows.filter(office=community.office_id, start_at=period.start)
    return {
        subject: state == Duty.State.FULFILLED
        for subject, state in rows.values_list("subject", "state")[:MOST]
    }


def _required(clause: Clause, community: Community) -> str:
    if clause.kind == "rate":
        share = clause.ceiling if clause.ceiling is not None else clause.rate
        return f"{share * 100:.4f}".rstrip("0").rstrip(".") + "%" if share is not None else ""
    if clause.id == "VS-02":
        homes = Home.objects.filter(community=community)
        count, occupied = homes.count(), homes.filter(occupancy=Home.Occupancy.OCCUPIED).count()
        return str(visit_quota(homes=count, occupied=occupied)) if count else ""
    return str(clause.target) if isinstance(clause.target, int | str) else ""


@lru_cache(maxsize=1)
def rates_counted() -> tuple[Clause, ...]:
    """Return the rates that the product counts by itself."""
    return tuple(
        each for each in watched_clauses() if each.kind == "rate" and each.every and not is_by_hand(each.id)
    )


@lru_cache(maxsize=1)
def evidence_kinds() -> frozenset[str]:
    """Return the kinds of entries that can fulfil a duty."""
    return frozenset().union(
        *(each.evidence_rule.kinds() for each in watched_clauses() if each.kind != "rate")
    )


def evidence_between(first: datetime, last: datetime) -> QuerySet[Entry]:
    """Return the entries of staff, entered from ``first`` to before ``last``, that fulfilled a duty and stand."""
    rows = Entry.objects.filter(
        id__gte=first_id(first), id__lt=first_id(last), kind__in=[*evidence_kinds(), "duty.kept_by_hand"]
    )
    return rows.filter(_fulfils(), actor__startswith="staff:")


def duties_met(subject: str, evidence: UUID) -> list[Duty]:
    """Return the duties that an entry fulfilled and that a denial opens again; a figure is put right by its cohort."""
    rows = Duty.objects.filter(subject=subject, ended_by=evidence, state=Duty.State.FULFILLED).order_by("id")
    return list(rows.exclude(clause__in=figure_clauses()))


@lru_cache(maxsize=1)
def figure_clauses() -> tuple[str, ...]:
    """Return the clauses whose duty is a figure: no single piece of evidence fulfils them."""
    return tuple(each.id for each in watched_clauses() if each.kind in FIGURES)


def _fulfils() -> Exists:
    rows = Duty.objects.filter(
        subject=OuterRef("subject"), ended_by=OuterRef("id"), state=Duty.State.FULFILLED
    )
    return Exists(rows.exclude(clause__in=figure_clauses()))


@dataclass
class Shares:
    """Of some evidence: how much rests on word, was entered late (补录), was not independent."""

    count: int = 0
    word: int = 0
    late: int = 0
    dependent: int = 0

    def add(self, *, word: bool, late: bool, dependent: bool) -> None:
        """Count one piece of evidence."""
        self.count += 1
        self.word += word
        self.late += late
        self.dependent += dependent


@dataclass
class Rests:
    """On what the evidence of an office's month rests, by person and by book."""

    people: dict[str, Shares] = field(default_factory=lambda: defaultdict(Shares))
    books: dict[str, Shares] = field(default_factory=lambda: defaultdict(Shares))


def rests_on(office: Office, month: Period, *, hidden: Collection[str] = ()) -> Rests:
    """Return on what an office's evidence of a month rests; the month is that in which it was entered.

    Args:
        hidden: subjects kept from who asks; what was done on them is not counted.
    """
    books = [office.book_id, *Community.objects.filter(office=office).values_list("book_id", flat=True)]
    time = office_rules(office, on=month.start).time
    found = Rests()
    rows = evidence_between(month.start, month.end).filter(book__in=books).exclude(subject__in=hidden)
    for actor, book, proof, at, recorded_at, facts in rows.values_list(
        "actor", "book", "proof", "at", "recorded_at", "facts"
    ).iterator():
        marks = {
            "word": proof == "word",
            "late": is_late_entry(at=at, recorded_at=recorded_at, time=time),
            "dependent": facts.get("independent") is False,
        }
        found.people[actor].add(**marks)
        found.books[book].add(**marks)
    return found


def word_by_person(first: datetime, last: datetime) -> dict[str, list[str]]:
    """Return the evidence on word of a span by who gave it: actor → ids of entries."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = evidence_between(first, last).filter(proof="word")
    for key, actor in rows.values_list("id", "actor").iterator():
        found[actor].append(str(key))
    return found


def recalls_of(actor: Actor, permission: str = "figure.view") -> QuerySet[Recall]:
    """Return what is drawn at the offices where a permission is held; none of a case that names this person."""
    rows = Recall.objects.select_related("giver", "noted_by", "office")
    offices = actor.offices_with(permission)
    if offices is not None:
        rows = rows.filter(office__in=offices)
    hidden = kept_from(actor.staff_id)
    return rows.exclude(subject__in=hidden) if hidden else rows


def recalls_to_make(actor: Actor) -> QuerySet[Recall]:
    """Return what this person may still call again, the oldest month first."""
    rows = recalls_of(actor, "evidence.recall").exclude(state__in=sorted(SETTLED))
    return rows.exclude(giver=actor.staff_id).order_by("month", "id")


def offices_seen(actor: Actor) -> list[Office]:
    """Return the offices whose figures somebody may see, by name."""
    held = actor.offices_with("figure.view")
    rows = Office.objects.order_by("name", "id")
    return list(rows if held is None else rows.filter(id__in=held))
