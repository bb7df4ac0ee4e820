"""Who sits on the owners' committee on a day: terms, posts, helpers, quorum. Pure."""

from datetime import date
from enum import StrEnum

from hemu.foundation.errors import RuleViolation

LONGEST = 500
LONGEST_TERM_YEARS = 6


class Post(StrEnum):
    """A member's post."""

    CHAIR = "chair"
    VICE = "vice"
    MEMBER = "member"


ORDER = (Post.CHAIR, Post.VICE, Post.MEMBER)
"""The posts in the order in which a roster names them."""
LEAVINGS = ("term_over", "resigned", "recalled", "moved_away", "other")
"""Why somebody sits no more."""


def check_post(post: str) -> Post:
    """Return a post by its code.

    Raises:
        RuleViolation: ``committee.unknown_value`` (field, value, known).
    """
    return Post(_known("post", post, tuple(Post)))


def check_leaving(reason: str) -> str:
    """Return why somebody leaves by its code.

    Raises:
        RuleViolation: ``committee.unknown_value`` (field, value, known).
    """
    return _known("reason", reason, LEAVINGS)


def check_term(since: date, until: date) -> None:
    """Refuse a term that ends before it begins or lasts longer than six years.

    Raises:
        RuleViolation: ``committee.term_backwards``, ``committee.term_too_long`` (years).
    """
    if until < since:
        raise RuleViolation("committee.term_backwards")
    if (until - since).days > LONGEST_TERM_YEARS * 366:
        raise RuleViolation("committee.term_too_long", years=LONGEST_TERM_YEARS)


def check_words(words: str) -> str:
    """Return words without blanks around them.

    Raises:
        RuleViolation: ``committee.too_long`` (limit).
    """
    words = words.strip()
    if len(words) > LONGEST:
        raise RuleViolation("committee.too_long", limit=LONGEST)
    return words


def is_in_office(since: date, until: date, left_on: date | None, day: date) -> bool:
    """Tell whether a member sits on a day: from the first day of the term to its last, and not from leaving on."""
    return since <= day <= until and (left_on is None or day < left_on)


def quorum(members: int) -> int:
    """Return how many of the members must be present: more than half (业主大会和业主委员会指导规则)."""
    return members // 2 + 1


def _known(field: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise RuleViolation(
            "committee.unknown_value", field=field, value=value, known=[str(each) for each in known]
        )
    return value
