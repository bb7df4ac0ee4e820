"""Meetings with the owners' committee: kinds, the steps of one, what may be moved by whom, where its minutes stand. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.periods import next_period, period_of
from hemu.foundation.steps import StepTable, step

KINDS = ("routine", "special", "half_year_visit")
EVERY = {"routine": "quarter", "special": "quarter", "half_year_visit": "half-year"}
"""The period for which a meeting counts, and which it leaves only with the leader's consent (OC-01, OC-03, OC-21)."""
PERIODIC = {"OC-01": "routine", "OC-01k": "routine", "OC-03": "half_year_visit", "OC-03k": "half_year_visit"}
"""The clauses that ask for a meeting in each period: clause → kind."""
MATTERS = ("fund", "facility", "budget", "year_plan", "quarter", "consent", "other")
"""What a topic is about: those of OC-15, the quarter's report (OC-01), what asks for the committee's consent (OC-02)."""
OUTCOMES = ("resolution", "suggestion")
RESULTS = ("done", "under_way", "not_done")
"""What is reported back on a resolution or a suggestion at the next meeting (OC-18, OC-20)."""
CHANNELS = ("page", "paper")
LONGEST, LONGEST_LINE, LONGEST_PLACE = 2_000, 80, 60
MOST_TOPICS, MOST_OUTCOMES = 30, 60
SIGN_IN_BEFORE = timedelta(hours=2)
"""So long before its time a meeting may be signed in to and begun."""


class State(StrEnum):
    """How a meeting stands. ``asked``: putting it off or calling it off waits for the leader (OC-21)."""

    PLANNED = "planned"
    ASKED = "asked"
    HELD = "held"
    CANCELLED = "cancelled"


S = State
KEEPERS = frozenset({"office_director", "cs_supervisor", "public_affairs"})
LEADERS = frozenset({"company_leader", "general_manager"})
STEPS = StepTable(
    [
        step("move", {S.PLANNED}, None, KEEPERS, "OC-16"),
        step("ask", {S.PLANNED}, S.ASKED, KEEPERS, "OC-21"),
        step("put_off", {S.ASKED}, S.PLANNED, LEADERS, "OC-21"),
        step("call_off", {S.ASKED}, S.CANCELLED, LEADERS, "OC-21"),
        step("refuse", {S.ASKED}, S.PLANNED, LEADERS, "OC-21"),
        step("prepare", {S.PLANNED, S.ASKED}, None, KEEPERS, "OC-16"),
        step("record", {S.PLANNED, S.HELD}, None, KEEPERS, "OC-19"),
        step("hold", {S.PLANNED}, S.HELD, KEEPERS, "OC-01"),
        step("report", {S.HELD}, None, KEEPERS, "OC-19"),
    ],
    start=S.PLANNED,
)
"""``prepare``: topics, notice, invitations; ``record``: who is there, what is said and decided; ``report``: the minutes."""


class Minutes(StrEnum):
    """Where the minutes stand (OC-19): the leader reads, the chair approves, all owners see them."""

    UNWRITTEN = "unwritten"
    WITH_LEADER = "with_leader"
    SENT_BACK = "sent_back"
    WITH_CHAIR = "with_chair"
    TO_SEAL = "to_seal"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"


def minutes_stand(paper: str, *, approved: bool, returned: bool, published: bool) -> Minutes:
    """Return where minutes stand.

    Args:
        paper: the state of their paper; "" where there is none.
        approved, returned: by the chair, these very words.
    """
    if published:
        return Minutes.PUBLISHED
    if paper in ("", "void"):
        return Minutes.UNWRITTEN
    if returned or paper in ("refused", "draft"):
        return Minutes.SENT_BACK
    if paper == "submitted":
        return Minutes.WITH_LEADER
    if not approved:
        return Minutes.WITH_CHAIR
    return Minutes.TO_PUBLISH if paper == "issued" else Minutes.TO_SEAL


def needs_consent(was: datetime, to: datetime | None, *, kind: str, told: bool, time: OfficeTime) -> bool:
    """Tell whether a meeting may only be moved with the leader's consent beforehand (OC-21).

    That is so where it is called off, where it leaves its period, and where owners have been told of its time.

    Args:
        to: its new time; None where it is called off.
    """
    every = EVERY[kind]
    return told or to is None or period_of(every, was, time).key != period_of(every, to, time).key


def next_at_latest(held: datetime, time: OfficeTime) -> datetime:
    """Return the last moment of the next meeting while none is planned: the end of the following quarter (OC-01)."""
    following = next_period("quarter", period_of("quarter", held, time), time)
    return time.last_moment(following.last_day)


def opinions_open(today: date, *, told_on: date | None, until: date, meets_on: date) -> bool:
    """Tell whether owners may write about the topics: from the notice for ten days, and never after the meeting (OC-17)."""
    return told_on is not None and told_on <= today <= min(until, meets_on)


def check_collecting(today: date, *, told_on: date | None, until: date) -> None:
    """Refuse to take the collecting of opinions for done while owners may still write.

    Raises:
        RuleViolation: ``meeting.not_told``, ``meeting.still_open`` (until).
    """
    if told_on is None:
        raise RuleViolation("meeting.not_told")
    if today < until:
        raise RuleViolation("meeting.still_open", until=until.isoformat())


def check_start(starts: datetime | None, *, now: datetime) -> datetime:
    """Return when a meeting is to begin: later than now, within a year.

    Raises:
        RuleViolation: ``meeting.no_time``, ``meeting.in_past``, ``meeting.too_far``.
    """
    if starts is None:
        raise RuleViolation("meeting.no_time")
    if starts <= now:
        raise RuleViolation("meeting.in_past")
    if starts > now + timedelta(days=366):
        raise RuleViolation("meeting.too_far")
    return starts


def check_begun(starts: datetime, *, now: datetime) -> None:
    """Refuse what belongs into the meeting before it.

    Raises:
        RuleViolation: ``meeting.not_begun``.
    """
    if now < starts - SIGN_IN_BEFORE:
        raise RuleViolation("meeting.not_begun")


def check_code(field: str, code: str, known: Sequence[str]) -> str:
    """Return a code of a table.

    Raises:
        RuleViolation: ``meeting.unknown_value`` (field, value, known).
    """
    if code not in known:
        raise RuleViolation("meeting.unknown_value", field=field, value=code[:40], known=list(known))
    return code


def check_line(text: str, refusal: str, longest: int = LONGEST_LINE) -> str:
    """Return one line of words.

    Raises:
        RuleViolation: ``refusal``: there are none; ``meeting.too_long`` (limit).
    """
    return _check(" ".join(text.split()), refusal, longest)


def check_words(text: str, refusal: str = "meeting.no_words") -> str:
    """Return words of many lines.

    Raises:
        RuleViolation: ``refusal``: there are none; ``meeting.too_long`` (limit).
    """
    return _check(text.replace("\r\n", "\n").strip(), refusal, LONGEST)


def _check(text: str, refusal: str, longest: int) -> str:
    if not text:
        raise RuleViolation(refusal)
    if len(text) > longest:
        raise RuleViolation("meeting.too_long", limit=longest)
    return text
