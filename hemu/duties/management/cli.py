"""``hemu duties …``"""

import argparse
from datetime import datetime, time
from typing import Any

from hemu.duties.models import Duty
from hemu.duties.queries import due_within
from hemu.estate.queries import community_by_name
from hemu.foundation.due import is_late
from hemu.infra.command import Command, moment
from hemu.infra.moments import OFFICE_ZONE, iso_local, office_day

MOST = 10_000


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
    late = duty.is_late or (duty.due_at is not None and is_late(now, duty.due_at))
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


COMMANDS = [Command("duties", "due", "到期与逾期的应办事项 · what is due", _due, _arguments, human=_lines)]
