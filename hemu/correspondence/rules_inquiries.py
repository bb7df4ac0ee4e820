"""What a committee asks: 质询, 建议, 要求 from being received to an answer, and again where that was none. Pure.

OC-12, OC-13: listened to and written down; answered within three working days; what is unreasonable is explained with
patience and in polite words; what cannot be solved goes up with the record, and is answered from there. Nothing ends
without an answer: the only way out of the table leads through one.
"""

from enum import StrEnum

from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import StepTable, step

SORTS = ("question", "suggestion", "demand")
WAYS = ("page", "paper", "phone", "meeting")
UP_TO = ("general_manager", "company")
"""To whom what the office cannot solve goes: as the clause in force says (OC-13, OC-13k)."""
LONGEST = 4_000
GAP = "……"
"""Where a draft leaves room for what only a person knows."""


class State(StrEnum):
    """How an inquiry stands; one that was answered is at rest until the committee says that it was not."""

    RECEIVED = "received"
    JUDGED = "judged"
    UNSOLVED = "unsolved"
    ESCALATED = "escalated"
    ANSWERED = "answered"
    REOPENED = "reopened"
    ACCEPTED = "accepted"


S = State
OPEN = frozenset({S.RECEIVED, S.JUDGED, S.UNSOLVED, S.ESCALATED, S.REOPENED})
OFFICE = frozenset({"office_director", "public_affairs", "cs_supervisor"})
ABOVE = frozenset({"general_manager", "company_leader"})
COMMITTEE = frozenset({"committee"})
"""Not a role of the staff's: whoever sits on the committee, or who enters their paper."""
STEPS = StepTable(
    [
        step("judge", {S.RECEIVED, S.REOPENED}, None, OFFICE, "OC-12", kind="committee.inquiry.judged"),
        step("escalate", {S.UNSOLVED}, S.ESCALATED, OFFICE, "OC-13", kind="committee.inquiry.escalated"),
        step("answer", {S.JUDGED}, S.ANSWERED, OFFICE | ABOVE, "OC-12", kind="committee.inquiry.answered"),
        step("answer", {S.ESCALATED}, S.ANSWERED, ABOVE, "OC-13", kind="committee.inquiry.answered"),
        step("pass_on", {S.ESCALATED}, S.ANSWERED, OFFICE, "OC-13", kind="committee.inquiry.answered"),
        step("reopen", {S.ANSWERED}, S.REOPENED, COMMITTEE, "OC-12", kind="committee.inquiry.reopened"),
        step("accept", {S.ANSWERED}, S.ACCEPTED, COMMITTEE, "OC-12", kind="committee.inquiry.accepted"),
    ],
    start=S.RECEIVED,
)
"""`pass_on`: the office enters what was decided above, with the paper on which it stands."""
IMPOLITE = (
    "无理取闹", "胡搅蛮缠", "胡闹", "胡说", "瞎说", "瞎闹", "找茬", "找麻烦", "多管闲事", "少管闲事", "关你什么事", "关你屁事",
    "爱信不信", "爱告就告", "随便你", "随你便", "你懂什么", "懂不懂", "不可理喻", "莫名其妙", "吃饱了撑", "没空理", "懒得理",
    "烦死", "闭嘴", "滚", "废话", "神经病", "有病", "脑子", "素质低", "没素质", "刁民", "傻", "蠢", "放屁", "他妈", "妈的",
)  # fmt: skip
"""Words that no answer to the committee carries (OC-13: 不得不耐烦或言语失礼); short on purpose, a person reads the rest."""
HARMLESS = ("滚动", "滚筒", "滚轮", "翻滚", "有病虫害", "有病害", "没有病")
"""Words of the trade in which one of them stands."""


def check_sort(sort: str) -> str:
    """Return the sort of an inquiry.

    Raises:
        RuleViolation: ``inquiry.unknown_sort`` (inquiry_sort, known).
    """
    if sort not in SORTS:
        raise RuleViolation("inquiry.unknown_sort", inquiry_sort=sort, known=list(SORTS))
    return sort


def check_way(way: str, *, scanned: bool) -> str:
    """Return how an inquiry came to the office; what came on paper is shown by its scan.

    Raises:
        RuleViolation: ``inquiry.unknown_way`` (inquiry_way, known), ``inquiry.needs_scan``.
    """
    if way not in WAYS:
        raise RuleViolation("inquiry.unknown_way", inquiry_way=way, known=list(WAYS))
    if way == "paper" and not scanned:
        raise RuleViolation("inquiry.needs_scan")
    return way


def impolite_in(text: str) -> list[str]:
    """Return the impolite words that stand in a text, each once, in the order of the table."""
    plain = "".join(text.split())
    for word in HARMLESS:
        plain = plain.replace(word, "　")
    return [word for word in IMPOLITE if word in plain]


def check_polite(text: str) -> str:
    """Return words that may be sent to the committee.

    Raises:
        RuleViolation: ``inquiry.no_words``, ``inquiry.too_long`` (limit), ``inquiry.impolite`` (words),
            ``inquiry.unfinished``: a draft's gap was left open.
    """
    text = check_words(text)
    if found := impolite_in(text):
        raise RuleViolation("inquiry.impolite", words=found)
    if GAP in text:
        raise RuleViolation("inquiry.unfinished")
    return text


def check_words(text: str) -> str:
    """Return words that are never left out.

    Raises:
        RuleViolation: ``inquiry.no_words``, ``inquiry.too_long`` (limit).
    """
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise RuleViolation("inquiry.no_words")
    if len(text) > LONGEST:
        raise RuleViolation("inquiry.too_long", limit=LONGEST)
    return text


def judged(*, solvable: bool) -> State:
    """Return where judging leads: what the office cannot solve has to go up before it is answered (OC-13)."""
    return S.JUDGED if solvable else S.UNSOLVED
