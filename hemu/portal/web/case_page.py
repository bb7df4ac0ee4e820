"""What an owner sees of a case of theirs: where it stands, who comes when, what it costs, what was answered."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemu.attachments.queries import files_of, portrait_of
from hemu.duties.queries import duties_of
from hemu.estate.queries import office_rules
from hemu.infra.moments import office_day, parse_moment
from hemu.infra.wording import day_words
from hemu.ledger.catalogue import words_of_rooms
from hemu.ledger.entries import Audience, Proof
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.portal.web.case_files import files_at, who_comes
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_entries
from hemu.service_requests.rules import NOT_YET_DONE, OWNER_STEPS, STEPS, URGE_AGAIN_AFTER, State
from hemu.service_requests.web.panels import few_steps
from hemu.service_requests.wording import ENDS_FOR_OWNERS, FOR_OWNERS, SCORES, STATES, TYPES
from hemu.sop.register import load_register

ANSWERS = ("request.replied", "request.owner_informed", "return_visit.answered")
SAID = {
    "request.added": "text",
    "request.sent_back": "reason",
    "request.partly_solved": "reason",
    "request.reopened": "reason",
}
"""What owners say later, and under which name their words lie."""
FOR_THE_OWNER = {"request.replied", "request.resolved", "request.owner_informed"}
PROMISES = "return_visit.answer_promised"
OFFERED = OWNER_STEPS - {"second"}
"""What one's own page offers; *me too* is about somebody else's case."""
SLOTS = {
    "morning": (gettext_lazy("上午 9–12 点"), time(9), time(12)),
    "afternoon": (gettext_lazy("下午 2–5 点"), time(14), time(17)),
    "evening": (gettext_lazy("晚上 6–8 点"), time(18), time(20)),
}
SLOT_DAYS = 7
ANSWERED = (State.RESOLVED, State.INFORMED, State.CONFIRMED, State.CLOSED)
NO_REOPENING = ("withdrawn", "void")


def owner_context(found: Request, *, now: datetime, step_url: str, files_url: str) -> dict[str, Any]:
    """Return the context of `owner_case.html` for a case, with the buttons that make sense now.

    Args:
        found: with community, office, home, handler and department at hand.
        step_url: where the steps are posted.
        files_url: where files are handed in, and under which they are seen.
    """
    entries = visible_entries(found, audience=frozenset({Audience.OWNER}))
    kept = files_of(entries)
    pictures = [each for each in entries if each.kind not in (*SAID, "request.registered")]
    offered = {step: may_take(step, found, now) for step in sorted(OFFERED)}
    again = _urge_again(entries)
    return {
        "place": {"community": found.community.name, "office": found.community.office.name},
        "case": {
            "number": found.number,
            "status": STATES[found.state],
            "plain": _plain(found),
            "version": found.version,
            "type_word": TYPES[found.type] if found.state != State.RECEIVED else "",
            "room": found.home.written if found.home else found.place,
            "words": found.text,
            "happened_at": found.happened_at,
            "urged": found.urged_count,
            "score_word": SCORES.get(str(found.score), ""),
        },
        "path": few_steps(found),
        "promise": _promise(found),
        "promised_at": _promised(entries),
        "visitor": _visitor(found, entries, files_url),
        "price": _price(found, entries),
        "case_files": files_at(
            [each for each in entries if each.kind == "request.registered"], kept, files_url
        ),
        "added": [
            {"words": words, "at": each.at, "files": files}
            for each in entries
            if each.kind in SAID and (each.proof == Proof.OWN or each.kind == "request.added")
            for words, files in [(words_of(each).get(SAID[each.kind], ""), files_at([each], kept, files_url))]
            if words or files
        ],
        "pictures": files_at(pictures, kept, files_url),
        "answers": _answers(found, entries),
        "history": [{"word": words_of_rooms("KINDS")[each.kind], "at": each.at} for each in entries],
        "may": offered,
        "urge_again": again if again and again > now else None,
        "days": _days(now),
        "slots": [(code, words) for code, (words, _begins, _ends) in SLOTS.items()],
        "scores": list(SCORES.items()),
        "step_url": step_url,
        "files_url": files_url,
    }


def may_take(step: str, found: Request, now: datetime) -> bool:
    """Tell whether an owner may take a step now and it would make sense."""
    row = next((each for each in STEPS.rows if each.name == step and _fits(each, found)), None)
    if row is None:
        return False
    if step in ("accept_quote", "decline_quote"):
        return found.quote_fen is not None and found.quote_accepted_at is None
    if step == "rate":
        ended = found.state in (State.CONFIRMED, State.CLOSED)
        return ended and found.score is None and found.outcome not in NO_REOPENING
    if step == "reopen":
        return found.merged_into_id is None and found.outcome != "void" and now < reopen_until(found)
    if step in ("withdraw", "urge"):
        return found.state in NOT_YET_DONE or (step == "urge" and found.state == State.REFERRED)
    return True


def _fits(row: Any, found: Request) -> bool:
    return bool(row.extras.get("owner")) and found.state in row.from_states


def reopen_until(found: Request) -> datetime:
    """Return until when an owner may reopen a closed case."""
    assert found.closed_at is not None  # of a closed case: the table's own constraint
    settings = office_rules(found.community.office, on=found.closed_at).settings
    return found.closed_at + timedelta(days=int(settings.unconfirmed["owner_may_reopen_days"]))


def slot_of(day: str, slot: str) -> dict[str, str]:
    """Return the values of the step `appoint` for a day and a part of it, as the form names them."""
    if slot not in SLOTS:
        return {"from": day, "until": day}  # the step refuses it
    _words, begins, ends = SLOTS[slot]
    return {"from": f"{day}T{begins:%H:%M}", "until": f"{day}T{ends:%H:%M}"}


def _promise(found: Request) -> datetime | None:
    """Return by when an answer or the work itself is due; the office's inner steps promise the owner nothing."""
    if found.state in ANSWERED:
        return None
    clauses = load_register().clauses
    due = [
        duty.due_at
        for duty in duties_of(found.subject)
        if duty.state == "open" and duty.due_at and clauses[duty.clause].evidence_rule.kinds() & FOR_THE_OWNER
    ]
    return min(due, default=None)


def _plain(found: Request) -> Any:
    if found.merged_into_id:
        return _("和邻居反映的是同一件事，合在一起办。")
    return ENDS_FOR_OWNERS.get(found.outcome) or FOR_OWNERS[found.state]


def _promised(entries: list[Entry]) -> datetime | None:
    """Return by when an answer was promised that has not been given since."""
    open_promise = None
    for each in entries:
        if each.kind == PROMISES:
            open_promise = parse_moment(each.facts["promised_at"])
        elif each.kind in ANSWERS:
            open_promise = None
    return open_promise


ON_THE_WAY = {
    "request.set_out": "set_out",
    "request.arrived": "arrived",
    "request.nobody_home": "nobody_home",
}
NEW_ROUND = ("request.dispatched", "request.appointed", "request.sent_back", "request.reopened")


def _visitor(found: Request, entries: list[Entry], files_url: str) -> dict[str, Any] | None:
    """Return who comes and when; None where nobody is to come."""
    if found.handler is None or not who_comes(found):
        return None
    face = portrait_of(found.handler.key)
    way, way_at = "", None
    for each in entries:
        if each.kind in NEW_ROUND:
            way, way_at = "", None
        elif each.kind in ON_THE_WAY:
            way, way_at = ON_THE_WAY[each.kind], each.at
    return {
        "name": found.handler.name,
        "section": found.department.name if found.department else "",
        "initial": found.handler.name[-1:],
        "photo_url": f"{files_url}{face.id}/thumb/" if face else "",
        "from": found.appointed_from,
        "until": found.appointed_until,
        "resume_at": found.resume_at if found.state == State.PAUSED else None,
        "way": way,
        "way_at": way_at,
    }


def _price(found: Request, entries: list[Entry]) -> dict[str, Any] | None:
    if found.quote_fen is None:
        return None
    quoted = next((each for each in reversed(entries) if each.kind == "request.quoted"), None)
    return {
        "amount": f"{found.quote_fen / 100:,.2f}",
        "offer": words_of(quoted).get("offer", "") if quoted else "",
        "accepted_at": found.quote_accepted_at,
    }


def _answers(found: Request, entries: list[Entry]) -> list[dict[str, Any]]:
    """Return what was answered; an internal remark is of another audience and never among it."""
    return [
        {"words": words, "who": found.community.office.name, "at": entry.at}
        for entry in reversed(entries)
        if entry.kind in ANSWERS and (words := words_of(entry).get("reply"))
    ]


def _urge_again(entries: list[Entry]) -> datetime | None:
    own = [each.recorded_at for each in entries if each.kind == "request.urged" and each.proof == "own"]
    return own[-1] + URGE_AGAIN_AFTER if own else None


def _days(now: datetime) -> list[tuple[str, str]]:
    today = office_day(now)
    days: list[date] = [today + timedelta(days=number) for number in range(SLOT_DAYS + 1)]
    return [(day.isoformat(), day_words(day, today)) for day in days]
