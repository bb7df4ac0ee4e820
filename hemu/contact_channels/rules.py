"""How owners reach the office: a call answered within three rings (RQ-19), the channels checked each month (RQ-27). Pure."""

from collections.abc import Mapping

from hemu.foundation.errors import RuleViolation

IN_TIME, MOST_RINGS = 3, 99
"""铃响三声内接听 (RQ-19)."""
RING_SECONDS = 5
"""One ring and its pause on a Chinese line: one second of tone, four of silence."""
LONGEST = 2_000
CHECK = "RQ-27"
CHECKED = ("phone", "walk_in", "letter", "mail", "web", "box", "hotline", "chat")
FOUND = ("good", "closed", "unattended", "slow", "absent")
"""What a check finds: it works, is cut off (不畅通), nobody is in charge (无专人), too slow (不及时), not offered here."""
COLUMNS = {
    "time": "时间",
    "phone": "号码",
    "seconds": "振铃秒数",
    "answered": "接通",
    "login": "坐席",
    "about": "事由",
}
"""Of a telephone system's record, in English or Chinese."""
NEEDED = ("time", "phone", "seconds", "answered")
YES = frozenset({"1", "yes", "true", "是", "接通", "已接"})
WRONG = frozenset({"closed", "unattended", "slow"})


def rings_of(seconds: int) -> int:
    """Return the rings heard in a time of ringing; a begun ring counts, 0 seconds are the first ring."""
    return max(1, -(-seconds // RING_SECONDS))


def check_rings(rings: int) -> bool:
    """Return whether a call was taken in time: within three rings, the third included.

    Raises:
        RuleViolation: ``call.rings`` (most) for fewer than 1 or more than 99.
    """
    if not 1 <= rings <= MOST_RINGS:
        raise RuleViolation("call.rings", most=MOST_RINGS)
    return rings <= IN_TIME


def check_columns(line: Mapping[str, str]) -> None:
    """Refuse a telephone system's table that lacks a column; a head may be Chinese or English.

    Raises:
        RuleViolation: ``call.no_such_column`` (column).
    """
    for name in NEEDED:
        if name not in line and COLUMNS[name] not in line:
            raise RuleViolation("call.no_such_column", column=COLUMNS[name])


def read_record(line: Mapping[str, str]) -> dict[str, str]:
    """Return a line of a telephone system's table by the English names of its columns; what is not there is empty."""
    return {name: line.get(name) or line.get(chinese, "") for name, chinese in COLUMNS.items()}


def check_about(*, request: str, about: str, asked: bool) -> str:
    """Return what a call was about: who took it registers a case or notes it in words (RQ-19 逐项登记).

    Raises:
        RuleViolation: ``call.about_nothing``, ``channel.too_long`` (limit).
    """
    about = about.strip()
    if asked and not about and not request:
        raise RuleViolation("call.about_nothing")
    if len(about) > LONGEST:
        raise RuleViolation("channel.too_long", limit=LONGEST)
    return about


def check_cause_lacking(*, answered: bool, said: bool) -> None:
    """Refuse a cause given afterwards to a call that was missed, or that has one.

    Raises:
        RuleViolation: ``call.not_taken``, ``call.explained_already``.
    """
    if not answered:
        raise RuleViolation("call.not_taken")
    if said:
        raise RuleViolation("call.explained_already")


def check_findings(found: Mapping[str, str], words: str) -> tuple[dict[str, str], str]:
    """Return the findings of a check in the order of the channels, and what is done about what is wrong.

    Raises:
        RuleViolation: ``channel.not_checked`` (channels), ``channel.unknown_finding`` (finding, known),
            ``channel.needs_measure``, ``channel.too_long`` (limit).
    """
    if left := [each for each in CHECKED if not found.get(each)]:
        raise RuleViolation("channel.not_checked", channels=left)
    for finding in found.values():
        if finding not in FOUND:
            raise RuleViolation("channel.unknown_finding", finding=finding, known=list(FOUND))
    words = words.strip()
    if WRONG & set(found.values()) and not words:
        raise RuleViolation("channel.needs_measure")
    if len(words) > LONGEST:
        raise RuleViolation("channel.too_long", limit=LONGEST)
    return {each: found[each] for each in CHECKED}, words


def subject_of(community: str, period: str) -> str:
    """Return the subject of a community's check of a month."""
    return f"channels:{community}:{period}"
