"""What the clauses ask of an entry: pure functions over the register, an office's settings and its clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from hemu.foundation.due import At, Before, due_at, ladder_times, warn_at
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.pauses import Pause
from hemu.infra.moments import parse_moment
from hemu.sop.patterns import Facts
from hemu.sop.profiles import InForce, Settings
from hemu.sop.register import Clause

AT_ONCE = ("RQ-18",)
"""The 24-hour complaint cannot wait for the half-day's bundle."""
URGENT_LIMITS = ("danger", "supply")
"""Nor can danger and what is repaired urgently: water, power, lift, gate."""


@dataclass(frozen=True)
class Times:
    """When a duty is due and when to warn; both None for a clause without a date."""

    due_at: datetime | None
    warn_at: datetime | None


def opened_by(clauses: Iterable[InForce], kind: str, facts: Facts) -> list[InForce]:
    """Return the clauses for which this entry opens a duty, be they watched or not; of a rate it makes up the cohort."""
    return [each for each in clauses if not each.clause.every and each.is_triggered_by(kind, facts)]


def times_of(
    clause: Clause,
    *,
    settings: Settings,
    time: OfficeTime,
    start: datetime,
    facts: Facts,
    pauses: Iterable[Pause] = (),
) -> Times:
    """Return when the duty that ``start`` opens is due, its pauses left out.

    A time that an outside body set (fact ``due_by``) rules where it is the earlier one, a day to which the duty was
    put off (``put_off_to``) where it is the later one; a clause without a due time has that which the act itself sets
    (fact ``do_by``).

    Raises:
        RuleViolation: ``due.needs_fact``, ``due.unknown_limit``.
    """
    rule = settings.due_rule(clause, facts)
    if rule is None:
        return _as_set(facts, start, time, settings)
    due = due_at(
        rule,
        start=_planned(facts) if isinstance(rule, Before) else start,
        time=time,
        every=clause.every,
        facts=_due_facts(facts),
        limits=settings.limits,
        pauses=list(pauses) if settings.may_pause(clause.id) else [],
    )
    if isinstance(rule, Before):
        return Times(due, min(due, max(start, warn_at(due, start, time, settings))))
    if due_by := facts.get("due_by"):
        due = min(due, parse_moment(str(due_by)))
    if put_off_to := facts.get("put_off_to"):
        due = max(due, parse_moment(str(put_off_to)))
    return Times(due, warn_at(due, start, time, settings))


def _as_set(facts: Facts, start: datetime, time: OfficeTime, settings: Settings) -> Times:
    if not (do_by := facts.get("do_by")):
        return Times(None, None)
    due = parse_moment(str(do_by))
    return Times(due, min(due, max(start, warn_at(due, start, time, settings))))


def _planned(facts: Facts) -> datetime:
    """Return the date planned, from which a backward clause counts.

    Raises:
        RuleViolation: ``due.needs_fact``.
    """
    if not (planned := facts.get("planned_at")):
        raise RuleViolation("due.needs_fact", fact="planned_at")
    return parse_moment(str(planned))


LIMIT_NAMES = {
    "danger": "danger or person shut in",
    "supply": "water, power, lift, gate",
    "fitting": "light, door, drain",
    "contractor": "contractor's work",
}
"""Codes that entries carry for the rows of the table of limits (profiles.toml [limits])."""


def _due_facts(facts: Facts) -> Mapping[str, datetime | str]:
    given = {name: value for name, value in facts.items() if isinstance(value, str)}
    if limit := given.get("limit"):
        given["limit"] = LIMIT_NAMES.get(limit, limit)
    return given


def rungs_of(
    clause: str, due: datetime, *, settings: Settings, time: OfficeTime, danger: bool = False
) -> list[tuple[str, datetime]]:
    """Return the ladder of a late duty: who is told, and when (profiles.toml [ladder])."""
    return ladder_times(due, settings.ladder(clause, danger=danger), time)


def effective_at(*, at: datetime, recorded_at: datetime, time: OfficeTime) -> datetime:
    """Return the time by which an entry is judged (DESIGN §1).

    It is when it happened, if it was entered by the end of that working day; an event of a rest day may be
    entered until the end of the next working day. Entered later (补录) it is judged by the time of entry.
    """
    return recorded_at if is_late_entry(at=at, recorded_at=recorded_at, time=time) else at


def is_late_entry(*, at: datetime, recorded_at: datetime, time: OfficeTime) -> bool:
    """Tell whether an entry counts as 补录."""
    day = time.local(at).date()
    if not time.calendar.is_working_day(day):
        day = time.calendar.next_working_day(day)
    return recorded_at.replace(microsecond=0) > time.end_of_day(day)


def is_danger(facts: Facts) -> bool:
    """Tell whether a duty is about danger or a person shut in: it has a ladder of its own."""
    return facts.get("limit") == "danger"


def is_urgent(clause: str, facts: Facts) -> bool:
    """Tell whether a duty is told of at once rather than with the half-day's bundle (DESIGN §6)."""
    return clause in AT_ONCE or facts.get("limit") in URGENT_LIMITS


def next_bundle_at(now: datetime, *, time: OfficeTime) -> datetime:
    """Return when the next bundle of messages goes out: at the office's next opening, so never at night."""
    day = time.local(now).date()
    while True:
        if time.calendar.is_working_day(day):
            openings = [time.at(day, interval.start) for interval in time.office]
            for opening in sorted(openings):
                if opening > now:
                    return opening
        day += timedelta(days=1)


LONGEST = 2_000
"""Signs in what somebody writes about a duty."""
GIVEN = {
    "the planned time": "planned_at",
    "the promised time": "promised_at",
    "the next meeting": "next_meeting_at",
}
"""The moments to which a clause may be due, and the facts that carry them."""


def moment_asked(clause: Clause) -> str:
    """Return the name of the fact from or to which a clause's due time counts; empty where it needs none."""
    rule = clause.due_rule
    if isinstance(rule, Before):
        return "planned_at"
    return GIVEN.get(rule.moment, "") if isinstance(rule, At) else ""


def check_words(words: str) -> str:
    """Return what somebody says of a duty: what was done, or why.

    Raises:
        RuleViolation: ``duty.no_words``, ``duty.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("duty.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("duty.too_long", limit=LONGEST)
    return words
