"""Reading service requests: the one gate to a case, lists by scope, what is printed of one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.db.models.lookups import In

from hemu.access.actors import Actor
from hemu.duties.models import Duty
from hemu.duties.queries import duties_of, late_subjects, some_late_subjects
from hemu.estate.models import Community
from hemu.foundation.due import is_late
from hemu.foundation.errors import RuleViolation
from hemu.foundation.numbering import plain_number
from hemu.infra.indexes import Unsought
from hemu.infra.kept import give
from hemu.infra.moments import iso_local
from hemu.infra.newest import newest_ids, newest_of
from hemu.ledger.catalogue import kind_of
from hemu.ledger.entries import Audience
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.service_requests.models import Helper, Named, Request, SuggestionCount
from hemu.service_requests.rules import OPEN, OUTSIDE_BODIES, TYPES, State, one_of
from hemu.service_requests.rules_suggesting import ALWAYS, Suggestion, suggest, words_spoken

LIMIT, MOST, BADGE = 50, 500, 99


def request_for(actor: Actor, number: str, permission: str = "request.view") -> Request:
    """Return a case that this person may see; somebody else's answers like one that does not exist.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    request = visible_to(actor, permission).filter(number=plain_number(number)).first()
    if request is None:
        raise RuleViolation("request.not_found", number=number)
    return request


def request_by_number(number: str) -> Request:
    """Return a case by its number, for commands on the machine itself.

    Raises:
        RuleViolation: ``request.not_found``.
    """
    request = _rows().filter(number=plain_number(number)).first()
    if request is None:
        raise RuleViolation("request.not_found", number=number)
    return request


def visible_to(actor: Actor, permission: str = "request.view") -> QuerySet[Request]:
    """Return the cases of the communities in which a permission is held, without those that name this person."""
    return open_to(actor).filter(actor.within(permission))


def open_to(actor: Actor) -> QuerySet[Request]:
    """Return the cases of all communities without those that name this person, for lists that know their scope."""
    return _rows().exclude(hidden_from(actor.staff_id))


def hidden_from(staff: UUID) -> Q:
    """Return the condition of the cases that name a member of staff and are kept from that person (DESIGN §5)."""
    return Q(pk__in=Named.objects.filter(staff=staff, alone=False).values("request"))


def hidden_subjects(staff: UUID) -> set[str]:
    """Return the subjects kept from a member of staff, for pages that list what is not a case itself."""
    numbers = Named.objects.filter(staff=staff, alone=False).values_list("request__number", flat=True)
    return {f"request:{number}" for number in numbers}


def named_in(subject: str) -> set[UUID]:
    """Return whom a case's complaint names and who must not hear of it."""
    number = subject.partition(":")[2]
    return set(Named.objects.filter(request__number=number, alone=False).values_list("staff_id", flat=True))


def concerned_in(subjects: Iterable[str]) -> list[tuple[str, UUID]]:
    """Return who helps with each of the subjects, and whom it names."""
    numbers = [subject.partition(":")[2] for subject in subjects]
    helping = Helper.objects.filter(request__number__in=numbers).values_list("request__number", "staff")
    named = Named.objects.filter(request__number__in=numbers).values_list("request__number", "staff")
    return [(f"request:{number}", staff) for number, staff in helping.union(named)]


def worked_on_by(staff: UUID) -> Q:
    """Return the condition of the cases a person handles or helps with."""
    return Q(handler=staff) | Q(pk__in=Helper.objects.filter(staff=staff).values("request"))


def _rows() -> QuerySet[Request]:
    return Request.objects.select_related(
        "community__office", "home", "handler", "department", "merged_into", "first_asked"
    )


def listed(
    rows: QuerySet[Request],
    *,
    state: str = "",
    type: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    after: str = "",
    seen: QuerySet[Request] | None = None,
    limit: int = LIMIT,
    among: Collection[UUID] | None = None,
    scope: str = "community_id",
    places: Iterable[Community] = (),
) -> tuple[list[Request], str]:
    """Return one page, newest first, and the number after which the next one begins ("" at the end).

    Of one community or of given cases the rows are walked themselves; else only ids, and the page's own rows are read afterwards.

    Args:
        state: a state, ``open`` for all that are not closed, or empty.
        since, until: when it was registered, both inclusive.
        after: the last number of the page before.
        seen: among which cases `after` may be, where ``rows`` are narrowed already: it may fit no more.
        limit: 1 or more; 500 at most are returned.
        among: the communities whose cases are asked for, where the rows do not say it; None: as the rows say.
        scope: of what ``among`` are the ids: ``community_id``, ``home_id`` or ``id``.
        places: the communities of the rows, where the caller has them.

    Raises:
        RuleViolation: ``request.unknown_value``, ``request.not_found`` (of `after`).
    """
    if limit < 1:
        raise RuleViolation("request.unknown_value", field="limit", value=limit, known=[f"1–{MOST}"])
    limit, seen = min(limit, MOST), rows if seen is None else seen
    rows = _filtered(rows, state=state, type=type, since=since, until=until)
    if after:
        rows = rows.filter(id__lt=_id_of(after, seen))
    lines_of = with_what_a_line_shows(rows.select_related(None))
    if among is not None and scope == "id":
        walked = newest_of(lines_of, among, at_most=limit + 1)
    elif among is not None and len(among) == 1 and scope == "community_id":
        walked = list(lines_of.filter(community=next(iter(among))).order_by("-id")[: limit + 1])
    else:
        ids = newest_ids(rows, scope=scope, among=among, at_most=limit + 1)
        lines = with_what_a_line_shows(Request.objects.all()).in_bulk(ids)
        walked = [lines[id] for id in ids if id in lines]
    found = give("community", places, walked[:limit])
    return found, found[-1].number if len(walked) > limit else ""


def with_what_a_line_shows(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Return cases, each read with its handler; the home's name is its own."""
    return rows.prefetch_related("handler")


def _id_of(number: str, seen: QuerySet[Request]) -> UUID:
    """Return the id of a case among those seen: where another one stands in time is nobody else's to learn."""
    found = seen.filter(number=plain_number(number)).values_list("id", flat=True).first()
    if found is None:
        raise RuleViolation("request.not_found", number=number)
    return found


def _filtered(
    rows: QuerySet[Request],
    *,
    state: str = "",
    type: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Request]:
    if state:
        rows = in_states(rows, OPEN if state == "open" else {State(one_of("state", state, tuple(State)))})
    if type:
        rows = rows.filter(type=one_of("type", type, TYPES))
    if since:
        rows = rows.filter(registered_at__gte=since)
    if until:
        rows = rows.filter(registered_at__lte=until)
    return rows


def in_states(rows: QuerySet[Request], states: Collection[State]) -> QuerySet[Request]:
    """Return the rows in these states, said so that the index of the open ones serves where none of them is closed.

    Nearly all cases are closed: an index by state is no way to the newest of them.
    """
    if State.CLOSED in states:
        return rows.filter(In(Unsought(F("state")), sorted(states)))
    rows = rows.filter(~Q(state=State.CLOSED))
    return rows if set(states) == OPEN else rows.filter(state__in=sorted(states))


LATE_LISTED, LATE_COUNTED = 1_000, 200


def sent_by(rows: QuerySet[Request], body: str) -> QuerySet[Request]:
    """Return the cases that an outside body sent, or that ``any`` of them did."""
    return rows.filter(outside_body=body) if body in OUTSIDE_BODIES else rows.exclude(outside_body="")


def with_late_duties(rows: QuerySet[Request], *, now: datetime) -> QuerySet[Request]:
    """Return all cases with a duty late at ``now``: for commands; pages ask for those late for longest."""
    late = Duty.objects.filter(state=Duty.State.OPEN, due_at__lt=now)
    return rows.filter(
        number__in=late.annotate(number=Substr("subject", len("request:") + 1)).values("number")
    )


def late_for_longest(
    rows: QuerySet[Request], *, offices: Collection[UUID] | None, now: datetime
) -> QuerySet[Request]:
    """Return the cases of the 1,000 duties late for longest at ``offices`` (None: anywhere), for what is exported."""
    late = late_among(rows, offices=offices, now=now, at_most=LATE_LISTED)
    # By ids that are fetched first: asked for the newest of these numbers, PostgreSQL walks the whole list instead.
    return _rows().filter(id__in=list(late.values_list("id", flat=True)))


def late_among(
    rows: QuerySet[Request], *, offices: Collection[UUID] | None, now: datetime, at_most: int
) -> QuerySet[Request]:
    """Return the same cases found by their numbers, in no order, for what reads all of them."""
    late = late_subjects(offices=offices, now=now, at_most=at_most)
    return rows.filter(number__in=[subject.removeprefix("request:") for subject in late]).order_by()


def counted(
    rows: QuerySet[Request], *, offices: Collection[UUID] | None, book: str = "", staff: UUID, now: datetime
) -> dict[str, str]:
    """Return how many cases are open and late, counted to 99 as badges show it.

    Args:
        rows: what the reader may see.
        offices: whose duties are looked at for lateness, in the ``book`` where one is named; None: everybody's.
        staff: who reads: what names that person is not counted.
    """
    subjects = some_late_subjects(offices=offices, book=book or None, now=now, at_most=LATE_COUNTED)
    late = {subject for subject in subjects if subject.startswith("request:")} - hidden_subjects(staff)
    counts = {"open": _filtered(rows, state="open")[: BADGE + 1].count(), "late": len(late)}
    return {key: f"{BADGE}+" if count > BADGE else str(count or "") for key, count in counts.items()}


def waiting_for_answer(rows: QuerySet[Request]) -> str:
    """Return how many open cases have had no answer yet, counted to 99 as badges show it."""
    count = _filtered(rows, state="open").filter(replied_at__isnull=True)[: BADGE + 1].count()
    return f"{BADGE}+" if count > BADGE else str(count or "")


def communities_of(actor: Actor, permission: str) -> list[Community]:
    """Return the communities in which a permission is held, by name."""
    return actor.places(permission)


def visible_entries(request: Request, *, audience: frozenset[Audience] | None = None) -> list[Entry]:
    """Return a case's entries, for staff all of them; for an audience only those of its kinds."""
    entries = timeline(request.subject)
    if audience is None:
        return entries
    return [entry for entry in entries if kind_of(entry.kind).audience in audience]


def summary_of(request: Request) -> dict[str, Any]:
    """Return a case as a line of a list."""
    return {
        "number": request.number,
        "community": request.community.name,
        "home": request.home_written or None,
        "state": str(request.state),
        "outcome": str(request.outcome) or None,
        "type": request.type,
        "trade": request.trade or None,
        "nature": request.nature or None,
        "urgency": request.urgency or None,
        "channel": request.channel,
        "text": request.text,
        "outside": {
            "body": request.outside_body,
            "number": request.outside_number or None,
            "due": iso_local(request.outside_due_at),
        }
        if request.outside_body
        else None,
        "at": iso_local(request.happened_at),
        "registered_at": iso_local(request.registered_at),
        "version": request.version,
    }


def detail_of(request: Request, *, now: datetime) -> dict[str, Any]:
    """Return a case with its timeline and duties, as the command and the interface print it."""
    return {
        **summary_of(request),
        "place": request.place or None,
        "anonymous": request.anonymous,
        "caller": {"name": request.caller_name, "phone": request.caller_phone},
        "on_behalf": {
            "speaker": request.speaker_name,
            "phone": request.speaker_phone,
            "answered": request.answer_speaker,
        }
        if request.speaker_name or request.speaker_phone
        else None,
        "merged_into": request.merged_into.number if request.merged_into else None,
        "timeline": [entry_of(entry) for entry in timeline(request.subject)],
        "duties": [duty_of(duty, now=now) for duty in duties_of(request.subject)],
    }


def entry_of(entry: Entry) -> Mapping[str, Any]:
    """Return an entry as a line of a printed timeline, with its words where they are not erased."""
    row = getattr(entry, "words_row", None)
    return {
        "id": str(entry.id),
        "kind": entry.kind,
        "at": iso_local(entry.at),
        "recorded_at": iso_local(entry.recorded_at),
        "by": entry.actor,
        "proof": entry.proof,
        "facts": entry.facts,
        "clause": entry.clause or None,
        "words": row.words if row else None,
        "hash": entry.digest,
    }


def duty_of(duty: Duty, *, now: datetime) -> dict[str, Any]:
    """Return a duty as a line of a printed case; an open one past its time is ``late``."""
    overdue = duty.state == Duty.State.OPEN and duty.due_at is not None and is_late(now, duty.due_at)
    late = duty.is_late or overdue
    return {
        "clause": duty.clause,
        "due": iso_local(duty.due_at),
        "state": "late" if duty.state == Duty.State.OPEN and late else str(duty.state),
        "late": late,
        "owed_by": duty.role,
        "fulfilled_at": iso_local(duty.fulfilled_at),
    }


def suggestion_for(text: str) -> Suggestion:
    """Return what a case's words suggest, with what the sortings so far have taught (RQ-03)."""
    said = words_spoken(text)
    words = {ALWAYS, *(each.word for spoken in said.values() for each in spoken)}
    return suggest(text, learned=learned_counts(words))


def learned_counts(words: set[str] | None = None) -> dict[tuple[str, str, str], int]:
    """Return how many sortings gave (axis, word, value), for some words or for all."""
    rows = SuggestionCount.objects.all() if words is None else SuggestionCount.objects.filter(word__in=words)
    return {(axis, word, value): count for axis, word, value, count in rows.values_list(*COUNTED)}


COUNTED = ("axis", "word", "value", "count")
