"""The written word of an office from draft to file: kinds, steps, who reads and who approves, numbers; pure."""

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from hemu.foundation.errors import RuleViolation
from hemu.foundation.merkle import canonical_json
from hemu.foundation.steps import StepTable, step

LONGEST_TITLE, LONGEST_BODY, LONGEST_REASON, LONGEST_LINE = 80, 8_000, 500, 60
MOST_ROWS, MOST_COLUMNS = 300, 8
MOST_TURNS, MOST_IN_A_TURN = 5, 5
READ, APPROVE = "read", "approve"
ABOVE = frozenset({"company_leader", "general_manager"})
"""The next rung, where nobody of the office may decide because the paper is their own (DESIGN §6)."""


class State(StrEnum):
    """Where a paper stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    APPROVED = "approved"
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True)
class Decider:
    """A place in a chain of approval: whoever holds ``role`` at the office, to ``read`` or to ``approve``."""

    act: str
    role: str


Chain = tuple[tuple[Decider, ...], ...]
"""Turns, one after the other; those of one turn decide together, in any order."""
DIRECTOR: Chain = ((Decider(APPROVE, "office_director"),),)
SUPERVISOR_FIRST: Chain = ((Decider(READ, "cs_supervisor"),), *DIRECTOR)


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper; a room above declares its own in its `reactions.py` under ``PAPER_KINDS``.

    Attributes:
        code: how it is stored.
        sign: the sign of its series in the number: 通, 函.
        chain: who decides where the office has no chain of its own.
        file_class: under which it is filed; how long that is kept is the profile's to say.
        public: its title may stand on the public page where a copy is checked.
        clause: that asks for its approval.
    """

    code: str
    sign: str
    chain: Chain = DIRECTOR
    file_class: str = "office"
    public: bool = False
    clause: str = "NT-02"


KINDS = {
    kind.code: kind
    for kind in (
        PaperKind("notice", "通", file_class="notices", public=True),
        PaperKind("letter", "函", file_class="correspondence"),
        PaperKind("form", "单", file_class="forms"),
        PaperKind("minutes", "纪", file_class="minutes"),
        PaperKind("report", "报", SUPERVISOR_FIRST, "reports"),
        PaperKind("bill", "费", file_class="bills"),
    )
}

S = State
WRITERS = frozenset(
    {"frontdesk", "steward", "public_affairs", "cs_supervisor", "department_head", "office_director"}
) | frozenset({"company_office", "operations", "quality", "finance"})
KEEPERS_OF_THE_SEAL = frozenset({"office_director", "cs_supervisor", "public_affairs", "company_office"})
LEADERS = frozenset({"office_director", "company_leader", "general_manager", "quality"})
ANYBODY = WRITERS | LEADERS
STEPS = StepTable(
    [
        step("revise", {S.DRAFT, S.SUBMITTED, S.REFUSED, S.APPROVED}, S.DRAFT, WRITERS, "NT-01", kind="paper.revised"),
        step("submit", {S.DRAFT}, S.SUBMITTED, WRITERS, "NT-01", kind="paper.submitted"),
        step("agree", {S.SUBMITTED}, None, ANYBODY, "NT-02", kind="paper.agreed"),
        step("refuse", {S.SUBMITTED}, S.REFUSED, ANYBODY, "NT-02", kind="paper.refused"),
        step("issue", {S.APPROVED}, S.ISSUED, KEEPERS_OF_THE_SEAL, "NT-02", kind="paper.issued"),
        step("void", {S.DRAFT, S.SUBMITTED, S.REFUSED, S.APPROVED, S.ISSUED}, S.VOID, LEADERS, "NT-02",
             kind="paper.voided"),
    ],
    start=S.DRAFT,
)  # fmt: skip
"""Who agrees or refuses is the chain's to say. A change of what was approved makes a draft of it again."""


def kind_named(code: str, kinds: Mapping[str, PaperKind]) -> PaperKind:
    """Return a kind of paper.

    Raises:
        RuleViolation: ``document.unknown_kind`` (kind, known).
    """
    if code not in kinds:
        raise RuleViolation("document.unknown_kind", kind=code, known=list(kinds))
    return kinds[code]


# ── what it says ─────────────────────────────────────────────────────────────


def content_of(
    *,
    title: str,
    body: str,
    to: str = "",
    signed: str = "",
    since: date | None = None,
    until: date | None = None,
    places: Sequence[str] = (),
    channels: Sequence[str] = (),
    table: Sequence[Sequence[str]] = (),
) -> dict[str, Any]:
    """Return what a version says, as it is frozen.

    Args:
        to: whom it greets; the line begins at the margin.
        signed: who signs below; empty: the office.
        since, until: the days on which it is posted, both included; both or neither.
        table: stands below the body, its first row as heading; all rows equally long.

    Raises:
        RuleViolation: ``document.no_title``, ``document.no_body``, ``document.too_long`` (limit),
            ``document.days_reversed``, ``document.one_day_missing``, ``document.table_too_big`` (rows, columns).
    """
    title, body = " ".join(title.split()), body.replace("\r\n", "\n").strip()
    if not title:
        raise RuleViolation("document.no_title")
    if not body:
        raise RuleViolation("document.no_body")
    for text, limit in (
        (title, LONGEST_TITLE),
        (body, LONGEST_BODY),
        (to, LONGEST_LINE),
        (signed, LONGEST_LINE),
    ):
        if len(text) > limit:
            raise RuleViolation("document.too_long", limit=limit)
    if (since is None) is not (until is None):
        raise RuleViolation("document.one_day_missing")
    if since and until and until < since:
        raise RuleViolation("document.days_reversed")
    if len(table) > MOST_ROWS or any(len(row) > MOST_COLUMNS or len(row) != len(table[0]) for row in table):
        raise RuleViolation("document.table_too_big", rows=MOST_ROWS, columns=MOST_COLUMNS)
    said = {
        "title": title,
        "body": body,
        "to": to.strip(),
        "signed": signed.strip(),
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
        "places": [each.strip() for each in places if each.strip()],
        "channels": list(channels),
    }
    return said | {"table": [[cell.strip() for cell in row] for row in table]} if table else said


def digest_of(content: Mapping[str, Any], *, kind: str, version: int) -> str:
    """Return the SHA-256 of a version: what was approved is what has this digest."""
    said = {"content": dict(content), "kind": kind, "version": version}
    return hashlib.sha256(canonical_json(said)).hexdigest()


def number_of(*, word: str, sign: str, year: int, ordinal: int) -> str:
    """Return a 文号 such as 和风管通〔2026〕3号.

    Args:
        word: the office's, which heads all its numbers.
        sign: the kind's.
    """
    return f"{word}{sign}〔{year}〕{ordinal}号"


def reason_of(text: str) -> str:
    """Return a reason, which is never left out.

    Raises:
        RuleViolation: ``document.no_reason``, ``document.too_long`` (limit).
    """
    text = text.strip()
    if not text:
        raise RuleViolation("document.no_reason")
    if len(text) > LONGEST_REASON:
        raise RuleViolation("document.too_long", limit=LONGEST_REASON)
    return text


# ── who decides ──────────────────────────────────────────────────────────────


def chain_of(rows: Sequence[Sequence[Mapping[str, str]]], *, roles: Set[str]) -> Chain:
    """Return a chain as it was written down.

    Args:
        roles: those there are.

    Raises:
        RuleViolation: ``chain.empty``, ``chain.too_long`` (limit), ``chain.unknown_role`` (role),
            ``chain.no_approval``: nobody approves in the last turn.
    """
    turns = tuple(tuple(Decider(each["act"], each["role"]) for each in turn) for turn in rows if turn)
    if not turns:
        raise RuleViolation("chain.empty")
    if len(turns) > MOST_TURNS or max(map(len, turns)) > MOST_IN_A_TURN:
        raise RuleViolation("chain.too_long", limit=MOST_TURNS)
    for decider in (each for turn in turns for each in turn):
        if decider.role not in roles or decider.act not in (READ, APPROVE):
            raise RuleViolation("chain.unknown_role", role=decider.role)
    if all(each.act != APPROVE for each in turns[-1]):
        raise RuleViolation("chain.no_approval")
    return turns


def plain_chain(chain: Chain) -> list[list[dict[str, str]]]:
    """Return a chain as it is stored."""
    return [[{"act": each.act, "role": each.role} for each in turn] for turn in chain]


def read_chain(text: str, *, roles: Set[str]) -> Chain:
    """Read a chain as commands take it: ``read:cs_supervisor+read:steward > approve:office_director``.

    Raises:
        RuleViolation: as `chain_of`.
    """
    turns = []
    for turn in text.split(">"):
        deciders = [each.strip().partition(":") for each in turn.split("+") if each.strip()]
        turns.append([{"act": act, "role": role.strip()} for act, _colon, role in deciders])
    return chain_of(turns, roles=roles)


def turn_now(decided: Sequence[tuple[int, bool]]) -> int | None:
    """Return whose turn it is, the first that has somebody left; None where all have decided.

    Args:
        decided: of each place its turn, and whether it is decided.
    """
    return min((turn for turn, done in decided if not done), default=None)


def decides(*, by: str, own: Set[str], office: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Tell whether somebody's decision is independent (DESIGN §6); nobody decides over their own paper.

    Args:
        by: who wants to decide.
        own: who drafted it and who wrote its present version.
        office, above: who holds the asked role at the office and who stands on the next rung, key → name.

    Raises:
        RuleViolation: ``document.own`` (who): it is their own and somebody else may decide;
            ``document.not_theirs`` (who): it is others' to decide. Where nobody else is there, a holder of the role
            may decide over their own, and it counts as not independent.
    """
    for people in (office, above):
        free = {key: name for key, name in people.items() if key not in own}
        if by in free:
            return True
        if free:
            code = "document.own" if by in own else "document.not_theirs"
            raise RuleViolation(code, who=sorted(free.values()))
    if by in office:
        return False
    raise RuleViolation("document.not_theirs", who=[])


# ── the seal ─────────────────────────────────────────────────────────────────

SCAN, MARK = "scan", "mark"
MODES = (SCAN, MARK)
MOST_COPIES, MOST_SCANS = 999, 10


def mode_of(text: str) -> str:
    """Return how a paper is sealed.

    Raises:
        RuleViolation: ``seal.unknown_mode``.
    """
    if text not in MODES:
        raise RuleViolation("seal.unknown_mode")
    return text


def copies_of(count: int) -> int:
    """Return how many sheets are sealed.

    Raises:
        RuleViolation: ``seal.copies`` (most).
    """
    if not 1 <= count <= MOST_COPIES:
        raise RuleViolation("seal.copies", most=MOST_COPIES)
    return count
