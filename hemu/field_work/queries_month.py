"""One's own month: what was done, in time, done again, praised, and with which materials.

- *Done*: cases that this person's `request.resolved` of the month says are done, each once, by its first one; void,
  withdrawn and merged ones count in no figure.
- *On time*: that entry's own fact, worked out when it was written as the duties judge it (the limit that holds for
  the case; entered late, 补录, by the time of entry).
- *Rework*: cases of them that came back afterwards, up to now: reopened for rework, sent back by the owner, or only
  partly solved.
- *Praise*: the cases in which an owner praised this person in the month, as it was passed on; and ratings of 5.
- *Materials*: the lines of this person's `work.materials_used` of the month.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hemu.access.actors import Actor
from hemu.field_work.rules import amount_of
from hemu.infra.moments import OFFICE_ZONE, iso_local
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.praise.queries import praised
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to

ANNULS = ("request.withdrawn", "request.voided", "request.merged")
COMES_BACK = ("request.reopened", "request.sent_back", "request.partly_solved")
BEST = 5


@dataclass(frozen=True)
class Done:
    """One case that was done in the month."""

    case: Request
    at: datetime
    on_time: bool
    rework: bool
    score: int | None
    materials_fen: int


@dataclass(frozen=True)
class Used:
    """One line of materials used."""

    number: str
    at: datetime
    name: str
    quantity_milli: int
    unit: str
    price_fen: int

    @property
    def amount_fen(self) -> int:
        """The line's amount."""
        return amount_of(self.quantity_milli, self.price_fen)


@dataclass(frozen=True)
class Month:
    """One person's month."""

    first: date
    done: tuple[Done, ...]
    used: tuple[Used, ...]
    praise: tuple[Request, ...]

    @property
    def on_time_count(self) -> int:
        """How many were done in time."""
        return sum(each.on_time for each in self.done)

    @property
    def rework_count(self) -> int:
        """How many came back."""
        return sum(each.rework for each in self.done)

    @property
    def best_count(self) -> int:
        """How many owners gave the best rating."""
        return sum(each.score == BEST for each in self.done)

    @property
    def materials_fen(self) -> int:
        """What all materials come to, 0.01 CNY."""
        return sum(each.amount_fen for each in self.used)


def month_of(actor: Actor, first: date) -> Month:
    """Return a person's month, in six questions however much was done.

    Args:
        first: the first day of the month, in the office's zone.
    """
    start = datetime(first.year, first.month, 1, tzinfo=OFFICE_ZONE)
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    end = datetime(following.year, following.month, 1, tzinfo=OFFICE_ZONE)
    books = list(actor.communities("field.work").values_list("book_id", flat=True))
    mine = Entry.objects.filter(book__in=books, actor=actor.key, at__gte=start, at__lt=end)
    used = _used(mine)
    praise = tuple(each.request for each in praised(actor.staff_id, since=start, until=end))
    return Month(first.replace(day=1), _done(actor, mine, used), used, praise)


def _used(mine: Any) -> tuple[Used, ...]:
    entries = mine.filter(kind="work.materials_used").select_related("words_row").order_by("seq")
    return tuple(line for entry in entries for line in _lines(entry))


def _lines(entry: Entry) -> Iterable[Used]:
    names = list(words_of(entry).get("materials", ()))
    for number, line in enumerate(entry.facts["lines"]):
        name = str(names[number]) if number < len(names) else ""
        yield Used(entry.subject.partition(":")[2], entry.at, name, **line)


def _done(actor: Actor, mine: Any, used: tuple[Used, ...]) -> tuple[Done, ...]:
    firsts: dict[str, Entry] = {}
    for entry in mine.filter(kind="request.resolved").order_by("seq"):
        firsts.setdefault(entry.subject, entry)
    later = _later(firsts)
    numbers = [subject.partition(":")[2] for subject in firsts]
    cases = {
        case.subject: case
        for case in visible_to(actor, "field.work")
        .filter(number__in=numbers)
        .select_related("home", "community")
    }
    spent: dict[str, int] = defaultdict(int)
    for line in used:
        spent[line.number] += line.amount_fen
    return tuple(
        Done(
            case=cases[subject],
            at=entry.at,
            on_time=bool(entry.facts["on_time"]),
            rework=later[subject].rework,
            score=cases[subject].score,
            materials_fen=spent[cases[subject].number],
        )
        for subject, entry in firsts.items()
        if subject in cases and not later[subject].annulled
    )


@dataclass
class _Later:
    rework: bool = False
    annulled: bool = False


def _later(firsts: Mapping[str, Entry]) -> Mapping[str, _Later]:
    found = {subject: _Later() for subject in firsts}
    rows = Entry.objects.filter(subject__in=list(firsts), kind__in=[*ANNULS, *COMES_BACK])
    for subject, seq, kind, facts in rows.values_list("subject", "seq", "kind", "facts"):
        if kind in ANNULS:
            found[subject].annulled = True
        elif seq > firsts[subject].seq and _is_rework(kind, facts):
            found[subject].rework = True
    return found


def _is_rework(kind: str, facts: Mapping[str, Any]) -> bool:
    if kind == "request.reopened":
        return facts.get("reason") == "rework"
    return kind == "request.partly_solved" or bool(facts.get("by_owner"))


def month_summary(month: Month) -> dict[str, Any]:
    """Return a month as the command prints it."""
    return {
        "month": month.first.isoformat()[:7],
        "done": len(month.done),
        "on_time": month.on_time_count,
        "reworks": month.rework_count,
        "praise": len(month.praise),
        "best_ratings": month.best_count,
        "materials_fen": month.materials_fen,
        "jobs": [
            {
                "number": each.case.number,
                "at": iso_local(each.at),
                "on_time": each.on_time,
                "rework": each.rework,
                "score": each.score,
                "materials_fen": each.materials_fen,
            }
            for each in month.done
        ],
    }
