"""Due-time algebra: when a duty is due, when to warn, whom to tell once it is late.

Every result is an aware moment of the office's zone, in whole seconds: the LAST SECOND THAT STILL COUNTS.
Compare with ``is_late``, which looks at whole seconds too.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from hemu.foundation.due_language import FACT_OF, LIMIT, SHIFT_END, After, At, Before, Day, Due, Inside, parse
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.pauses import Pause, merged, run_off, stands_still
from hemu.foundation.periods import (
    HOURS,
    Period,
    add_months,
    last_of_month,
    next_period,
    period_of,
    periods_between,
    read_every,
)

__all__ = [
    "After",
    "At",
    "Before",
    "Due",
    "Inside",
    "Pause",
    "Period",
    "due_at",
    "is_late",
    "ladder_times",
    "next_period",
    "parse",
    "period_of",
    "periods_between",
    "resolve",
    "unpublished_years",
    "warn_at",
    "window_at",
]

_ONE_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_SHARES = {"at half of the span": 0.5, "at three quarters of the span": 0.75}
_DAY_BEFORE = re.compile(r"([01]\d|2[0-3]):([0-5]\d) of the last working day before", re.ASCII)


class WarnSettings(Protocol):
    """What ``warn_at`` asks of a profile: ``under_a_day`` and ``longer``, each a sentence of two kinds."""

    @property
    def warn(self) -> Mapping[str, str]: ...


def due_at(
    due: Due,
    *,
    start: datetime,
    time: OfficeTime,
    every: str | None = None,
    facts: Mapping[str, datetime | str] | None = None,
    limits: Mapping[str, str] | None = None,
    pauses: Sequence[Pause] = (),
) -> datetime:
    """Return when ``due`` is due.

    Args:
        due: what ``parse`` made of the clause's words.
        start: the trigger's event time; of a recurring duty any moment of its period; of "-N" the event.
        time: the office's clock.
        every: the clause's ``every``; needed where it has a number.
        facts: what the trigger gives: ``planned_at``, ``promised_at``, ``next_meeting_at`` (aware, or as ISO
            text) and ``limit`` (the class in the table).
        limits: the table of limits: class → due, counted from ``start``.
        pauses: when the clock stood still. Minutes, hours and given moments move on by the time paused; time
            on duty by the duty within the pause; a day counts only if its end passes while the clock runs.
            Periods and days counted backward do not pause.

    Raises:
        RuleViolation: ``due.needs_fact`` (fact); ``due.unknown_limit`` (limit, known); ``time.naive``.
    """
    facts = facts or {}
    due = resolve(due, facts=facts, limits=limits or {})
    begun = time.local(start).replace(microsecond=0)
    if isinstance(due, Inside):
        return window_at(due, start=start, time=time, every=every)[1]
    if isinstance(due, Before):
        return _before(due, begun, time)
    stood = merged(pauses, begun, time)
    if isinstance(due, At):
        given = time.shift_end(begun) if due.moment == SHIFT_END else _given(due.moment, facts, time)
        return run_off(begun, given - begun, stood) if given > begun else given
    return _after(due, begun, time, stood)


def window_at(
    due: Inside, *, start: datetime, time: OfficeTime, every: str | None = None
) -> tuple[datetime, datetime]:
    """Return the first and the last second in which the duty of the period that holds ``start`` may be met.

    Without a first day it may be met from the start of the period ("next": of the following one).
    "last working day" of a span without any is its last day.
    """
    every = every or due.period
    period = period_of(every, start, time)
    if due.next:
        period = next_period(every, period, time)
    if read_every(every)[1] == HOURS:
        return period.start, period.end - _SECOND
    first, last = _span(due, period)
    begins = time.at(_date_in(due.first, first, last, time)) if due.first else period.start
    return begins, time.last_moment(_date_in(due.last, first, last, time))


def is_late(at: datetime, due: datetime) -> bool:
    """Tell whether ``at`` is past the last second that counts; what happens within that second is in time."""
    return at >= due + _SECOND


def resolve(due: Due, *, facts: Mapping[str, datetime | str], limits: Mapping[str, str]) -> Due:
    """Return ``due`` with "at the limit in the table" replaced by the limit of the class in ``facts``.

    Raises:
        RuleViolation: ``due.needs_fact``, ``due.unknown_limit``.
    """
    if due != At(LIMIT):
        return due
    limit = str(_fact(LIMIT, facts))
    if limit not in limits:
        raise RuleViolation("due.unknown_limit", limit=limit, known=list(limits))
    return parse(limits[limit])


def unpublished_years(
    due: Due, *, start: datetime, at: datetime, time: OfficeTime, every: str | None = None
) -> list[int]:
    """Return the unpublished years on whose working days the result ``at`` rests; ``due`` must be resolved.

    The moment is the best that can be said today, and may move when the year's order comes out.
    """
    days = [time.local(start).date(), at.date()]
    if isinstance(due, Inside):
        if "last working day" not in (due.last.name, due.first and due.first.name):
            return []
        period = period_of(every or due.period, at, time)
        days = list(_span(due, period))
    elif isinstance(due, After) and due.on_duty:
        if time.frontdesk_days == "every day":
            return []
    elif not isinstance(due, After | Before) or due.unit != "working day":
        return []
    return time.calendar.unpublished(min(days), max(days))


def warn_at(due: datetime, start: datetime, time: OfficeTime, profile: WarnSettings) -> datetime:
    """Return when to warn that a duty is due at ``due``, never after it.

    Spans under 24 hours follow ``under_a_day``, others ``longer``; where that moment is not later than
    ``start`` (a 24-hour duty), ``under_a_day`` serves too.

    Raises:
        RuleViolation: ``warn.unreadable`` (expr).
    """
    if due - start >= _ONE_DAY:
        moment = _warning(profile.warn["longer"], due, start, time)
        if moment > start:
            return moment
    return _warning(profile.warn["under_a_day"], due, start, time)


def ladder_times(
    due: datetime, rungs: Iterable[tuple[str, str]], time: OfficeTime
) -> list[tuple[str, datetime]]:
    """Return who is told, and when, once a duty due at ``due`` is late: rungs are (role, "+N unit").

    A rung is reached when its moment has passed; "+1 working day" passes when the next working day ends.

    Raises:
        RuleViolation: ``ladder.unreadable`` (expr), ``due.unreadable``.
    """
    times: list[tuple[str, datetime]] = []
    for role, expr in rungs:
        rung = parse(expr)
        if not isinstance(rung, After):
            raise RuleViolation("ladder.unreadable", expr=expr)
        times.append((role, due_at(rung, start=due, time=time)))
    return times


def _warning(expr: str, due: datetime, start: datetime, time: OfficeTime) -> datetime:
    if expr in _SHARES:
        return (start + max(due - start, timedelta()) * _SHARES[expr]).replace(microsecond=0)
    found = _DAY_BEFORE.fullmatch(expr)
    if not found:
        raise RuleViolation("warn.unreadable", expr=expr)
    day = time.calendar.add_working_days(time.local(due).date(), -1)
    return time.at(day, int(found[1]) * 60 + int(found[2]))


def _before(due: Before, event: datetime, time: OfficeTime) -> datetime:
    if due.unit in ("minute", "hour"):
        return event - timedelta(**{due.unit + "s": due.count})
    if due.unit == "month":
        return time.last_moment(add_months(event.date(), -due.count))
    if due.unit == "working day":
        return time.last_moment(time.calendar.add_working_days(event.date(), -due.count))
    return time.last_moment(event.date() - timedelta(days=due.count))


def _after(due: After, begun: datetime, time: OfficeTime, pauses: list[Pause]) -> datetime:
    if due.unit in ("minute", "hour"):
        span = timedelta(**{due.unit + "s": due.count})
        if due.on_duty:
            return run_off(begun, span, pauses, time.add_on_duty, time.on_duty_between)
        return run_off(begun, span, pauses)
    today, count = begun.date(), due.count
    if due.unit == "month":
        count = (add_months(today, count) - today).days
    counts = time.calendar.is_working_day if due.unit == "working day" else bool  # every date is true
    day = _nth_day(today, count, counts, lambda each: stands_still(time.last_moment(each), pauses))
    # "+0 days" after closing time lasts until the day itself ends.
    return time.last_moment(day) if time.last_moment(day) >= begun else time.end_of_day(day)


def _nth_day(day: date, count: int, counts: Callable[[date], bool], stands: Callable[[date], bool]) -> date:
    while count > 0 or stands(day):
        day += _ONE_DAY
        if counts(day) and not stands(day):
            count -= 1
    return day


def _fact(moment: str, facts: Mapping[str, datetime | str]) -> datetime | str:
    fact = FACT_OF[moment]
    if fact not in facts:
        raise RuleViolation("due.needs_fact", fact=fact)
    return facts[fact]


def _given(moment: str, facts: Mapping[str, datetime | str], time: OfficeTime) -> datetime:
    value = _fact(moment, facts)
    given = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.local(given).replace(microsecond=0)


def _span(due: Inside, period: Period) -> tuple[date, date]:
    if not due.month:
        return period.first_day, period.last_day
    first = add_months(period.first_day, due.month - 1)
    return first, last_of_month(first)


def _date_in(day: Day, first: date, last: date, time: OfficeTime) -> date:
    if day.name == "day":
        return min(first + timedelta(days=day.number - 1), last)
    if day.name == "last working day":
        working = time.calendar.add_working_days(last + _ONE_DAY, -1)
        return working if working >= first else last
    return last
