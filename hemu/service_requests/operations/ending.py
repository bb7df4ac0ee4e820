"""What the steps that end a case, mend it or take it up again do beyond its state."""

from datetime import date, datetime
from typing import Any

from hemu.duties.operations import hand_over
from hemu.duties.rules import effective_at
from hemu.estate.queries import find_home, office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.numbering import plain_number
from hemu.infra.search import exchange_words
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.service_requests import rules
from hemu.service_requests.models import Request
from hemu.service_requests.operations import naming
from hemu.service_requests.operations.asked import Asked, Effect, last_entry
from hemu.service_requests.operations.registering import TEXT_LENGTH, Caller, register_request
from hemu.service_requests.queries import hidden_from


def confirm(asked: Asked) -> Effect:
    """The owner says that it is done: by the own link, or told to us (RQ-10)."""
    own = asked.act.proof is Proof.OWN
    return Effect(asked.said, facts={"type": asked.request.type}, changes={"confirmed_by_owner": own})


def send_back(asked: Asked) -> Effect:
    """Back to be sorted anew: the handler cannot do it, or the owner says that it is not done."""
    by_owner = asked.request.state in rules.WITH_ANSWER
    cause = "" if by_owner else asked.code("cause", rules.CANNOT)
    return Effect(
        asked.said,
        facts={"by_owner": by_owner, "cause": cause or None},
        changes={"handler": None, "confirmed_by_owner": False},
        afterwards=[hand_over],
    )


def close(asked: Asked) -> Effect:
    """Close with the one outcome that the case's history gives (RQ-12, DESIGN §6)."""
    request = asked.request
    office = office_rules(request.community.office, on=asked.act.at)
    settings = office.settings.unconfirmed
    told, tries = _silence(request, office.time)
    outcome = rules.closing_outcome(
        state=request.state,
        asked=asked.code("outcome", tuple(rules.Outcome)),
        confirmed_by_owner=request.confirmed_by_owner,
        own_matter=request.own_matter,
        owner_answered=request.replied_at is not None,
        tries=tries,
        informed_at=told,
        now=asked.act.at,
        tries_needed=int(settings["tries"]),
        after_days=int(settings["after_days"]),
    )
    own = outcome is rules.Outcome.OWN_MATTER
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "nature": request.nature or None,
            "outcome": outcome.value,
            "reason": "owner_to_handle" if own else None,
        },
        changes={"outcome": outcome},
    )


def _silence(request: Request, time: OfficeTime) -> tuple[datetime | None, list[date]]:
    """Return when the owner was last told the result, and the days on which reaching them was tried since.

    What was entered late (补录) counts from its entry: silence cannot be made up in one sitting.
    """
    told: datetime | None = None
    tries: list[date] = []
    kinds = ("request.owner_informed", "request.contact_tried")
    entries = Entry.objects.filter(subject=request.subject, kind__in=kinds).order_by("seq")
    for kind, at, recorded_at in entries.values_list("kind", "at", "recorded_at"):
        when = effective_at(at=at, recorded_at=recorded_at, time=time)
        if kind == "request.owner_informed":
            told, tries = when, []
        else:
            tries.append(time.local(when).date())
    return (told, tries) if request.informed_at else (None, [])


def withdraw(asked: Asked) -> Effect:
    """The owner takes the word back."""
    return Effect(asked.said, changes={"outcome": rules.Outcome.WITHDRAWN})


def void(asked: Asked) -> Effect:
    """Void what was registered by mistake; the number keeps its reason."""
    mended = last_entry(asked.request, "request.registered")
    return Effect(asked.said, facts={"mends": mended}, changes={"outcome": rules.Outcome.VOID})


def merge(asked: Asked) -> Effect:
    """The same matter was registered twice: this number ends, the other one goes on and says so."""
    request, act = asked.request, asked.act
    into = _other(asked, asked.take("into"))
    return Effect(
        asked.said,
        facts={"into": into.number},
        changes={"outcome": rules.Outcome.VOID, "merged_into": into},
        afterwards=[
            lambda entry: append(
                book=into.community.book_id,
                kind="request.joined",
                subject=into.subject,
                act=act,
                clause="RQ-01",
                facts={"other": request.number},
            ),
            lambda entry: naming.share(request, into, act),
        ],
    )


def _other(asked: Asked, number: str) -> Request:
    rows = Request.objects.select_for_update(of=("self",)).select_related("community")
    rows = rows.filter(number=plain_number(number), community=asked.request.community_id)
    other = (rows.exclude(hidden_from(asked.by.staff_id)) if asked.by else rows).first()
    if other is None:
        raise RuleViolation("request.not_found", number=number)
    if other.pk == asked.request.pk or other.state == rules.State.CLOSED:
        raise RuleViolation("request.not_open", number=number)
    return other


def split(asked: Asked) -> Effect:
    """A second matter in the same words gets a number of its own; `text` is what it is about."""
    request = asked.request
    new = register_request(
        community=request.community,
        home=request.home,
        type=asked.code("type", rules.TYPES, request.type),
        text=asked.said,
        caller=Caller.of(request),
        act=Act(asked.act.actor, request.happened_at, asked.act.recorded_at, asked.act.proof),
        channel=request.channel,
        place=request.place,
        first_asked=request.first_asked,
        split_from=request,
    )
    return Effect(asked.said, facts={"into": new.number})


CORRECTED = {
    "text": TEXT_LENGTH,
    "caller_name": 100,
    "caller_phone": 30,
    "speaker_name": 100,
    "speaker_phone": 30,
    "place": 60,
}
"""What was written down and can be put right, with its greatest length."""


def correct(asked: Asked) -> Effect:
    """Put right what was written down wrongly; before and after lie with the words, the fact names the fields."""
    request = asked.request
    changes: dict[str, Any] = {}
    for name, most in CORRECTED.items():
        if name in asked.values:
            changes[name] = asked.take(name)
            if len(changes[name]) > most:
                raise RuleViolation("request.too_long", limit=most)
    if room := asked.take("home"):
        changes["home"] = find_home(request.community, room)
    naming_too = "named" in asked.values
    if not (changes or naming_too) or changes.get("text") == "":
        raise RuleViolation("correct.nothing", known=[*CORRECTED, "home", "named"])
    if "text" in changes:
        exchange_words(target=request.id, scope=request.community_id, old=request.text, new=changes["text"])
    mended = last_entry(request, "request.registered")
    before_after = {
        f"{name}_{when}": str(value)
        for name, after in changes.items()
        for when, value in (("before", getattr(request, name) or ""), ("after", after))
    }
    fields = sorted([*changes, "named"] if naming_too else changes)
    effect = Effect(
        asked.said,
        facts={"fields": ",".join(fields), "mends": mended},
        words=before_after,
        changes=changes | ({"home_written": changes["home"].written} if "home" in changes else {}),
    )
    return naming.named(asked, effect)


def reopen(asked: Asked) -> Effect:
    """Open a closed case again; its clocks start anew, the first times stay (DESIGN §6)."""
    request = asked.request
    if request.merged_into_id:
        raise RuleViolation("request.merged_away")
    if asked.act.proof is Proof.OWN:
        settings = office_rules(request.community.office, on=asked.act.at).settings
        days = int(settings.unconfirmed["owner_may_reopen_days"])
        if request.closed_at and (asked.act.at - request.closed_at).days >= days:
            raise RuleViolation("reopen.too_late", days=days)
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "reason": asked.code("because", ("rework", "unsatisfied", "other"), "other"),
        },
        changes={
            "outcome": "",
            "closed_at": None,
            "informed_at": None,
            "replied_at": None,
            "handler": None,
            "own_matter": False,
            "confirmed_by_owner": False,
            "appointed_from": None,
            "appointed_until": None,
            "tries_count": 0,
            "reopened_count": request.reopened_count + 1,
        },
    )
