"""Parts of pages about a case: its path, its duties, its timeline."""

from collections.abc import Mapping, Set
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hemu.attachments.models import KeptFile
from hemu.attachments.queries import files_of, named_in
from hemu.attachments.web.taking import shown_row
from hemu.duties.models import Duty
from hemu.duties.rules import is_late_entry
from hemu.estate.queries import staff_names
from hemu.estate.wording import ROLES
from hemu.foundation.hours import OfficeTime
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.infra.refusals import code_words
from hemu.ledger.catalogue import kind_of, words_of_rooms
from hemu.ledger.entries import Audience
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.ledger.wording import PROOFS
from hemu.service_requests.models import Request
from hemu.service_requests.rules import State
from hemu.service_requests.wording import (
    BEHALF,
    CANNOT,
    CHANNELS,
    LIMITS,
    NATURES,
    OUTCOMES,
    OUTSIDE_BODIES,
    PAUSE_REASONS,
    REOPENED_FOR,
    SCOPES,
    SHIFTS,
    SIZES,
    TRADES,
    TYPES,
    URGENCIES,
)
from hemu.sop.register import load_register

FEW = {"received": 0, "classified": 1, "dispatched": 1, "accepted": 1, "paused": 1, "referred": 1, "resolved": 1,
       "informed": 2, "confirmed": 3, "closed": 4}  # fmt: skip
STANDS = {
    State.RECEIVED: 1, State.CLASSIFIED: 2, State.DISPATCHED: 3, State.ACCEPTED: 3, State.PAUSED: 3,
    State.RESOLVED: 4, State.REFERRED: 4, State.INFORMED: 5, State.CONFIRMED: 6, State.CLOSED: 7,
}  # fmt: skip
"""How many stations of the path are behind a case in this state."""


def _steps(words: list[str], done: int) -> list[dict[str, str]]:
    states = ["done"] * done + ["current"] + ["todo"] * len(words)
    return [{"word": word, "state": state} for word, state in zip(words, states, strict=False)]


def path_of(request: Request) -> list[dict[str, str]]:
    """Return the path of a case for staff, station by station."""
    words = [_("登记"), _("分类"), _("派单"), _("办理"), _("告知"), _("确认"), _("结案")]
    return _steps(words, STANDS[State(request.state)])


def few_steps(request: Request) -> list[dict[str, str]]:
    """Return the path of a case for its owner, in few words."""
    return _steps([_("收到"), _("在办"), _("办好"), _("结案")], FEW[request.state])


def sorting_of(request: Request) -> list[tuple[str, str | Promise]]:
    """Return how a case is sorted, in words; what is not sorted yet is left out."""
    sorting = [
        (_("类型"), TYPES.get(request.type)),
        (_("专业"), TRADES.get(request.trade)),
        (_("服务性质"), NATURES.get(request.nature)),
        (_("迫切程度"), URGENCIES.get(request.urgency)),
        (_("时限类别"), LIMITS.get(request.limit)),
    ]
    return [(word, value) for word, value in sorting if value]


def duty_rows(duties: list[Duty]) -> list[dict[str, Any]]:
    """Return a subject's duties as its page shows them."""
    return [
        {
            "clause": duty.clause,
            "id": duty.id,
            "title": load_register().clause(duty.clause).title,
            "due": duty.due_at,
            "met_at": duty.fulfilled_at,
            "state": str(duty.state),
            "owed_by": duty.staff.name if duty.staff else ROLES[duty.role],
        }
        for duty in duties
    ]


def entry_rows(
    entries: list[Entry], time: OfficeTime, hidden: Set[str] = frozenset()
) -> list[dict[str, Any]]:
    """Return a timeline as its page shows it; no fact names a case of the ``hidden`` subjects."""
    names = staff_names({UUID(each.actor[6:]) for each in entries if each.actor.startswith("staff:")})
    mended = {each.facts["mends"]: each for each in entries if "mends" in each.facts}
    files = files_of(entries)
    return [_entry(each, names, mended, files, time) | {"facts": _facts(each, hidden)} for each in entries]


def _entry(
    entry: Entry,
    names: dict[UUID, str],
    mended: dict[str, Entry],
    files: dict[UUID, KeptFile],
    time: OfficeTime,
) -> dict[str, Any]:
    words, audience = words_of(entry), kind_of(entry.kind).audience
    mender = mended.get(str(entry.id))
    return {
        "id": entry.id,
        "kind_word": words_of_rooms("KINDS")[entry.kind],
        "who": _who(entry.actor, names),
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "late_entry": not entry.is_system
        and is_late_entry(at=entry.at, recorded_at=entry.recorded_at, time=time),
        "reason": words.get("late_reason", ""),
        "proof_word": "" if entry.is_system else PROOFS[entry.proof],
        "audience": str(audience),
        "audience_word": _("内部") if audience is Audience.STAFF else "",
        "words": _spoken(words),
        "files": [_file(files.get(each)) for each in named_in(entry.facts)],
        "clause": entry.clause,
        "hash": entry.digest,
        "tone": "brick" if entry.is_system else "own" if entry.proof == "own" else "",
        "mended_by": {"id": mender.id, "word": _("已更正")} if mender else None,
    }


SPOKEN = ("why", "reply", "result", "told", "reason", "question", "remark", "offer", "text")


def _spoken(words: Mapping[str, Any]) -> str:
    said = str(next((words[name] for name in SPOKEN if words.get(name)), ""))
    return _("转给%(to)s：%(said)s") % {"to": words["to"], "said": said} if words.get("to") else said


def _file(row: KeptFile | None) -> dict[str, Any]:
    return shown_row(row) if row else {"gone": True}


def _who(actor: str, names: dict[UUID, str]) -> str:
    if actor.startswith("staff:"):
        return names.get(UUID(actor[6:]), _("已离职员工"))
    if actor.startswith("owner:"):
        return _("业主本人")
    if actor.startswith("helper:"):
        return _("委员的帮手")
    if actor.startswith("integration:"):
        return _("对接系统")
    return _("系统") if actor == "system" else _("命令")


CODES: dict[str, dict[str, Any]] = {
    "type": TYPES,
    "trade": TRADES,
    "nature": NATURES,
    "urgency": URGENCIES,
    "limit": LIMITS,
    "channel": CHANNELS,
    "outcome": OUTCOMES,
    "cause": PAUSE_REASONS | CANNOT,
    "role": ROLES,
    "shift": SHIFTS,
    "scope": SCOPES,
    "size": SIZES,
    "reason": REOPENED_FOR,
    "body": OUTSIDE_BODIES,
    "behalf": BEHALF,
}
MOMENTS = frozenset({
    "due", "resume_at", "from", "until", "hangs_until", "due_by", "do_by", "planned_at", "promised_at",
    "next_meeting_at", "moved_from", "moved_to", "put_off_to", "send_at", "consented_at"
})  # fmt: skip
HIDDEN = frozenset({
    "lines", "number", "home", "person", "to", "department", "mends", "place", "owed_role", "informed",
    "fields", "clause", "helpers", "rule", "named", "files", "duty", "entry", "paper", "stated", "what",
    "consented_by", "member", "meeting", "topic", "paper_digest", "item", "about", "digests", "disposal", "numbers",
})  # fmt: skip


TOLD_EITHER_WAY = ("on_time", "valid", "told", "independent")
"""Flags that say something when they are false too; of the others only what is so is shown."""


def _facts(entry: Entry, hidden: Set[str]) -> list[tuple[str | Promise, str | Promise]]:
    return [
        (words_of_rooms("FACTS").get(name, name), _value(name, value))
        for name, value in entry.facts.items()
        if name not in HIDDEN
        and (value is not False or name in TOLD_EITHER_WAY)
        and f"request:{value}" not in hidden
    ]


def _value(name: str, value: object) -> str | Promise:
    if name.endswith("_fen"):
        return f"¥{int(str(value)) / 100:,.2f}"
    if name in MOMENTS:
        return parse_moment(str(value)).astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    found: str | Promise = (CODES | code_words()).get(name, {}).get(str(value), str(value))
    return found
