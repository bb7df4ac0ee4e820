"""``hemu duties …``"""

import argparse
from dataclasses import asdict
from datetime import datetime, time
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.duties.models import Duty
from hemu.duties.operations import excuse, open_between, postpone, switch
from hemu.duties.queries import due_in, due_within, is_by_hand, stands_late
from hemu.estate.models import Community
from hemu.estate.queries import community_by_name
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import Command, moment
from hemu.infra.moments import OFFICE_ZONE, iso_local, office_day

MOST = 10_000
MOST_DAYS = 400


def month(text: str) -> tuple[datetime, datetime]:
    """Read ``YYYY-MM`` and return its first moment and that of the month after."""
    try:
        first = datetime.strptime(text, "%Y-%m").replace(tzinfo=OFFICE_ZONE)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” ≠ YYYY-MM") from None
    return first, datetime(first.year + first.month // 12, first.month % 12 + 1, 1, tzinfo=OFFICE_ZONE)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=moment, metavar="DATE", help="到哪一天为止,默认今天 · up to which day")
    parser.add_argument("--community", default="", metavar="NAME")


def _due(options: argparse.Namespace) -> dict[str, Any]:
    """Return the open duties due by the end of a day, late ones among them."""
    day = office_day(options.on or options.now)
    until = datetime.combine(day, time.max, OFFICE_ZONE)
    books = [community_by_name(options.community).book] if options.community else None
    duties = due_within(offices=None, books=books, until=until, limit=MOST)
    return {"items": [_plain(duty, options.now) for duty in duties]}


def _plain(duty: Duty, now: datetime) -> dict[str, Any]:
    late = stands_late(duty, now)
    return {
        "clause": duty.clause,
        "book": duty.book_id,
        "subject": duty.subject,
        "due": iso_local(duty.due_at),
        "state": "late" if late else str(duty.state),
        "owed_by": duty.staff.key if duty.staff else duty.role,
    }


def _lines(value: dict[str, Any]) -> str:
    return "\n".join(
        f"{item['due']}  {item['state']:<5}  {item['clause']:<7}  {item['owed_by']:<16}  {item['subject']}"
        for item in value["items"]
    )


def _open_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=moment, required=True, metavar="DATE")
    parser.add_argument("--to", dest="last", type=moment, required=True, metavar="DATE")
    parser.add_argument("--community", default="", metavar="NAME")


def _open(options: argparse.Namespace) -> dict[str, int]:
    """Open the duties of the periods that begin on these days; asked again it opens none."""
    first, last = office_day(options.first), office_day(options.last)
    if last < first or (last - first).days > MOST_DAYS:
        raise RuleViolation("duty.span", limit=MOST_DAYS)
    named = (
        Community.objects.filter(id=community_by_name(options.community).id) if options.community else None
    )
    return asdict(open_between(first=first, last=last, now=options.now, communities=named))


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument("--month", required=True, type=month, metavar="YYYY-MM")


def _list(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the duties of a community that are due in a month, and those without a date that began in it."""
    found = due_in(community_by_name(options.community), *options.month)
    return [_as_listed(duty, options.now) for duty in found]


def _as_listed(duty: Duty, now: datetime) -> dict[str, Any]:
    late = stands_late(duty, now)
    return {
        "id": str(duty.id),
        "clause": duty.clause,
        "period": None if duty.trigger else duty.key.rpartition(":")[2],
        "opened": iso_local(duty.start_at),
        "due": iso_local(duty.due_at),
        "state": "late" if late and duty.state == Duty.State.OPEN else str(duty.state),
        "late": late,
        "by_hand": is_by_hand(duty.clause),
        "evidence": str(duty.ended_by) if duty.state == Duty.State.FULFILLED else None,
        "subject": duty.subject,
    }


def _listed_lines(value: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{item['due'] or '–':<25}  {item['state']:<9}  {item['clause']:<7}  {item['period'] or item['subject']}"
        for item in value
    )


def _switch_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="+",
        metavar="WHAT",
        help="条款或一组 · clauses or packages: desk notices visits committee …",
    )
    parser.add_argument("--community", required=True, metavar="NAME")
    parser.add_argument(
        "--from", dest="since", type=moment, metavar="DATE", help="默认今天 · today if left out"
    )
    parser.add_argument("--off", action="store_true", help="停用 · switch off")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _switch(options: argparse.Namespace) -> dict[str, Any]:
    """Switch clauses or packages on or off in a community from a day on."""
    by = actor_by_login(options.by, now=options.now)
    entry = switch(
        community=community_by_name(options.community),
        what=options.what,
        since=office_day(options.since or options.now),
        on=not options.off,
        by=by,
        act=by.act(now=options.now),
    )
    return {"entry": str(entry.id), **entry.facts}


def _excuse_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("duty", type=UUID, metavar="DUTY")
    parser.add_argument("--why", required=True, metavar="TEXT")
    parser.add_argument("--by", required=True, metavar="LOGIN")


def _postpone_arguments(parser: argparse.ArgumentParser) -> None:
    _excuse_arguments(parser)
    parser.add_argument("--to", type=moment, required=True, metavar="DATE")


def _excuse(options: argparse.Namespace) -> dict[str, Any]:
    """Excuse a duty for its period, where the register allows it."""
    by = actor_by_login(options.by, now=options.now)
    excuse(duty=options.duty, by=by, act=by.act(now=options.now), words=options.why)
    return _as_listed(Duty.objects.get(id=options.duty), options.now)


def _postpone(options: argparse.Namespace) -> dict[str, Any]:
    """Put a duty off to a later day, where the register allows it."""
    by = actor_by_login(options.by, now=options.now)
    to = office_day(options.to)
    postpone(duty=options.duty, by=by, act=by.act(now=options.now), words=options.why, to=to)
    return _as_listed(Duty.objects.get(id=options.duty), options.now)


COMMANDS = [
    Command("duties", "due", "到期与逾期的应办事项 · what is due", _due, _arguments, human=_lines),
    Command(
        "duties", "open", "开出这些天开始的应办事项 · open what begins on these days", _open, _open_arguments
    ),
    Command(
        "duties",
        "list",
        "一个小区一个月的应办事项 · a community's month",
        _list,
        _list_arguments,
        human=_listed_lines,
    ),
    Command("duties", "postpone", "同意延期 · put a duty off", _postpone, _postpone_arguments),
    Command("duties", "excuse", "同意免办 · excuse a duty", _excuse, _excuse_arguments),
    Command("duties", "switch", "启用或停用条款 · switch clauses on or off", _switch, _switch_arguments),
]
