"""The file of an office: classes, how long each is kept, what belongs in a home's file, who may dispose. Pure.

OC-14: what passes between the company and the owners' committee is filed and kept for good. 004 L103 档案管理: an
owner's file lies by room, with a table of its contents. No source says for how many years the rest is kept: those
figures are ours (`sop.profiles.OWN`) and an office's to change, for what is filed from then on.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from hemu.foundation.errors import RuleViolation

LONGEST_TITLE, LONGEST_NUMBER, LONGEST_REASON = 120, 60, 300
MOST_AT_ONCE = 200
"""So many items are disposed of in one go."""
FOREVER = 0
"""As years of a class in the profile: it is never disposed of."""
CLASSES = {
    "committee": "YW",
    "owner": "YZ",
    "notices": "TG",
    "correspondence": "HJ",
    "minutes": "JY",
    "reports": "BG",
    "forms": "DJ",
    "bills": "FY",
    "cases": "SQ",
    "office": "QT",
    "disposals": "XH",
}
"""Classes with the sign that each has in its numbers."""
BY_ITSELF = frozenset({"disposals"})
"""Nobody files these by hand."""


@dataclass(frozen=True)
class Piece:
    """One paper that belongs in a home's file (004 L103 档案管理1).

    Attributes:
        code: how it is stored.
        renovation: it is missing only where the file holds another paper of a renovation.
    """

    code: str
    renovation: bool = False


PIECES = (
    Piece("handover"),
    Piece("household"),
    Piece("warranty"),
    Piece("identity"),
    Piece("inspection"),
    Piece("deed"),
    Piece("renovation", renovation=True),
    Piece("completion", renovation=True),
)
PIECE_CODES = tuple(each.code for each in PIECES)


def class_of(code: str) -> str:
    """Return a class.

    Raises:
        RuleViolation: ``archive.unknown_class`` (class, known).
    """
    if code not in CLASSES:
        raise RuleViolation("archive.unknown_class", **{"class": code, "known": list(CLASSES)})
    return code


def piece_of(code: str, *, has_home: bool) -> str:
    """Return which paper of a home's file it is; "" where it is none of them.

    Raises:
        RuleViolation: ``archive.unknown_piece``, ``archive.needs_home``.
    """
    if code and code not in PIECE_CODES:
        raise RuleViolation("archive.unknown_piece")
    if code and not has_home:
        raise RuleViolation("archive.needs_home")
    return code


def title_of(text: str) -> str:
    """Return the title of an item.

    Raises:
        RuleViolation: ``archive.no_title``, ``archive.too_long`` (limit).
    """
    text = " ".join(text.split())
    if not text:
        raise RuleViolation("archive.no_title")
    if len(text) > LONGEST_TITLE:
        raise RuleViolation("archive.too_long", limit=LONGEST_TITLE)
    return text


def dated_of(day: date | None, *, today: date) -> date:
    """Return the day that a paper bears.

    Raises:
        RuleViolation: ``archive.no_date``, ``archive.in_future``.
    """
    if day is None:
        raise RuleViolation("archive.no_date")
    if day > today:
        raise RuleViolation("archive.in_future")
    return day


def reason_of(text: str) -> str:
    """Return a reason, which is never left out.

    Raises:
        RuleViolation: ``archive.no_reason``, ``archive.too_long`` (limit).
    """
    text = text.strip()
    if not text:
        raise RuleViolation("archive.no_reason")
    if len(text) > LONGEST_REASON:
        raise RuleViolation("archive.too_long", limit=LONGEST_REASON)
    return text


def number_of(*, head: str, file_class: str, year: int, ordinal: int) -> str:
    """Return a 档号 such as HFHY-TG-2026-0003.

    Args:
        head: the community's code, or the office's name.
    """
    return f"{head}-{CLASSES[file_class]}-{year}-{ordinal:04d}"


def kept_until(filed: date, years: int) -> date | None:
    """Return the last day on which an item must be kept: of the year so many after it was filed; None: for good.

    Args:
        years: of its class, as the profile had them on that day; 0: for good.
    """
    return None if years == FOREVER else date(filed.year + years, 12, 31)


def may_go(until: date | None, *, today: date, held: bool, gone: bool) -> bool:
    """Tell whether an item may be disposed of: its time has passed, nobody holds it, and it is still there."""
    return until is not None and today > until and not held and not gone


def missing_in(filed: Collection[str]) -> list[str]:
    """Return which papers a home's file lacks, in the order of the list.

    Args:
        filed: the pieces that it holds. Those of a renovation are missed only where it holds one of them.
    """
    renovated = any(each.renovation and each.code in filed for each in PIECES)
    return [each.code for each in PIECES if each.code not in filed and (renovated or not each.renovation)]


def decides(*, by: str, proposed_by: str) -> None:
    """Refuse a decision by whoever proposed it: nobody destroys papers alone.

    Raises:
        RuleViolation: ``disposal.own``.
    """
    if by == proposed_by:
        raise RuleViolation("disposal.own")


def years_of(retention: Mapping[str, int], file_class: str) -> int:
    """Return how many years a class is kept by an office's settings; 0: for good."""
    return retention[file_class]
