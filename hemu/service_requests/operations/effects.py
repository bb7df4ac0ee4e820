"""What each step does to a case beyond its state: the facts and words of its entry, the fields that change."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from hemu.access.actors import Actor, actor_of
from hemu.access.models import Account
from hemu.duties.queries import limit_of_resolving
from hemu.duties.rules import effective_at, times_of
from hemu.estate.models import Department, Shift, Staff
from hemu.estate.queries import find_home, office_rules
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import OfficeTime
from hemu.foundation.numbering import format_number, parse_number
from hemu.infra.moments import OFFICE_ZONE, iso_utc, parse_moment
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.ledger.queries import words_of
from hemu.service_requests import rules
from hemu.service_requests.models import Request
from hemu.service_requests.operations.registering import TEXT_LENGTH, Caller, register_request
from hemu.sop.register import load_register


@dataclass
class Asked:
    """What a step was asked to do; `take` hands out its values once, so that what is left over is refused."""

    request: Request
    act: Act
    values: dict[str, str]
    said: str
    by: Actor | None

    def take(self, name: str, default: str = "") -> str:
        """Return a value, trimmed; it is then no longer among those asked."""
        return self.values.pop(name, default).strip() or default

    def code(self, name: str, known: tuple[str, ...], default: str = "") -> str:
        """Return a value that must be one of the known codes; "" where nothing was said."""
        value = self.take(name, default)
        return rules.one_of(name, value, known) if value else ""

    def flag(self, name: str) -> bool | None:
        """Return ``true`` or ``false`` as a boolean; None where nothing was said."""
        value = self.take(name)
        return None if not value else rules.one_of(name, value.lower(), ("true", "false")) == "true"


@dataclass
class Effect:
    """The facts and words of the entry, the fields that change, and what follows once it is written."""

    said: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    afterwards: list[Callable[[Entry], object]] = field(default_factory=list)


def classify(asked: Asked) -> Effect:
    """Sort by trade, nature and urgency (RQ-03); a type other than the registered one takes its place."""
    sorting = _sorting(asked)
    return Effect(asked.said, facts=_sorting_facts(sorting), changes=sorting)


def resort(asked: Asked) -> Effect:
    """Put a sorting right: the new one names the entry it mends."""
    sorting = _sorting(asked)
    mended = _last_entry(asked.request, "request.classified", "request.resorted")
    return Effect(asked.said, facts={**_sorting_facts(sorting), "mends": mended}, changes=sorting)


def _sorting_facts(sorting: dict[str, str]) -> dict[str, str | None]:
    return {**sorting, "place": _place(sorting["type"]), "limit": sorting["limit"] or None}


def _place(type: str) -> str:
    return "public" if type == "repair_public" else "home"


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


def dispatch(asked: Asked) -> Effect:
    """Send to a person or department (RQ-04); `shift` says whether the person is on duty just then (RQ-15)."""
    request = asked.request
    staff, department = _receiver(asked)
    shift = asked.code("shift", ("on_duty", "off_duty"))
    if not shift and staff and _on_duty(request, staff, asked.act.at):
        shift = "on_duty"
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "to": staff.key if staff else None,
            "department": str(department.id) if department else None,
            "shift": shift or None,
            "paid": asked.flag("paid"),
        },
        changes={"handler": staff, "department": department},
    )


def _receiver(asked: Asked) -> tuple[Staff | None, Department | None]:
    login, name = asked.take("to"), asked.take("department")
    office = asked.request.community.office
    staff = department = None
    if login:
        account = Account.objects.select_related("staff").filter(login=login, is_active=True).first()
        if account is None:
            raise RuleViolation("access.unknown_login", login=login)
        staff = account.staff
        day = asked.act.recorded_at.astimezone(OFFICE_ZONE).date()
        if not rules.HANDLERS & actor_of(account, today=day).roles_at(office.id):
            raise RuleViolation("dispatch.cannot_handle", login=login)
    if name:
        department = Department.objects.filter(office=office, name=name).first()
        if department is None:
            known = list(Department.objects.filter(office=office).values_list("name", flat=True))
            raise RuleViolation("department.unknown", name=name, known=known)
    return staff, department


def _on_duty(request: Request, staff: Staff, at: datetime) -> bool:
    shifts = Shift.objects.filter(office=request.community.office, staff=staff)
    return shifts.filter(begins_at__lte=at, ends_at__gt=at).exists()


def accept(asked: Asked) -> Effect:
    """Take the job on; a public repair carries the row of the table of limits that holds for it (RQ-21)."""
    request = asked.request
    limit = rules.limit_class(
        type=request.type, urgency=request.urgency, asked=asked.take("limit", request.limit)
    )
    handler = Staff.objects.get(id=asked.by.staff_id) if asked.by else request.handler
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "place": _place(request.type),
            "limit": limit or None,
            "to": handler.key if handler else None,
        },
        changes={"handler": handler, "limit": limit},
    )


def pause(asked: Asked) -> Effect:
    """Let the clocks that may stand still do so until a named day (profiles.toml [pause])."""
    cause = asked.take("cause", asked.said)
    rules.one_of("cause", cause, tuple(rules.PAUSE_REASONS))
    day = _day(asked.take("resume_on"), "resume_on")
    office = office_rules(asked.request.community.office, on=asked.act.at)
    end = rules.resume_at(
        paused_at=asked.act.at,
        resume_on=day,
        longest_days=int(office.settings.pause["longest_days"]),
        end_of_day=office.time.end_of_day(day),
    )
    return Effect(asked.said, facts={"cause": cause, "resume_at": iso_utc(end)}, changes={"resume_at": end})


def resume(asked: Asked) -> Effect:
    """Let the clocks run again before the day the pause named."""
    return Effect(changes={"resume_at": None})


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
        facts["promised_at"] = iso_utc(_moment(promised, "promised_at"))
    if facts["size"] == "major_repair" and not promised:
        raise RuleViolation("due.needs_fact", fact="promised_at")
    if not any(value is not None for value in facts.values()):
        raise RuleViolation("judge.nothing", known=["scope", "valid", "major", "size", "owner_to_handle"])
    own = facts["owner_to_handle"]
    changes = {} if own is None else {"own_matter": own}
    return Effect(asked.said, facts=facts, changes=changes)


def escalate(asked: Asked) -> Effect:
    """Report a matter upward (RQ-09, RQ-26)."""
    role = asked.code("role", tuple(load_register().roles))
    return Effect(asked.said, facts={"role": role or None})


def resolve(asked: Asked) -> Effect:
    """Record the result (RQ-18, RQ-21); `on_time` says whether the limit that holds for the case was kept."""
    request = asked.request
    limit = limit_of_resolving(request.subject) or _answer_limit(asked)
    time = office_rules(request.community.office, on=asked.act.at).time
    when = effective_at(at=asked.act.at, recorded_at=asked.act.recorded_at, time=time)
    return Effect(
        asked.said,
        facts={
            "type": request.type,
            "on_time": not is_late(when, limit),
            "place": _place(request.type),
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


def confirm(asked: Asked) -> Effect:
    """The owner says that it is done: by the own link, or told to us (RQ-10)."""
    own = asked.act.proof is Proof.OWN
    return Effect(asked.said, facts={"type": asked.request.type}, changes={"confirmed_by_owner": own})


def send_back(asked: Asked) -> Effect:
    """Back to be sorted anew: the handler cannot do it, or the owner says that it is not done."""
    by_owner = asked.request.state in rules.WITH_ANSWER
    return Effect(
        asked.said, facts={"by_owner": by_owner}, changes={"handler": None, "confirmed_by_owner": False}
    )


def refer(asked: Asked) -> Effect:
    """Refer to an outside body (RQ-08); its name is a word, not a fact."""
    return Effect(asked.said, words={"to": asked.take("to")})


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
    mended = _last_entry(asked.request, "request.registered")
    return Effect(asked.said, facts={"mends": mended}, changes={"outcome": rules.Outcome.VOID})


def merge(asked: Asked) -> Effect:
    """The same matter was registered twice: this number ends, the other one goes on and says so."""
    request, act = asked.request, asked.act
    into = _other(request, _number(asked.take("into")))
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
            )
        ],
    )


def _other(request: Request, number: str) -> Request:
    other = (
        Request.objects.select_for_update(of=("self",))
        .select_related("community")
        .filter(number=number)
        .first()
    )
    if other is None or other.community_id != request.community_id:
        raise RuleViolation("request.not_found", number=number)
    if other.pk == request.pk or other.state == rules.State.CLOSED:
        raise RuleViolation("request.not_open", number=number)
    return other


def _number(text: str) -> str:
    try:
        return format_number(*parse_number(text))
    except RuleViolation:
        raise RuleViolation("request.not_found", number=text) from None


def split(asked: Asked) -> Effect:
    """A second matter in the same words gets a number of its own; `text` is what it is about."""
    request = asked.request
    new = register_request(
        community=request.community,
        home=request.home,
        type=asked.code("type", rules.TYPES, request.type),
        text=asked.said,
        caller=Caller(request.person_id, request.caller_name, request.caller_phone, request.anonymous),
        act=Act(asked.act.actor, request.happened_at, asked.act.recorded_at, asked.act.proof),
        channel=request.channel,
        place=request.place,
        first_asked=request.first_asked,
        split_from=request,
    )
    return Effect(asked.said, facts={"into": new.number})


def correct(asked: Asked) -> Effect:
    """Put right what was written down wrongly; before and after lie with the words, the fact names the fields."""
    request = asked.request
    changes: dict[str, Any] = {}
    for name, most in (("text", TEXT_LENGTH), ("caller_name", 100), ("caller_phone", 30), ("place", 60)):
        if name in asked.values:
            changes[name] = asked.take(name)
            if len(changes[name]) > most:
                raise RuleViolation("request.too_long", limit=most)
    if room := asked.take("home"):
        changes["home"] = find_home(request.community, room)
    if not changes or changes.get("text") == "":
        raise RuleViolation("correct.nothing", known=["text", "caller_name", "caller_phone", "place", "home"])
    mended = _last_entry(request, "request.registered")
    before_after = {
        f"{name}_{when}": str(value)
        for name, after in changes.items()
        for when, value in (("before", getattr(request, name) or ""), ("after", after))
    }
    return Effect(
        asked.said,
        facts={"fields": ",".join(sorted(changes)), "mends": mended},
        words=before_after,
        changes=changes,
    )


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
            "resume_at": None,
            "own_matter": False,
            "confirmed_by_owner": False,
            "reopened_count": request.reopened_count + 1,
        },
    )


def _last_entry(request: Request, *kinds: str) -> str:
    last = Entry.objects.filter(subject=request.subject, kind__in=kinds).order_by("-seq").first()
    if last is None:
        raise RuleViolation("entry.nothing_to_mend")
    return str(last.id)


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field=name, value=text) from error
    return _of_our_time(day, name)


def _moment(text: str, name: str) -> datetime:
    try:
        moment = parse_moment(text)
    except ValueError as error:
        raise RuleViolation("request.unreadable_date", field=name, value=text) from error
    return _of_our_time(moment, name)


Day = TypeVar("Day", bound=date)


def _of_our_time(day: Day, name: str) -> Day:
    if not 2000 <= day.year < 2200:
        raise RuleViolation("request.unreadable_date", field=name, value=day.isoformat())
    return day


EFFECTS: dict[str, Callable[[Asked], Effect]] = {
    "classify": classify,
    "dispatch": dispatch,
    "transfer": dispatch,
    "accept": accept,
    "resolve": resolve,
    "reply": reply,
    "inform": inform,
    "confirm": confirm,
    "close": close,
    "send_back": send_back,
    "pause": pause,
    "resume": resume,
    "judge": judge,
    "escalate": escalate,
    "refer": refer,
    "try_contact": try_contact,
    "correct": correct,
    "resort": resort,
    "split": split,
    "merge": merge,
    "withdraw": withdraw,
    "void": void,
    "reopen": reopen,
}
