"""Writing figures: a month is frozen when it is closed; evidence on word is drawn, called again, and annulled if denied."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.operations import annul
from hemu.duties.queries import cohort_in
from hemu.estate.models import Community, Office
from hemu.estate.queries import office_rules
from hemu.figures.models import Draw, FrozenFigure, Recall
from hemu.figures.queries import duties_met, month_begins, rates_counted, recalls_of, word_by_person
from hemu.figures.rules import (
    DENIED,
    SETTLED,
    check_other_person,
    check_outcome,
    check_words,
    digest_of,
    drawn,
)
from hemu.foundation.due import Period, period_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.models import Entry, Seal
from hemu.ledger.operations import SYSTEM, Act, append
from hemu.sop.register import Clause

SLICE = 200


def freeze_closed(period: str, *, now: datetime) -> int:
    """Freeze the rates of a month whose duty is past due and is not frozen yet; return how many.

    A month in which nothing belonged to a rate's cohort has no duty and is not frozen.

    Args:
        period: ``2026-10``.
    """
    done = 0
    for clause in rates_counted():
        there = FrozenFigure.objects.filter(clause=clause.id, period=period, community__book=OuterRef("book"))
        closed = Duty.objects.filter(subject=f"rate:{clause.id}:{period}", clause=clause.id, due_at__lt=now)
        books = closed.exclude(state=Duty.State.VOID).exclude(Exists(there)).values_list("book", flat=True)
        for community in Community.objects.filter(book__in=list(books[:SLICE])).select_related("office"):
            done += _freeze(clause, community, period, now)
    return done


@operation
def _freeze(clause: Clause, community: Community, key: str, now: datetime) -> bool:
    """Write one figure and the digest of its list into the book; the list itself lies beside it."""
    Community.objects.select_for_update().get(id=community.id)
    if FrozenFigure.objects.filter(community=community, clause=clause.id, period=key).exists():
        return False
    period = _month(community.office, key)
    cohort = cohort_in(clause, book_id=community.book_id, period=period)
    met = sorted(subject for subject, has in cohort.items() if has)
    unmet = sorted(set(cohort) - set(met))
    entry = append(
        book=community.book_id,
        kind="figure.frozen",
        subject=f"rate:{clause.id}:{key}",
        act=Act(SYSTEM, at=now, recorded_at=now),
        clause=clause.id,
        facts={
            "clause": clause.id,
            "period": key,
            "met": len(met),
            "cohort": len(cohort),
            "digest": digest_of(met, unmet),
        },
    )
    FrozenFigure.objects.create(
        id=new_id(now),
        community=community,
        clause=clause.id,
        period=key,
        met=len(met),
        cohort=len(cohort),
        members={"met": met, "unmet": unmet},
        entry=entry.id,
        frozen_at=now,
    )
    return True


def _month(office: Office, key: str) -> Period:
    begins = month_begins(key)
    return period_of("month", begins, office_rules(office, on=begins).time)


def root_of_month(key: str) -> Seal | None:
    """Return the seal whose head draws a month's evidence: the first made after the month; None before it is."""
    first = month_begins(key)
    after = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=first.tzinfo)
    return Seal.objects.filter(sealed_at__gte=after).order_by("number").first()


def draw_of(key: str) -> tuple[Seal, dict[str, list[str]]]:
    """Return the seal of a month and which evidence its root draws: actor → ids of entries. It writes nothing.

    Raises:
        RuleViolation: ``recall.no_root`` (month), ``figure.unknown_month``.
    """
    seal = root_of_month(key)
    if seal is None:
        raise RuleViolation("recall.no_root", month=key)
    first = month_begins(key)
    last = datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=first.tzinfo)
    share, at_least = _asked(first)
    found = {
        actor: drawn(seal.head, actor, ids, share=share, at_least=at_least)
        for actor, ids in word_by_person(first, last).items()
    }
    return seal, found


def _asked(on: datetime) -> tuple[float, int]:
    """Return the share and the least number, the greatest that any office asks for."""
    asked = [office_rules(each, on=on).settings.word_evidence for each in Office.objects.all()]
    shares = [float(each["recall_share"]) for each in asked]
    return max(shares, default=0.05), max((int(each["recall_at_least"]) for each in asked), default=3)


def draw_month(key: str, *, now: datetime) -> int:
    """Draw a month's evidence on word once its root is sealed; return how many pieces; again it draws none."""
    if Draw.objects.filter(month=key).exists() or root_of_month(key) is None:
        return 0
    seal, found = draw_of(key)
    ids = [each for drawn_ids in found.values() for each in drawn_ids]
    for at in range(0, len(ids), SLICE):
        _lay_ready(key, ids[at : at + SLICE], now)
    Draw.objects.get_or_create(
        month=key, defaults={"seal": seal.number, "root": seal.head, "drawn_at": now, "count": len(ids)}
    )
    return len(ids)


@operation
def _lay_ready(key: str, ids: list[str], now: datetime) -> None:
    rows = []
    for entry in Entry.objects.filter(id__in=ids):
        if met := duties_met(entry.subject, entry.id):
            rows.append(
                Recall(
                    id=new_id(now),
                    month=key,
                    entry=entry.id,
                    subject=entry.subject,
                    office_id=met[0].office_id,
                    giver_id=UUID(entry.actor.removeprefix("staff:")),
                )
            )
    Recall.objects.bulk_create(rows, ignore_conflicts=True)


@operation
def note_recall(*, recall: UUID, answer: str, by: Actor, act: Act, words: str) -> Entry:
    """Note what came of calling again; a denial annuls the evidence, and the duties it fulfilled are open again.

    Raises:
        RuleViolation: ``recall.not_found``, ``recall.own_evidence``, ``recall.settled``, ``recall.unknown_outcome``,
            ``recall.no_words``, ``recall.too_long``; of a denial those of ``duties.operations.annul``.
    """
    rows = recalls_of(by, "evidence.recall").select_for_update(of=("self",))
    found = rows.filter(id=recall).first()
    if found is None:
        raise RuleViolation("recall.not_found")
    evidence = Entry.objects.get(id=found.entry)
    check_other_person(by=by.key, giver=evidence.actor)
    if found.state in SETTLED:
        raise RuleViolation("recall.settled")
    answer, said = check_outcome(answer), check_words(words)
    entry = append(
        book=evidence.book_id,
        kind="evidence.recalled",
        subject=evidence.subject,
        act=act,
        clause=evidence.clause,
        facts={"entry": str(evidence.id), "answer": answer},
        words={"text": said},
    )
    if answer == DENIED:
        met = duties_met(evidence.subject, evidence.id)
        if met:  # what it fulfilled beside opens with it
            annul(duty=met[0].id, by=by, act=act, words=said)
    found.state, found.tries = answer, found.tries + 1
    found.noted_at, found.noted_by_id = act.at, by.staff_id
    found.save(update_fields=["state", "tries", "noted_at", "noted_by"])
    return entry


def months_before(now: datetime, count: int) -> list[str]:
    """Return the last ``count`` months that are over, the newest first."""
    day, found = office_day(now), []
    year, month = day.year, day.month
    for _ in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found.append(f"{year}-{month:02}")
    return found
