"""The life of a service request 诉求: one table of steps, and the few rules that a table cannot say."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from hemu.duties.rules import LIMIT_NAMES
from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step
from hemu.infra.moments import parse_moment


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    CLASSIFIED = "classified"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    PAUSED = "paused"
    RESOLVED = "resolved"
    INFORMED = "informed"
    CONFIRMED = "confirmed"
    REFERRED = "referred"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a closed case ended; exactly one (DESIGN §6)."""

    CONFIRMED = "confirmed"
    TOLD = "told"
    UNCONFIRMED = "unconfirmed"
    REFERRED = "referred"
    OWN_MATTER = "own_matter"
    WITHDRAWN = "withdrawn"
    VOID = "void"


TYPES = ("inquiry", "suggestion", "complaint", "repair_home", "repair_public", "help", "praise", "other")
TRADES = ("security", "cleaning", "repair", "greening", "other")
NATURES = ("routine", "special", "ordered")
URGENCIES = ("urgent", "soon", "normal")
CHANNELS = ("phone", "walk_in", "letter", "mail", "fax", "web", "box", "hotline", "visit", "chat", "import")
OUTSIDE_BODIES = ("hotline", "street", "housing", "police", "court", "other")
"""Who else may send a case: the 12345 hotline, street office, housing bureau, police, court, another body."""
PAUSE_REASONS = {
    "owner": "owner asked for later",
    "parts": "parts",
    "outside": "outside body",
    "weather": "weather",
}
CANNOT = ("no_parts", "other_trade", "contractor", "no_access", "not_ours", "owner_to_handle", "other")
"""Why a handler cannot do a job: the causes with which it goes back."""

S = State
OPEN = frozenset(State) - {S.CLOSED}
AT_WORK = frozenset({S.CLASSIFIED, S.DISPATCHED, S.ACCEPTED})
NOT_YET_DONE = AT_WORK | {S.RECEIVED, S.PAUSED}
WITH_ANSWER = frozenset({S.RESOLVED, S.INFORMED})

DESK = frozenset(
    {"frontdesk", "call_center", "public_affairs", "steward", "cs_supervisor", "office_director"}
)
DISPATCHERS = frozenset({"cs_supervisor", "department_head", "office_director"})
HANDLERS = frozenset(
    {"technician", "security", "steward", "department_head", "cs_supervisor", "office_director"}
)
LEADERS = DISPATCHERS | {"company_leader", "general_manager"}
LEAVING = LEADERS | {"hr"}
"""Who may let somebody leave, whose work then goes to others by the rule for leaving."""
REVISITORS = DESK | {"company_leader", "general_manager"}
"""Who may give a case back that a return visit finds not right."""

STEPS = StepTable(
    [
        step("classify", {S.RECEIVED}, S.CLASSIFIED, DESK, "RQ-03", kind="request.classified"),
        step("dispatch", {S.CLASSIFIED}, S.DISPATCHED, DISPATCHERS, "RQ-04", kind="request.dispatched", by_rule=DESK),
        step("accept", {S.DISPATCHED}, S.ACCEPTED, HANDLERS, "RQ-21", kind="request.accepted"),
        step("resolve", AT_WORK, S.RESOLVED, HANDLERS | DESK, "RQ-18", kind="request.resolved", says="result"),
        step("inform", {S.RESOLVED}, S.INFORMED, DESK, "RQ-05", kind="request.owner_informed", says="reply",
             signed=HANDLERS),
        step("inform", {S.REFERRED}, None, DESK, "RQ-05", kind="request.owner_informed", says="reply"),
        step("confirm", WITH_ANSWER, S.CONFIRMED, DESK | HANDLERS, "RQ-10",
             kind="request.owner_confirmed", says="told", owner=True),
        step("close", {S.CONFIRMED, S.INFORMED, S.REFERRED} | AT_WORK, S.CLOSED, REVISITORS, "RQ-12",
             kind="request.closed", says="remark"),
        step("reply", NOT_YET_DONE, None, DESK, "RQ-06", kind="request.replied", needs="reply"),
        step("transfer", {S.DISPATCHED, S.ACCEPTED}, S.DISPATCHED, DISPATCHERS, "RQ-04",
             kind="request.dispatched", needs="reason", by_rule=LEAVING),
        step("transfer", {S.PAUSED}, None, DISPATCHERS, "RQ-04", kind="request.dispatched", needs="reason",
             by_rule=LEAVING),
        step("send_back", {S.DISPATCHED, S.ACCEPTED}, S.CLASSIFIED, HANDLERS, "RQ-21",
             kind="request.sent_back", needs="reason"),
        step("send_back", WITH_ANSWER, S.CLASSIFIED, REVISITORS, "RQ-12", kind="request.sent_back", needs="reason",
             owner=True),
        step("appoint", {S.DISPATCHED, S.ACCEPTED}, None, HANDLERS | DESK, "RQ-21", kind="request.appointed",
             owner=True),
        step("set_out", {S.ACCEPTED}, None, HANDLERS, "RQ-21", kind="request.set_out"),
        step("arrive", {S.ACCEPTED}, None, HANDLERS, "RQ-21", kind="request.arrived"),
        step("nobody_home", {S.ACCEPTED}, None, HANDLERS, "RQ-21", kind="request.nobody_home", says="reason"),
        step("quote", {S.ACCEPTED}, None, HANDLERS, "RQ-14", kind="request.quoted", needs="offer"),
        step("accept_quote", {S.ACCEPTED}, None, DESK, "RQ-14", kind="request.quote_accepted", says="told",
             owner=True, signed=HANDLERS),
        step("decline_quote", {S.ACCEPTED}, None, DESK, "RQ-14", kind="request.quote_declined", needs="reason",
             owner=True, signed=HANDLERS),
        step("pause", {S.ACCEPTED}, S.PAUSED, HANDLERS, "RQ-21", kind="request.paused", says="reason"),
        step("resume", {S.PAUSED}, S.ACCEPTED, HANDLERS, "RQ-21", kind="request.resumed"),
        step("judge", NOT_YET_DONE, None, HANDLERS | DESK, "RQ-07", kind="request.judged", says="reason"),
        step("escalate", OPEN, None, LEADERS | DESK | HANDLERS, "RQ-09", kind="request.escalated", says="reason"),
        step("refer", AT_WORK, S.REFERRED, DESK, "RQ-08", kind="request.referred", needs="reason"),
        step("try_contact", WITH_ANSWER, None, DESK, "RQ-12", kind="request.contact_tried", says="reason"),
        step("add", OPEN, None, DESK, "RQ-01", kind="request.added", needs="text", or_files=True, owner=True),
        step("urge", OPEN, None, DESK, "RQ-12", kind="request.urged", says="text", owner=True),
        step("second", OPEN, None, DESK, "RQ-16", kind="request.seconded", owner=True),
        step("partly", WITH_ANSWER, S.CLASSIFIED, REVISITORS, "RQ-12", kind="request.partly_solved", needs="reason",
             owner=True),
        step("rate", WITH_ANSWER | {S.CONFIRMED, S.CLOSED}, None, (), "RQ-12", kind="request.rated", says="told",
             owner=True),
        step("outside", OPEN, None, DESK, "RQ-01", kind="request.outside_noted"),
        step("correct", OPEN, None, DESK, "RQ-02", kind="request.corrected", needs="reason"),
        step("resort", OPEN - {S.RECEIVED}, None, DESK, "RQ-03", kind="request.resorted", needs="reason"),
        step("split", NOT_YET_DONE, None, DESK, "RQ-01", kind="request.split", needs="text"),
        step("merge", NOT_YET_DONE, S.CLOSED, DESK, "RQ-01", kind="request.merged", needs="reason"),
        step("withdraw", OPEN, S.CLOSED, DESK, "RQ-12", kind="request.withdrawn", needs="reason", owner=True),
        step("void", OPEN, S.CLOSED, {"office_director"}, "RQ-01", kind="request.voided", needs="reason"),
        step("reopen", {S.CLOSED}, S.CLASSIFIED, REVISITORS, "RQ-12", kind="request.reopened", needs="reason",
             owner=True),
    ],
    start=S.RECEIVED,
)  # fmt: skip
"""`needs` names the words that a step cannot go without, `says` those it may carry; they lie in the closed part
of its entry. `or_files` lets a file stand for the words. `owner` marks what owners may do themselves by their own
link; the proof is then their own act. `by_rule` names who may take a step besides where a rule of the office, not
the person, has chosen; `signed` who may where the owner's signature on the glass proves it."""

OWNER_STEPS = frozenset(row.name for row in STEPS.rows if row.extras.get("owner"))

URGE_AGAIN_AFTER = timedelta(hours=2)
"""An owner who urged is heard; so soon again it says nothing new."""
OWN_WORDS_A_DAY = 20
"""More replies than this in 24 hours to one case are no talk any more."""
OWN_SLOT_DAYS = 14
"""How far ahead an owner may ask for a slot."""

NOBODY_HOME_TRIES = 2
"""After so many visits in vain a job goes back to the desk."""

STEP_OF = {row.extras["kind"]: row.name for row in STEPS.rows if row.name != "transfer"}

MOVING = frozenset(str(row.extras["kind"]) for row in STEPS.rows if row.to_state is not None)
"""The kinds of entries that bring a case from one state into another."""
FORM_TELLS = timedelta(minutes=1)
"""A form tells a time by the minute, a phone by whole seconds."""


def is_before(at: datetime, last: datetime) -> bool:
    """Tell whether a step is told for a time before the one that it presupposes: a minute or more."""
    return last - at >= FORM_TELLS


def fold(entries: list[tuple[str, Mapping[str, object], datetime]], *, now: datetime) -> State:
    """Return the state to which a case's entries lead; the stored state must equal it.

    Args:
        entries: kind, facts and time of entry in the order of the book, `request.registered` first.

    Raises:
        RuleViolation: as `StepTable.fold`, where an entry could not have happened in its state.
    """
    state: str = S.RECEIVED
    until: datetime | None = None
    for kind, facts, moment in entries:
        if kind == "request.replied" and facts.get("informed"):
            continue  # no step of its own: the reply that lies in telling the result
        name = "transfer" if kind == "request.dispatched" and state != S.CLASSIFIED else STEP_OF.get(kind)
        if name:
            state = STEPS.fold([name], state=after_pause(state, until, moment))
        until = parse_moment(str(facts["resume_at"])) if kind == "request.paused" else until
    return State(after_pause(state, until, now))


def after_pause(state: str, resume_at: datetime | None, now: datetime) -> str:
    """Return the state of a case: a pause is over when its day is, and the entry that began it says so beforehand."""
    return S.ACCEPTED if state == S.PAUSED and resume_at and resume_at <= now else state


def closing_outcome(
    *,
    state: str,
    asked: str,
    confirmed_by_owner: bool,
    own_matter: bool,
    owner_answered: bool,
    tries: list[date],
    informed_at: datetime | None,
    now: datetime,
    tries_needed: int,
    after_days: int,
) -> Outcome:
    """Return the outcome with which a case may be closed (RQ-12, RQ-20, DESIGN §6).

    Args:
        asked: the outcome asked for, empty for the one that the state gives.
        tries: the office's days on which reaching the owner was tried.
        informed_at: when the owner was told the result.
        tries_needed, after_days: of the profile's `unconfirmed`.

    Raises:
        RuleViolation: ``close.other_outcome``, ``close.not_answered``, ``close.not_confirmed``.
    """
    outcome = _outcome_of(state, confirmed_by_owner, own_matter)
    if outcome is None:
        raise RuleViolation("close.not_done", state=str(state))
    if asked and asked != outcome:
        raise RuleViolation("close.other_outcome", asked=asked, outcome=outcome.value)
    if outcome in (Outcome.REFERRED, Outcome.OWN_MATTER) and not owner_answered:
        raise RuleViolation("close.not_answered")
    if outcome is Outcome.UNCONFIRMED:
        _silence_is_enough(tries, informed_at, now, tries_needed, after_days)
    return outcome


def _outcome_of(state: str, confirmed_by_owner: bool, own_matter: bool) -> Outcome | None:
    if state == S.CONFIRMED:
        return Outcome.CONFIRMED if confirmed_by_owner else Outcome.TOLD
    if state == S.REFERRED:
        return Outcome.REFERRED
    if own_matter:
        return Outcome.OWN_MATTER
    return Outcome.UNCONFIRMED if state == S.INFORMED else None


def _silence_is_enough(
    tries: list[date], informed_at: datetime | None, now: datetime, needed: int, after_days: int
) -> None:
    days = len(set(tries))
    waited = now - informed_at if informed_at else timedelta()
    if days < needed or waited < timedelta(days=after_days):
        raise RuleViolation("close.not_confirmed", tries=days, needed=needed, after_days=after_days)


def resume_at(*, paused_at: datetime, resume_on: date, longest_days: int, end_of_day: datetime) -> datetime:
    """Return when a pause ends by itself: the end of the day it names (profiles.toml [pause]).

    Raises:
        RuleViolation: ``pause.in_past``, ``pause.too_long``.
    """
    if end_of_day <= paused_at:
        raise RuleViolation("pause.in_past", day=resume_on.isoformat())
    if end_of_day - paused_at > timedelta(days=longest_days + 1):
        raise RuleViolation("pause.too_long", longest_days=longest_days)
    return end_of_day


def limit_class(*, type: str, urgency: str, asked: str) -> str:
    """Return the row of the time table of public repairs that holds for a case (RQ-21); "" for no public repair.

    Without a word of the desk an urgent one counts as supply (24 hours), any other as a fitting. Danger is danger
    in a home too.

    Raises:
        RuleViolation: ``request.unknown_limit``.
    """
    if asked and asked not in LIMIT_NAMES:
        raise RuleViolation("request.unknown_limit", limit=asked, known=sorted(LIMIT_NAMES))
    if type != "repair_public":
        return asked if asked == "danger" else ""
    return asked or ("supply" if urgency == "urgent" else "fitting")


def one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    """Return ``value`` if it is one of the known codes.

    Raises:
        RuleViolation: ``request.unknown_value``.
    """
    if value not in known:
        raise RuleViolation("request.unknown_value", field=name, value=value, known=list(known))
    return value
