"""Importing a roster: read and compare outside any transaction, lay ready in slices, write in one transaction.

The front desk never waits: the slices are short, and the one transaction only carries over what lies ready.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q

from hemu.estate.models import Community, RosterFile, RosterImport
from hemu.estate.operations import open_community
from hemu.estate.roster.changes import Answer
from hemu.estate.roster.characters import clean_cell
from hemu.estate.roster.parse import parse_roster
from hemu.estate.roster.plan import plan_import
from hemu.estate.roster.preview import SECTIONS, lines_of
from hemu.estate.roster.queries import TROUBLE, is_parked, known_homes
from hemu.estate.roster.staging import TABLES, clear, stage
from hemu.estate.roster.writing import Compared, begin_counting, write_rows
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.infra.troubles import Pieces, forget, note
from hemu.ledger.operations import Act

log = logging.getLogger("hemu.roster")
CLAIM = timedelta(minutes=10)
AT_ONCE = 50
State = RosterImport.State


class WorkerLost(Exception):
    """A worker took an import and was not heard of again: the process was killed, or ran out of memory."""


def compare(
    content: bytes,
    filename: str,
    *,
    community: Community | None,
    name: str,
    answers: Mapping[str, Answer] | None = None,
) -> Compared:
    """Read a roster and compare it with a community (None: one that is not there yet, of that name).

    Raises:
        RuleViolation: as ``parse_roster``; ``roster.sold_before_bought``.
    """
    roster = parse_roster(content, filename, community=name)
    known = known_homes(community) if community else []
    return Compared(roster, plan_import(roster.homes, known, answers), known)


def import_roster(
    content: bytes,
    filename: str,
    *,
    name: str,
    act: Act,
    dry_run: bool = False,
    say: Callable[[int, int], None] = lambda done, total: None,
) -> Compared:
    """Import a roster into the community of that name, opened where there is none; unanswered questions stay open.

    Args:
        dry_run: compare only; nothing is written, no community is opened.
        say: is told of rows laid ready, and of how many.

    Raises:
        RuleViolation: as ``compare``; ``community.no_name``, ``roster.changed_meanwhile``.
    """
    community = Community.objects.select_related("book").filter(name=name.strip()).first()
    compared = compare(content, filename, community=community, name=name)
    if not dry_run:
        community = community or open_community(name=name, now=act.recorded_at)
        row = _new_import(community, filename, compared.roster.digest, act, State.WRITING)
        try:
            write_rows(row, compared, act, say)
        except RuleViolation as refusal:
            _fail(row, refusal)
            raise
    return compared


@operation
def begin_import(*, community: Community, filename: str, content: bytes, act: Act) -> RosterImport:
    """Take in an uploaded file; a worker reads it. What is left of the community's finished imports goes."""
    finished = RosterImport.objects.filter(
        community=community, state__in=[State.DONE, State.FAILED, State.DISCARDED]
    )
    for old in finished.filter(staged__isnull=False).distinct():
        clear(old, (*TABLES, *SECTIONS))
    RosterFile.objects.filter(roster_import__in=finished).delete()
    return _take_in(community, filename, content, act)


@operation
def _take_in(community: Community, filename: str, content: bytes, act: Act) -> RosterImport:
    row = _new_import(community, filename, sha256(content).hexdigest(), act, State.READING)
    RosterFile.objects.create(roster_import=row, content=content)
    return row


def _new_import(community: Community, filename: str, digest: str, act: Act, state: str) -> RosterImport:
    return RosterImport.objects.create(
        id=new_id(act.recorded_at), community=community, filename=clean_cell(filename)[-200:], digest=digest, state=state,
        by=act.actor, started_at=act.recorded_at,
    )  # fmt: skip


def prepare_preview(row: RosterImport) -> None:
    """Read an import's file and lay its preview ready; a file that is refused fails the import."""
    clear(row, SECTIONS)
    try:
        compared = _compared(row)
    except RuleViolation as refusal:
        _fail(row, refusal)
        return
    row.counts = compared.counts
    begin_counting(row, sum(row.counts[name] for name in ("created", "updated", "refused", "warnings")))
    for section, lines in lines_of(compared.roster, compared.plan).items():
        for _ in stage(row, section, lines):
            pass
    RosterImport.objects.filter(id=row.id, state=State.READING).update(
        state=State.PREVIEW, counts=row.counts, claimed_until=None
    )


def _compared(row: RosterImport) -> Compared:
    content = bytes(RosterFile.objects.values_list("content", flat=True).get(roster_import=row))
    answers = {
        home: Answer(choice, date.fromisoformat(on) if on else None)
        for home, (choice, on) in row.answers.items()
    }
    community = row.community
    return compare(content, row.filename, community=community, name=community.name, answers=answers)


@operation
def answer_questions(*, row: RosterImport, answers: Mapping[str, Answer]) -> None:
    """Keep the answers given so far, by home.

    Raises:
        RuleViolation: ``roster.not_in_preview``.
    """
    _answer(row, answers, state=State.PREVIEW)


@operation
def order_writing(*, row: RosterImport, answers: Mapping[str, Answer]) -> None:
    """Order that a previewed import be written, with these answers by home.

    Raises:
        RuleViolation: ``roster.not_in_preview``.
    """
    _answer(row, answers, state=State.WRITING, refusal={}, done=0, total=0)


def _answer(row: RosterImport, answers: Mapping[str, Answer], **values: Any) -> None:
    plain = {home: [each.choice, each.on.isoformat() if each.on else None] for home, each in answers.items()}
    if not RosterImport.objects.filter(id=row.id, state=State.PREVIEW).update(answers=plain, **values):
        raise RuleViolation("roster.not_in_preview")


def discard_import(*, row: RosterImport, now: datetime) -> None:
    """Give an import up; its file and its lines go.

    Raises:
        RuleViolation: ``roster.not_in_preview``.
    """
    _give_up(row, now)
    clear(row, SECTIONS)


@operation
def _give_up(row: RosterImport, now: datetime) -> None:
    at_rest = [State.PREVIEW, State.FAILED, *([State.READING, State.WRITING] if is_parked(row) else [])]
    waiting = RosterImport.objects.filter(id=row.id, state__in=at_rest, claimed_until__isnull=True)
    if not waiting.update(state=State.DISCARDED, finished_at=now):
        raise RuleViolation("roster.not_in_preview")
    forget(kind=TROUBLE, key=row.id.hex)
    RosterFile.objects.filter(roster_import=row).delete()


def write_import(row: RosterImport, act: Act) -> None:
    """Write an import that was ordered; where homes changed meanwhile nothing is written and the preview is made anew."""
    try:
        write_rows(row, _compared(row), act, lambda done, total: None)
    except RuleViolation as refusal:
        answers = {} if refusal.code == "roster.sold_before_bought" else row.answers
        RosterImport.objects.filter(id=row.id, state=State.WRITING).update(
            state=State.READING, refusal=_refusal(refusal), claimed_until=None, answers=answers
        )
        return
    RosterFile.objects.filter(roster_import=row).delete()


def _refusal(refusal: RuleViolation) -> dict[str, Any]:
    return {"code": refusal.code, "params": {name: str(value) for name, value in refusal.params.items()}}


def _fail(row: RosterImport, refusal: RuleViolation) -> None:
    RosterImport.objects.filter(id=row.id).update(
        state=State.FAILED, refusal=_refusal(refusal), claimed_until=None
    )
    RosterFile.objects.filter(roster_import=row).delete()


def claim_import(now: datetime) -> RosterImport | None:
    """Return an import that waits for a worker, claimed for ten minutes; None where none does.

    One whose worker vanished is noted among the troubles and rests: a file that kills each worker is parked in the
    end, and keeps no other waiting.
    """
    waiting = RosterImport.objects.filter(
        _free(now), state__in=[State.READING, State.WRITING], file__isnull=False
    )
    resting: list[str] | None = None
    for row in waiting.select_related("community__book").order_by("started_at")[:AT_ONCE]:
        if row.claimed_until is not None:
            _worker_is_lost(row, now)
            continue
        resting = Pieces(TROUBLE, now).resting() if resting is None else resting
        if row.id.hex not in resting and claim(row, now):
            return row
    return None


@operation
def _worker_is_lost(row: RosterImport, now: datetime) -> None:
    """Take an import back from a worker that vanished over it; of two who see it one notes it."""
    lapsed = RosterImport.objects.filter(id=row.id, claimed_until=row.claimed_until)
    if lapsed.update(claimed_until=None):
        about = f"roster:{row.community.name}"[:80]
        note(kind=TROUBLE, key=row.id.hex, about=about, error=WorkerLost(), now=now)


def claim(row: RosterImport, now: datetime) -> bool:
    """Take an import to work on it, for ten minutes; of two who try one gets it."""
    mine = RosterImport.objects.filter(_free(now), id=row.id, state=row.state)
    return bool(mine.update(claimed_until=now + CLAIM))


def _free(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def work_on(row: RosterImport, now: datetime) -> None:
    """Do what an import waits for: its preview, or its writing."""
    try:
        if row.state == State.READING:
            prepare_preview(row)
        else:
            write_import(row, Act(row.by, at=now, recorded_at=now))
    except Exception:  # whatever it is, the page must not wait for ever
        log.exception("import %s failed", row.id)
        _fail(row, RuleViolation("roster.failed"))
    forget(kind=TROUBLE, key=row.id.hex)
