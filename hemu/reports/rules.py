"""What an office reports on return visits: every month what was found (RV-07), every January the plan (RV-05). Pure."""

from datetime import datetime

from hemu.foundation.errors import RuleViolation

MONTHLY, YEARLY = "RV-07", "RV-05"
KIND_OF = {MONTHLY: "repair_return_visits", YEARLY: "return_visit"}
"""The fact `kind` of the entry that fulfils each clause."""
LONGEST = 5_000


def check_words(words: str) -> str:
    """Return the analysis or the plan, which must be written by a person.

    Raises:
        RuleViolation: ``report.no_words``, ``report.too_long`` (limit).
    """
    words = words.strip()
    if not words:
        raise RuleViolation("report.no_words")
    if len(words) > LONGEST:
        raise RuleViolation("report.too_long", limit=LONGEST)
    return words


def check_over(*, ends_at: datetime, now: datetime) -> None:
    """Refuse to report on a month that is not over.

    Raises:
        RuleViolation: ``report.not_over``.
    """
    if now < ends_at:
        raise RuleViolation("report.not_over")


def subject_of(clause: str, community: str, period: str) -> str:
    """Return the subject on which a community's report or plan of a period lies."""
    return f"report:{clause}:{community}:{period}"
