"""What the steps of handling a case do beyond its state: sorting, dispatch, work, answer, silence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from hemu.duties.queries import limit_of_resolving
from hemu.duties.rules import effective_at, times_of
from hemu.estate.models import Staff
from hemu.estate.queries import office_rules
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_utc
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.ledger.queries import words_of
from hemu.service_requests import rules
from hemu.service_requests.models import Request
from hemu.service_requests.operations import naming, sending
from hemu.service_requests.operations.asked import Asked, Effect, day_of, last_entry, moment_of, place_of
from hemu.service_requests.operations.outside import due_by
from hemu.sop.register import load_register


def classify(asked: Asked) -> Effect:
    """Sort by trade, nature and urgency (RQ-03); a type other than the registered one takes its place."""
    sorting = _sorting(asked)
    return naming.named(asked, Effect(asked.said, facts=_sorting_facts(asked, sorting), changes=sorting))


def resort(asked: Asked) -> Effect:
    """Put a sorting right: the new one names the entry it mends."""
    sorting = _sorting(asked)
    mended = last_entry(asked.request, "request.classified", "request.resorted")
    facts = {**_sorting_facts(asked, sorting), "mends": mended}
    return naming.named(asked, Effect(asked.said, facts=facts, changes=sorting))


def _sorting_facts(asked: Asked, sorting: dict[str, str]) -> dict[str, Any]:
    return {
        **sorting,
        "place": place_of(sorting["type"]),
        "limit": sorting["limit"] or None,
        "due_by": due_by(asked.request),
    }


def _sorting(asked: Asked) -> dict[str, str]:
    request = asked.request
    sorting = {
        "type": asked.code("type", rules.TYPES, request.type),
        "trade": asked.code("trade", rules.TRADES, request.trade or "other"),
        "nature": asked.code("nature", rules.NATURES, request.nature or "routine"),
        "urgency": asked.code("urgency", rules.URGENCIES, request.urgency or "normal"),
    }
    asked_limit = asked.take("limit", request.limit)
    limit = rules.limit_class(type=sorting["type"], urgency=sorting["urgency"], asked=asked_limit)
    return {**sorting, "limit": limit}


def accept(asked: Asked) -> Effect:
    """Take the job on; a public repair carries the row of the table of limits that holds for it (RQ-21)."""
    request = asked.request
    limit = rules.limit_class(
        type=request.type, urgency=request.urgency, asked=asked.take("limit", request.limit)
    )
    sending.may_accept(asked)
    handler = Staff.objects.get(id=asked.by.staff_id) if asked.by else request.handler
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "place": place_of(request.type),
            "limit": limit or None,
            "to": handler.key if handler else None,
            "due_by": due_by(request),
        },
        changes={"handler": handler, "limit": limit},
    )


def pause(asked: Asked) -> Effect:
    """Let the clocks that may stand still do so until a named day (profiles.toml [pause])."""
    cause = asked.take("cause", asked.said)
    rules.one_of("cause", cause, tuple(rules.PAUSE_REASONS))
    day = day_of(asked.take("resume_on"), "resume_on")
    office = office_rules(asked.request.community.office, on=asked.act.at)
    end = rules.resume_at(
        paused_at=asked.act.at,
        resume_on=day,
        longest_days=int(office.settings.pause["longest_days"]),
        end_of_day=office.time.end_of_day(day),
    )
    return Effect(asked.said, facts={"cause": cause, "resume_at": iso_utc(end)}, changes={"resume_at": end})


def judge(asked: Asked) -> Effect:
    """Judge what a matter is: valid or not, major, ours or an outside body's, the owner's own (RQ-07, 08, 20, 26)."""
    facts = {
        "scope": asked.code("scope", ("inside", "outside")) or None,
        "valid": asked.flag("valid"),
        "major": asked.flag("major"),
        "size": asked.code("size", ("minor", "major_repair")) or None,
        "owner_to_handle": asked.flag("owner_to_handle"),
    }
    if promised := asked.take("promised_at"):
        facts["promised_at"] = iso_utc(moment_of(promised, "promised_at"))
    if facts["size"] == "major_repair" and not promised:
        raise RuleViolation("due.needs_fact", fact="promised_at")
    if not any(value is not None for value in facts.values()):
        raise RuleViolation("judge.nothing", known=["scope", "valid", "major", "size", "owner_to_handle"])
    if facts["valid"] is False and not asked.said:
        raise RuleViolation("judge.needs_reason")
    own = facts["owner_to_handle"]
    changes = {} if own is None else {"own_matter": own}
    if facts["major"] is not None:
        changes["major"] = facts["major"]
    return Effect(asked.said, facts=facts, changes=changes)


def escalate(asked: Asked) -> Effect:
    """Report a matter upward (RQ-09, RQ-26)."""
    role = asked.code("role", tuple(load_register().roles))
    return Effect(asked.said, facts={"role": role or None})


def resolve(asked: Asked) -> Effect:
    """Record the result (RQ-18, RQ-21); `on_time` says whether the limit that holds for the case was kept.

    Raises:
        RuleViolation: ``quote.not_accepted``: paid work is neither begun nor done before the owner took the offer.
    """
    request = asked.request
    if request.paid and request.quote_accepted_at is None:
        raise RuleViolation("quote.not_accepted")
    limit = limit_of_resolving(request.subject) or _answer_limit(asked)
    time = office_rules(request.community.office, on=asked.act.at).time
    when = effective_at(at=asked.act.at, recorded_at=asked.act.recorded_at, time=time)
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "on_time": not is_late(when, limit),
            "place": place_of(request.type),
        },
    )


def _answer_limit(asked: Asked) -> datetime:
    """Return the limit of a matter for which the SOP sets none of its own: that of its answer (RQ-06)."""
    office = office_rules(asked.request.community.office, on=asked.request.happened_at)
    clause = load_register().clause("RQ-06")
    times = times_of(
        clause, settings=office.settings, time=office.time, start=asked.request.happened_at, facts={}
    )
    return times.due_at or asked.act.at


def reply(asked: Asked) -> Effect:
    """Answer the owner's word before the matter is done (RQ-06); an acknowledgement of receipt is no reply."""
    return Effect(asked.said, changes={"replied_at": asked.act.at})


def inform(asked: Asked) -> Effect:
    """Tell the owner the result (RQ-05). Where nothing was answered before, this is also the reply (RQ-06)."""
    request, act = asked.request, asked.act
    first = request.replied_at is None
    changes: dict[str, Any] = {"informed_at": act.at}
    afterwards: list[Callable[[Entry], object]] = []
    if first:
        changes["replied_at"] = act.at
        afterwards.append(lambda entry: _replied_with(request, act))
    channel = asked.code("channel", rules.CHANNELS) or None
    said = asked.said or _result_of(request)
    return Effect(said, facts={"channel": channel}, changes=changes, afterwards=afterwards)


def _result_of(request: Request) -> str:
    """Return what was written down as the result: told as it is where no other words were found."""
    resolved = Entry.objects.filter(subject=request.subject, kind="request.resolved").order_by("-seq")
    last = resolved.select_related("words_row").first()
    return str(words_of(last).get("result", "")) if last else ""


def _replied_with(request: Request, act: Act) -> Entry:
    return append(
        book=request.community.book_id,
        kind="request.replied",
        subject=request.subject,
        act=act,
        clause="RQ-06",
        facts={"informed": True},
    )


def try_contact(asked: Asked) -> Effect:
    """Record a try to reach the owner for a confirmation (profiles.toml [unconfirmed])."""
    return Effect(asked.said, facts={"channel": asked.code("channel", rules.CHANNELS, "phone")})


def refer(asked: Asked) -> Effect:
    """Refer to an outside body (RQ-08); its name is a word, not a fact.

    Raises:
        RuleViolation: ``refer.no_body``.
    """
    body = asked.take("to")
    if not body:
        raise RuleViolation("refer.no_body")
    return Effect(asked.said, words={"to": body})
