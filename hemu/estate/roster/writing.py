"""Writing a compared roster: rows laid ready in slices, then one short transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from hemu.estate.models import Person, RosterImport, Tie
from hemu.estate.operations import initials_of
from hemu.estate.roster.changes import KnownHome, Plan
from hemu.estate.roster.drafts import draft, ended
from hemu.estate.roster.preview import SECTIONS, counts_of, home_notes, note_line, refused_line
from hemu.estate.roster.shapes import ParsedRoster
from hemu.estate.roster.staging import TABLES, carry_over, clear, homes_changed, stage_drafts
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append

KEPT_AFTERWARDS = ("refused", "warning")
State = RosterImport.State


@dataclass
class Compared:
    """A roster read and compared with its community."""

    roster: ParsedRoster
    plan: Plan
    known: list[KnownHome] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return the figures, as ``counts_of``."""
        return counts_of(self.roster, self.plan)

    @property
    def refused(self) -> list[dict[str, Any]]:
        """Return the refused rows: sheet, row, code, params, cells, header."""
        return [refused_line(row, self.roster) for row in self.roster.refused]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """Return the warnings of rows, then of homes: sheet, row, code, params."""
        return [*map(note_line, self.roster.warnings), *home_notes(self.plan)]


def begin_counting(row: RosterImport, total: int) -> None:
    """Count the slices of an import anew."""
    RosterImport.objects.filter(id=row.id).update(done=0, total=total)


@dataclass(frozen=True)
class _Standing:
    """What must still stand when it is changed: homes (how many), ties without an end, people's names."""

    homes: int
    ties: set[UUID]
    names: dict[UUID, str]


def _standing(plan: Plan) -> _Standing:
    ties = {person.tie for _, person, _ in ended(plan)}
    renamed = (person for change in plan.updated for person, _ in change.naming)
    homes = len(plan.updated) + len(plan.unchanged)
    return _Standing(homes, ties, {person.person: person.name for person in renamed})


def _require(standing: _Standing, row: RosterImport) -> None:
    ties = Tie.objects.filter(id__in=standing.ties, until__isnull=True).count()
    names = dict(Person.objects.filter(id__in=standing.names).values_list("id", "name"))
    if ties != len(standing.ties) or names != standing.names or (standing.homes and homes_changed(row)):
        raise RuleViolation("roster.changed_meanwhile")


def write_rows(row: RosterImport, compared: Compared, act: Act, say: Callable[[int, int], None]) -> None:
    """Lay all rows ready, then carry them over.

    Raises:
        RuleViolation: ``roster.changed_meanwhile``, ``roster.not_in_preview``; then nothing was written.
    """
    clear(row, TABLES)
    drafts = draft(
        compared.plan, compared.known, community=row.community_id, now=act.recorded_at, initials=initials_of
    )
    total = len(drafts.homes) + len(drafts.people) + len(drafts.phones) + len(drafts.ties)
    begin_counting(row, total)
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        say(done, total)

    stage_drafts(row, drafts, progress)
    standing, _ = _standing(compared.plan), compared.counts  # worked out before the transaction begins
    try:
        _carry_over(row, compared, standing, act, anything=total > 0)
    except IntegrityError as clash:  # somebody entered the same home, number or tie since it was read
        raise RuleViolation("roster.changed_meanwhile") from clash
    finally:
        clear(row, (*TABLES, *(set(SECTIONS) - set(KEPT_AFTERWARDS))))


@operation
def _carry_over(
    row: RosterImport, compared: Compared, standing: _Standing, act: Act, *, anything: bool
) -> None:
    """The one transaction: all rows and their entries, or nothing."""
    done = {
        "state": State.DONE, "finished_at": act.recorded_at, "counts": compared.counts, "claimed_until": None,
    }  # fmt: skip
    if not RosterImport.objects.filter(id=row.id, state=State.WRITING).update(**done):
        raise RuleViolation("roster.not_in_preview")
    if anything:
        _require(standing, row)
        carry_over(row)
        _append_entries(row, compared, act)


def _append_entries(row: RosterImport, compared: Compared, act: Act) -> None:
    book = row.community.book_id
    ends = ended(compared.plan)
    for home, person, on in ends:
        facts = {"tie": str(person.tie), "home": str(home.id), "kind": person.kind, "on": on.isoformat()}
        append(book=book, kind="tie.ended", subject=f"owner:{person.person}", act=act, facts=facts)
    told = ("rows", "homes", "people", "created", "updated", "unchanged", "refused")
    counts = {name: compared.counts[name] for name in told} | {"ended": len(ends)}
    append(
        book=book,
        kind="roster.imported",
        subject=f"community:{row.community_id}",
        act=act,
        facts={"file": row.digest, **counts},
        words={"filename": row.filename},
    )
