"""Reading return visits: the one gate to one, the queue by scope, who may do one, what is printed of one."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

from hemu.access.actors import Actor
from hemu.estate.models import Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.kept import kept_with
from hemu.infra.moments import iso_local, office_day
from hemu.infra.terms import in_force
from hemu.ledger.models import Entry
from hemu.ledger.queries import timeline
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.rules import ABOVE, AT_OFFICE, CLASSES, DOERS, WAITING, WORK, State, rung
from hemu.service_requests.models import Named, Request
from hemu.service_requests.queries import concerned_in, entry_of
from hemu.service_requests.rules import one_of

LIMIT, MOST, BADGE = 50, 500, 99
WAITS = [RawSQL(f"'{state}'", ()) for state in sorted(WAITING)]
"""The states of what waits, written out: of parameters SQLite cannot tell that an index of just these rows serves."""


def visit_for(actor: Actor, number: str) -> ReturnVisit:
    """Return a return visit that this person may see; somebody else's answers like one that does not exist.

    Raises:
        RuleViolation: ``return_visit.not_found``.
    """
    return _one(visible_to(actor), number)


def visit_by_number(number: str) -> ReturnVisit:
    """Return a return visit by its number, for commands on the machine itself; refusals as `visit_for`."""
    return _one(rows(), number)


def _one(found: QuerySet[ReturnVisit], number: str) -> ReturnVisit:
    visit = found.filter(number=number.replace("\x00", "").strip().upper()).first()
    if visit is None:
        raise RuleViolation("return_visit.not_found", number=number)
    return visit


def visible_to(actor: Actor, *, places: Iterable[UUID] | None = None) -> QuerySet[ReturnVisit]:
    """Return the return visits of the communities in which they may be seen; none of a case that names this person.

    Args:
        places: these communities, where the caller has them already.
    """
    found = rows()
    if actor.offices_with("return_visit.view") is not None:
        if places is None:
            places = actor.communities("return_visit.view").values_list("id", flat=True)
        found = found.filter(community__in=list(places))
    named = Named.objects.filter(staff=actor.staff_id, alone=False)
    return found.exclude(request__in=named.values("request"))


def rows() -> QuerySet[ReturnVisit]:
    """Return all return visits with what a line of them shows."""
    return ReturnVisit.objects.select_related("request__handler", "community__office", "done_by")


def visits_of(request: Request) -> list[ReturnVisit]:
    """Return a case's return visits, the newest first, read once for what a page shows."""
    visits = ReturnVisit.objects.filter(request=request).select_related("done_by").order_by("-id")
    return kept_with(request, "return_visits", lambda: list(visits))


def listed(
    found: QuerySet[ReturnVisit],
    *,
    state: str = "",
    kind: str = "",
    mine: Actor | None = None,
    late: bool = False,
    now: datetime,
    after: str = "",
    limit: int = LIMIT,
) -> tuple[list[ReturnVisit], str]:
    """Return one page and the number after which the next begins ("" at the end).

    What waits comes in the order of its due time, what is over newest first.

    Args:
        state: a state, ``waiting`` for what is still to do (visits and promised answers), or empty for all.
        kind: a class, or empty.
        mine: only what this person's posts owe, without what they took part in.
        after: the last number of the page before.
        limit: 1 or more; 500 at most are returned.

    Raises:
        RuleViolation: ``request.unknown_value``, ``return_visit.not_found`` (of `after`).
    """
    if limit < 1:
        raise RuleViolation("request.unknown_value", field="limit", value=limit, known=[f"1–{MOST}"])
    limit = min(limit, MOST)
    seen, found = found, _filtered(found, state=state, kind=kind, mine=mine, late=late, now=now)
    by_due = late or state in ("waiting", *WAITING)
    if after:
        found = found.filter(_beyond(_one(seen, after), by_due))
    order = [F("due_at").asc(nulls_last=True), "id"] if by_due else ["-id"]
    ids = list(found.order_by(*order).values_list("id", flat=True)[: limit + 1])
    lines = rows().select_related(None).select_related("request__handler", "done_by")
    page = list(lines.prefetch_related("community").filter(id__in=ids[:limit]).order_by(*order))
    return page, page[-1].number if len(ids) > limit else ""


def _beyond(last: ReturnVisit, by_due: bool) -> Q:
    if not by_due:
        return Q(id__lt=last.id)
    if last.due_at is None:
        return Q(due_at__isnull=True, id__gt=last.id)
    return Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.id) | Q(due_at__isnull=True)


def _filtered(
    found: QuerySet[ReturnVisit], *, state: str, kind: str, mine: Actor | None, late: bool, now: datetime
) -> QuerySet[ReturnVisit]:
    if late or state == "waiting":
        found = found.filter(state__in=WAITS)
    elif state:
        found = found.filter(state=one_of("state", state, tuple(State)))
    if late:
        found = found.filter(due_at__lt=now)
    if kind:
        found = found.filter(kind=one_of("class", kind, CLASSES))
    return _owed_by(found, mine) if mine else found


def _owed_by(found: QuerySet[ReturnVisit], actor: Actor) -> QuerySet[ReturnVisit]:
    held = actor.by_post(office="community__office")
    own_work = Entry.objects.filter(
        subject=Concat(Value("request:"), OuterRef("request__number")), kind__in=WORK, actor=actor.key
    )
    return found.filter(held, ~Exists(own_work) | Q(state=State.PROMISED))


def counted(found: QuerySet[ReturnVisit], *, mine: Actor, now: datetime) -> dict[str, str]:
    """Return how many wait, are late, and wait for this person, counted to 99 as badges show it."""
    filters: dict[str, dict[str, Any]] = {
        "waiting": {"state": "waiting"},
        "late": {"late": True},
        "mine": {"state": "waiting", "mine": mine},
    }
    counts = {
        name: _filtered(found, **{"state": "", "kind": "", "mine": None, "late": False, **asked}, now=now)
        .order_by("due_at", "id")  # which the index of what waits has: without it, all that is over is walked
        .values_list("id", flat=True)[: BADGE + 1]
        for name, asked in filters.items()
    }
    return {name: f"{BADGE}+" if len(ids) > BADGE else str(len(ids) or "") for name, ids in counts.items()}


# ── who may ──────────────────────────────────────────────────────────────────


def workers_of(subjects: Iterable[str]) -> dict[str, set[str]]:
    """Return who took part in the work of each subject, helped with it or is named in it."""
    found: dict[str, set[str]] = {}
    found_subjects = list(subjects)
    done = Entry.objects.filter(subject__in=found_subjects, kind__in=WORK).values_list("subject", "actor")
    for subject, actor in done:
        found.setdefault(subject, set()).add(actor)
    for subject, staff in concerned_in(found_subjects):
        found.setdefault(subject, set()).add(f"staff:{staff}")
    return found


def doers(office_id: UUID, *, now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    """Return who may do return visits at an office, and who on the next rung, as key → name."""
    today = office_day(now)
    posts = Post.objects.filter(
        in_force(today),
        Q(office=office_id) | Q(office__isnull=True),
        role__in=DOERS,
    ).select_related("staff")
    office = {post.staff.key: post.staff.name for post in posts if post.role in AT_OFFICE}
    above = {post.staff.key: post.staff.name for post in posts if post.role in ABOVE}
    return office, above


def rung_of(visit: ReturnVisit, *, now: datetime) -> str:
    """Return where somebody independent of the work is to be found: ``office``, ``above`` or ``nobody``."""
    office, above = doers(visit.community.office_id, now=now)
    return rung(workers=workers_of([visit.subject]).get(visit.subject, set()), office=office, above=above)


# ── what is printed ──────────────────────────────────────────────────────────


def entries_of(visit: ReturnVisit) -> list[Entry]:
    """Return the entries of a return visit among those of its request, in the order of the book."""
    return [each for each in timeline(visit.subject) if each.facts.get("visit") == visit.number]


def summary_of(visit: ReturnVisit) -> dict[str, Any]:
    """Return a return visit as a line of a list."""
    return {
        "number": visit.number,
        "request": visit.request.number,
        "community": visit.community.name,
        "class": visit.kind,
        "state": str(visit.state),
        "owed_by": visit.role,
        "opened_at": iso_local(visit.opened_at),
        "due": iso_local(visit.due_at),
        "tries": visit.tries_count,
        "result": visit.result or None,
        "attitude": visit.attitude or None,
        "timely": visit.timely or None,
        "independent": visit.independent,
        "done_at": iso_local(visit.done_at),
        "version": visit.version,
    }


def detail_of(visit: ReturnVisit, *, now: datetime) -> dict[str, Any]:
    """Return a return visit with its entries and where it may be done, as the command prints it."""
    return {
        **summary_of(visit),
        "text": visit.request.text,
        "independent_at": rung_of(visit, now=now),
        "timeline": [entry_of(entry) for entry in entries_of(visit)],
    }
