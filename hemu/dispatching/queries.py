"""Reading dispatching: the rules of an office on a day, who is there, whom a case would go to, the pool."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import IsNull
from django.utils import translation

from hemu.access.actors import Actor
from hemu.dispatching import rules
from hemu.dispatching.models import Absence, Arrangement, DispatchRule
from hemu.dispatching.rules import Choice, Matter, People, Rule
from hemu.dispatching.rules_rota import SHIFTS
from hemu.dispatching.wording import said
from hemu.estate.models import Department, Office, Post, Shift, Staff
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.infra.indexes import Unsought
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.terms import in_force
from hemu.service_requests.models import Named, Request
from hemu.service_requests.queries import in_states, visible_to
from hemu.service_requests.rules import HANDLERS, State

BOOK_LANGUAGE = "zh-hans"
LISTED = 100
AT_HAND = frozenset({State.DISPATCHED, State.ACCEPTED})


@dataclass(frozen=True)
class Chosen:
    """A choice with what carries it out: login or department, and its reason in words of the book."""

    choice: Choice
    login: str
    department: str
    why: str


# ── offices ──────────────────────────────────────────────────────────────────


def offices_of(actor: Actor, permission: str) -> list[Office]:
    """Return the offices at which a permission is held, by name."""
    held = actor.offices_with(permission)
    rows = Office.objects.order_by("name")
    return list(rows if held is None else rows.filter(id__in=held))


def office_for(actor: Actor, permission: str, office: str) -> Office:
    """Return one of them by id or name, the first where none is said.

    Raises:
        RuleViolation: ``office.unknown`` (known).
    """
    return office_among(offices_of(actor, permission), office)


def office_among(offices: list[Office], office: str) -> Office:
    """Return one of the offices; refusals as `office_for`."""
    for each in offices:
        if not office or office in (str(each.id), each.name):
            return each
    raise RuleViolation("office.unknown", name=office, known=[each.name for each in offices])


def arrangement_of(office: Office) -> Arrangement:
    """Return what an office has arranged; the usual where it has arranged nothing."""
    return Arrangement.objects.filter(office=office).first() or Arrangement(office=office)


def shifts_of(office: Office) -> dict[str, str]:
    """Return an office's shifts: code → hours."""
    return arrangement_of(office).shifts or dict(SHIFTS)


# ── rules ────────────────────────────────────────────────────────────────────


def rules_of(office: Office, *, on: date) -> list[DispatchRule]:
    """Return an office's rules in force on a day, in the order in which they are asked."""
    rows = DispatchRule.objects.filter(in_force(on), office=office)
    return list(rows.select_related("community", "staff", "department").order_by("position", "id"))


def as_rule(row: DispatchRule) -> Rule:
    """Return a rule as the pure choice takes it."""
    return Rule(
        id=str(row.id),
        community=str(row.community_id or ""),
        type=row.type,
        trade=row.trade,
        buildings=frozenset(filter(None, row.buildings.split(","))),
        place=row.place,
        hours=row.hours,
        to_staff=str(row.staff_id or ""),
        to_department=str(row.department_id or ""),
        to_role=row.role,
        on_duty=row.on_duty,
    )


class Exchange:
    """Who is at an office at a moment, read once for any number of choices."""

    def __init__(self, office: Office, *, at: datetime) -> None:
        self.office, self.at = office, at
        self.day = office_day(at)
        self.rows = rules_of(office, on=self.day)
        self._rules = [as_rule(row) for row in self.rows]
        self._time = office_rules(office, on=at).time
        self.here: dict[str, str] = {}
        """Who may get a case at this office, by log-in, in the order of their names."""
        self.people, self.logins, self.names = self._read()

    def _read(self) -> tuple[People, dict[str, str], dict[str, str]]:
        posts = Post.objects.filter(
            in_force(self.day),
            Q(office=self.office) | Q(office__isnull=True),
            role__in=HANDLERS,
            staff__account__is_active=True,
        ).select_related("staff__account")
        departments: dict[str, list[str]] = {}
        roles: dict[str, list[str]] = {}
        logins, names = {}, {}
        for post in posts.order_by("staff__name", "staff_id"):
            staff = str(post.staff_id)
            logins[staff], names[staff] = post.staff.account.login, post.staff.name
            if post.office_id:
                self.here[logins[staff]] = staff
            roles.setdefault(post.role, []).append(staff)
            if post.department_id:
                departments.setdefault(str(post.department_id), []).append(staff)
        shifts = Shift.objects.filter(office=self.office, begins_at__lte=self.at, ends_at__gt=self.at)
        people = People(
            on_duty=frozenset(str(staff) for staff in shifts.values_list("staff_id", flat=True)),
            of_department=departments,
            of_role=roles,
            handlers=frozenset(logins),
            away=away_at(self.office, on=self.day),
            load=_loads(self.office),
        )
        return people, logins, names

    def of_trade(self, trade: str) -> list[str]:
        """Return who on duty belongs to a department of a trade."""
        rows = Department.objects.filter(office=self.office, trade=trade).values_list("id", flat=True)
        members = [staff for each in rows for staff in self.people.of_department.get(str(each), ())]
        return [staff for staff in dict.fromkeys(members) if staff in self.people.on_duty]

    def barring(self, named: Iterable[UUID]) -> People:
        """Return the people with those named left out."""
        barred = frozenset(str(each) for each in named)
        people = self.people
        return People(
            people.on_duty,
            people.of_department,
            people.of_role,
            people.handlers,
            people.away,
            people.load,
            barred,
        )

    def matter(self, request: Request) -> Matter:
        """Return what the rules may ask of a case at this moment."""
        home = request.home
        place = "" if home else f"{request.place} {request.text}"
        return self.asked(
            str(request.community_id), request.type, request.trade, home.building if home else "", place
        )

    def asked(self, community: str, type: str, trade: str, building: str = "", place: str = "") -> Matter:
        """Return a matter at this moment."""
        local = self.at.astimezone(OFFICE_ZONE)
        minute = local.hour * 60 + local.minute
        return Matter(community, type, trade, building, place, self._time.is_open(self.at), minute)

    def chosen(self, matter: Matter, *, barred: Iterable[UUID] = ()) -> Chosen | None:
        """Return whom a matter goes to by the office's rules, with the reason; None where no rule gives anybody."""
        choice = rules.choose(self._rules, matter, self.barring(barred))
        if choice is None:
            return None
        row = next(each for each in self.rows if str(each.id) == choice.rule)
        department = row.department.name if row.department and choice.department else ""
        with translation.override(BOOK_LANGUAGE):
            why = said(choice, self.rows, self.names)
        return Chosen(choice, self.logins.get(choice.to, ""), department, why)

    def chosen_for(self, request: Request) -> Chosen | None:
        """Return whom a case goes to; nobody whom it names."""
        named = Named.objects.filter(request=request, alone=False).values_list("staff_id", flat=True)
        return self.chosen(self.matter(request), barred=list(named))

    def chosen_for_all(self, requests: Iterable[Request]) -> dict[str, Chosen]:
        """Return the choices for several cases by number, in one look for whom they name."""
        cases = list(requests)
        named: dict[UUID, list[UUID]] = {}
        rows = Named.objects.filter(request__in=[case.pk for case in cases], alone=False)
        for case, staff in rows.values_list("request_id", "staff_id"):
            named.setdefault(case, []).append(staff)
        found = {case.number: self.chosen(self.matter(case), barred=named.get(case.pk, ())) for case in cases}
        return {number: chosen for number, chosen in found.items() if chosen}


def away_at(office: Office, *, on: date) -> dict[str, str]:
    """Return who is away from an office on a day, with the stand-in ("" for nobody)."""
    rows = Absence.objects.filter(in_force(on), office=office)
    pairs = rows.order_by("since", "id").values_list("staff_id", "stand_in_id")
    return {str(staff): str(stand_in or "") for staff, stand_in in pairs}


def planned_hand_overs(actor: Actor, *, until: date) -> list[Absence]:
    """Return the hand-overs planned for the days up to one, and those whose day brought a refusal; soonest first."""
    rows = Absence.objects.filter(Q(waits=True, since__lte=until) | Q(refused__isnull=False))
    if (offices := actor.offices_with("dispatch.arrange")) is not None:
        rows = rows.filter(office__in=offices)
    return list(rows.select_related("office", "staff", "stand_in").order_by("since", "id")[:LISTED])


def stand_ins(
    *, on: date, office: UUID | None = None, to: UUID | None = None
) -> list[tuple[UUID, UUID, UUID | None]]:
    """Return who is away on a day as (office, who, who stands in): from one office, or for whom one person stands in."""
    rows = Absence.objects.filter(in_force(on))
    if office is not None:
        rows = rows.filter(office=office)
    if to is not None:
        rows = rows.filter(stand_in=to)
    return list(rows.order_by("since", "id").values_list("office_id", "staff_id", "stand_in_id"))


def _loads(office: Office) -> dict[str, int]:
    rows = in_states(Request.objects.filter(community__office=office, handler__isnull=False), AT_HAND)
    counts = rows.order_by().values_list("handler_id").annotate(count=Count("id"))
    return {str(handler): count for handler, count in counts}


# ── lists ────────────────────────────────────────────────────────────────────


def lines_at(office: Office, rows: QuerySet[Request], *, homes: bool) -> list[Request]:
    """Return an office's cases of a list, one more than it shows; with their ``homes`` where a rule may ask for them."""
    also = ("home",) if homes else ()
    lines = rows.filter(community__office=office).select_related(None).prefetch_related(None)
    return list(lines.prefetch_related("handler", "department", *also)[: LISTED + 1])


def to_dispatch(actor: Actor) -> QuerySet[Request]:
    """Return the cases that wait to be sent, the longest waiting first."""
    return in_states(visible_to(actor, "dispatch.view"), {State.CLASSIFIED}).order_by("id")


def pool(actor: Actor) -> QuerySet[Request]:
    """Return the cases that lie with a department or with nobody, for anyone to take."""
    rows = in_states(visible_to(actor, "dispatch.view"), {State.DISPATCHED})
    return rows.filter(IsNull(Unsought(F("handler_id")), True)).order_by("id")


def pool_of(actor: Actor, *, today: date) -> QuerySet[Request]:
    """Return what of the pool this person may take: of the own departments, of none, anything without a department."""
    posts = Post.objects.filter(in_force(today), staff=actor.staff_id)
    mine = set(posts.filter(department__isnull=False).values_list("department_id", flat=True))
    rows = pool(actor)
    return rows.filter(Q(department__isnull=True) | Q(department__in=mine)) if mine else rows


def in_hand(actor: Actor) -> QuerySet[Request]:
    """Return the cases that somebody has and has not done yet."""
    rows = in_states(visible_to(actor, "dispatch.view"), {*AT_HAND, State.PAUSED})
    return rows.filter(handler__isnull=False).order_by("id")


def handlers_at(office: Office, *, on: date) -> list[tuple[str, Staff]]:
    """Return who may get a case at an office on a day, as login and person, by name."""
    posts = Post.objects.filter(
        in_force(on),
        office=office,
        role__in=HANDLERS,
        staff__account__is_active=True,
    ).select_related("staff__account")
    return list(
        {
            post.staff_id: (post.staff.account.login, post.staff) for post in posts.order_by("staff__name")
        }.values()
    )


def receivers(offices: Collection[UUID], *, on: date) -> list[tuple[str, str]]:
    """Return who may get a case at any of some offices on a day, as login and name; the office too where they are several."""
    posts = Post.objects.filter(
        in_force(on),
        office__in=offices,
        role__in=HANDLERS,
        staff__account__is_active=True,
    )
    rows = posts.values_list("staff__account__login", "staff__name", "office__name")
    people = {login: (name, office) for login, name, office in rows.order_by("office__name", "staff__name")}
    several = len(offices) > 1
    return [(login, f"{name}（{office}）" if several else name) for login, (name, office) in people.items()]


# ── rota ─────────────────────────────────────────────────────────────────────


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_of_shifts(office: Office, monday: date) -> dict[tuple[UUID, int], list[Shift]]:
    """Return the shifts that begin in a week, by person and day 0 to 6."""
    begins = datetime.combine(monday, datetime.min.time(), OFFICE_ZONE)
    rows = Shift.objects.filter(
        office=office, begins_at__gte=begins, begins_at__lt=begins + timedelta(days=7)
    ).select_related("staff")
    found: dict[tuple[UUID, int], list[Shift]] = {}
    for row in rows.order_by("begins_at"):
        day = (office_day(row.begins_at) - monday).days
        found.setdefault((row.staff_id, day), []).append(row)
    return found


def staff_at(office: Office, *, on: date, until: date | None = None) -> list[tuple[Staff, str, str]]:
    """Return an office's staff on a day by department and name, with the role of their first post and department."""
    posts = Post.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), office=office, since__lte=until or on
    )
    rows = posts.select_related("staff", "department").order_by("department__name", "staff__name", "id")
    found: dict[UUID, tuple[Staff, str, str]] = {}
    for post in rows:
        found.setdefault(
            post.staff_id, (post.staff, post.role, post.department.name if post.department else "")
        )
    return list(found.values())
