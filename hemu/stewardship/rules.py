"""What stewards notice and keep for owners: issues found (RQ-31), owners' property (RQ-32), each a step table. Pure."""

from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step

ISSUE, PROPERTY = "issue", "property"
LONGEST = 2_000


class State(StrEnum):
    """How a matter stands. FOUND and TOLD are an issue's, KEPT to REPORTED a property's, ENDED ends both."""

    FOUND = "found"
    TOLD = "told"
    KEPT = "kept"
    PROBLEM = "problem"
    REPORTED = "reported"
    ENDED = "ended"


STEWARDS = frozenset({"steward", "cs_supervisor", "office_director", "public_affairs"})
KEEPERS = STEWARDS | {"frontdesk"}
FINDERS = KEEPERS | {"technician", "security", "department_head"}
"""Who may enter that something is wrong; telling owners is the stewards'."""

TOLD_TO = ("owner", "committee", "neighbours")
TOLD_BY = ("phone", "visit", "message", "notice", "meeting", "letter")
PROBLEMS = ("lost", "damaged", "unfit")
THINGS = ("key", "parcel", "papers", "material", "vehicle", "other")
REMEDIES = ("found", "repaired", "replaced", "compensated", "accepted")
"""How a problem with an owner's property ended; *accepted*: the owner asks for nothing."""
HANDED_TO = ("owner", "family", "entrusted", "other")
OVER = frozenset({"compensated", "replaced"})
"""Remedies after which there is nothing left to keep."""

S = State
ISSUE_STEPS = StepTable(
    [
        step("communicate", {S.FOUND, S.TOLD}, S.TOLD, STEWARDS, "RQ-31", kind="issue.communicated",
             codes={"told_to": TOLD_TO, "told_by": TOLD_BY}),
        step("solve", {S.TOLD}, S.ENDED, STEWARDS, "RQ-31", kind="issue.solved", codes={}),
    ],
    start=S.FOUND,
)  # fmt: skip
PROPERTY_STEPS = StepTable(
    [
        step("give_back", {S.KEPT}, S.ENDED, KEEPERS, "RQ-32", kind="owner_property.returned",
             codes={"handed_to": HANDED_TO}),
        step("find_problem", {S.KEPT}, S.PROBLEM, FINDERS, "RQ-32", kind="owner_property.problem_found",
             codes={"problem": PROBLEMS}),
        step("report", {S.PROBLEM, S.REPORTED}, S.REPORTED, KEEPERS, "RQ-32", kind="owner_property.reported",
             codes={"told_by": TOLD_BY}),
        step("settle", {S.REPORTED}, S.KEPT, STEWARDS, "RQ-32", kind="owner_property.settled",
             codes={"remedy": REMEDIES}),
    ],
    start=S.KEPT,
)  # fmt: skip
STEPS_OF = {ISSUE: ISSUE_STEPS, PROPERTY: PROPERTY_STEPS}
OPENED = {ISSUE: "issue.found", PROPERTY: "owner_property.received"}
SUBJECTS = {ISSUE: "issue", PROPERTY: "owner_property"}


def state_after(name: str, to_state: str, *, remedy: str = "") -> str:
    """Return where a step leads: what was replaced or paid for is no longer kept."""
    return State.ENDED if name == "settle" and remedy in OVER else to_state


def check_words(words: str) -> str:
    """Return what was found, said or done, which is never left out.

    Raises:
        RuleViolation: ``matter.no_words``, ``matter.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("matter.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("matter.too_long", limit=LONGEST)
    return words


def check_code(name: str, value: str, known: tuple[str, ...]) -> str:
    """Return a code if it is one of the known ones.

    Raises:
        RuleViolation: ``matter.unknown_value`` (field, value, known).
    """
    if value not in known:
        raise RuleViolation("matter.unknown_value", field=name, value=value, known=list(known))
    return value
