"""What happened to a duty's due time, and who was told of it: its moves, its warning, the rungs of its ladder."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from hemu.duties.models import DueMoved, Duty, RulesChange
from hemu.estate.models import Staff
from hemu.estate.wording import ROLES
from hemu.infra.moments import parse_moment
from hemu.messaging.models import Outgoing
from hemu.messaging.wording import CHANNELS
from hemu.procedures.wording import NOT_TOLD, NOT_TOLD_WHY, TO_BE_TOLD, TOLD


def moves_of(duty: Duty) -> list[dict[str, Any]]:
    """Return how changed rules moved a duty, the first first: from, to, when, by whom."""
    found = list(DueMoved.objects.filter(duty=duty).order_by("id"))
    changes = RulesChange.objects.in_bulk([each.stamp for each in found if each.stamp])
    keys = {each.by.removeprefix("staff:") for each in changes.values() if each.by.startswith("staff:")}
    names = {str(each.id): each.name for each in Staff.objects.filter(id__in=keys)} if keys else {}
    return [
        {
            "was": each.was,
            "due": each.due_at,
            "at": each.moved_at,
            "by": _who(changes.get(each.stamp) if each.stamp else None, names),
        }
        for each in found
    ]


def _who(change: RulesChange | None, names: Mapping[str, str]) -> str:
    if change is None:
        return _("新的放假安排或新版本")
    return names.get(change.by.removeprefix("staff:"), "")


def tellings_of(duty: Duty) -> list[dict[str, Any]]:
    """Return the warning and the rungs passed: when each was reached, who was told by which channel, or why nobody."""
    lines: list[dict[str, Any]] = duty.told or []
    people = {UUID(each) for line in lines for each in line["people"]}
    names = {each.id.hex: each.name for each in Staff.objects.filter(id__in=people)} if people else {}
    sent = _sent(lines)
    return [_line(line, names, sent) for line in lines]


def _sent(lines: list[dict[str, Any]]) -> dict[str, Outgoing]:
    keys = [f"{line['key']}:{each}" for line in lines for each in line["people"]]
    return {row.key: row for row in Outgoing.objects.filter(key__in=keys)} if keys else {}


def _line(line: Mapping[str, Any], names: Mapping[str, str], sent: Mapping[str, Outgoing]) -> dict[str, Any]:
    rows = [row for each in line["people"] if (row := sent.get(f"{line['key']}:{each}"))]
    gone = [row.sent_at for row in rows if row.sent_at]
    return {
        "rung": line["rung"],
        "role": ROLES[line["role"]],
        "at": parse_moment(line["at"]),
        "status": NOT_TOLD if line["why"] else TOLD if gone else TO_BE_TOLD,
        "why": NOT_TOLD_WHY.get(line["why"], ""),
        "people": "、".join(names[each] for each in line["people"] if each in names),
        "told_at": _told_at(line, gone),
        "channel": CHANNELS[rows[0].channel] if rows else "",
    }


def _told_at(line: Mapping[str, Any], gone: list[datetime]) -> datetime | None:
    if gone:
        return min(gone)
    return parse_moment(line["told_at"]) if line["told_at"] else None
