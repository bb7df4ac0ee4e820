"""The demonstration: an invented community of about 1,000 homes, staff in every post, cases in every state.

Nothing in it is a real person; phones come from a range that is assigned to nobody.
"""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from hemu.access.actors import Actor, actor_by_login
from hemu.access.models import Account
from hemu.attachments.operations import keep_file
from hemu.config.demo_committee import committee_seated, shown_at_the_door
from hemu.config.demo_correspondence import letters_exchanged
from hemu.config.demo_day import TODAY
from hemu.config.demo_days import office_days
from hemu.config.demo_dispatching import arrange
from hemu.config.demo_filing import things_filed
from hemu.config.demo_keeping import things_kept
from hemu.config.demo_meetings import committee_met
from hemu.config.demo_money import money_reported
from hemu.config.demo_more import tell_more
from hemu.config.demo_notices import owners_told
from hemu.config.demo_owners import let_owners_in, note_owners
from hemu.config.demo_pictures import drawn
from hemu.config.demo_procedures import clauses_watched
from hemu.config.demo_quality import actions_taken
from hemu.config.demo_words import CASES, FAMILY_NAMES, GIVEN_NAMES, PLACES, STAFF, Case
from hemu.config.worker import rounds
from hemu.estate.models import Community, Home, Office, Person, Phone, Shift, Tie
from hemu.estate.operations import (
    OFFICE_NAME,
    add_place,
    employ,
    give_post,
    initials_of,
    open_community,
    open_department,
    open_office,
)
from hemu.estate.queries import office_rules
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import step_return_visit
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step

COMMUNITY = "和风花园"
OFFICE = "和风花园管理处"
PASSWORD = "hemu-demo-2026"
BUILDINGS, UNITS, FLOORS, DOORS = 9, 2, 14, 4
SEED = 20260101
QUIET = timedelta(minutes=9)
Say = Callable[[str], None]


def load(*, now: datetime, say: Say) -> dict[str, Any]:
    """Load the demonstration once; a second call changes nothing.

    Args:
        now: the end of the invented history.
        say: is told of progress.
    """
    if not Account.objects.filter(login="frontdesk").exists():
        _tell_all(now, say)
        _note_logins()
    community = Community.objects.get(name=COMMUNITY)
    return {
        "community": COMMUNITY,
        "homes": Home.objects.filter(community=community).count(),
        "requests": Request.objects.filter(community=community).count(),
        "password": PASSWORD,
        "logins": [{"login": login, "role": role} for login, role, *_ in STAFF],
    }


@operation
def _tell_all(now: datetime, say: Say) -> None:
    """Load all of it or, when interrupted, nothing."""
    dice = random.Random(SEED)
    say("演示小区：人员与房屋 · staff and homes")
    community = _estate(dice, now)
    say("演示小区：诉求 · requests")
    _history(community, dice, now, say)
    tell_more(community, now=now)
    note_owners([*let_owners_in(community, now=now), *shown_at_the_door(community)])


SHOWN = ("frontdesk", "cs_supervisor", "technician", "steward", "office_director")


def _note_logins() -> None:
    """Leave the log-ins for the log-in page of a trial; a server does not read them."""
    shown = [
        {"login": login, "password": PASSWORD, "name": name, "role": role}
        for login, role, name, *_ in STAFF
        if login in SHOWN
    ]
    note = settings.HOME / "demo.json"
    note.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")


# ── estate ───────────────────────────────────────────────────────────────────


@operation
def _estate(dice: random.Random, now: datetime) -> Community:
    office = _office(now)
    community = open_community(name=COMMUNITY, office=office, now=now)
    for name in PLACES:
        add_place(community=community, name=name, now=now)
    since, hashed = date(2024, 1, 1), make_password(PASSWORD)  # once: hashing is slow on purpose
    for login, role, name, department, trade in STAFF:
        staff = employ(name=name, now=now)
        section = (
            open_department(office=office, name=department, trade=trade, now=now) if department else None
        )
        at_office = office if department else None
        give_post(staff=staff, role=role, office=at_office, department=section, since=since)
        Account.objects.create(login=login, staff=staff, password=hashed)
        if login in SHIFTS:
            _shifts(staff, role, SHIFTS[login], office, now)
    arrange(office, now=now)
    _homes(community, dice, now)
    return community


def _office(now: datetime) -> Office:
    """Return the first office, which communities opened later join too, so that the demonstration's staff serve them."""
    office = Office.objects.order_by("id").first() or open_office(now=now)
    if office.name == OFFICE_NAME:
        office.name = OFFICE
        office.save(update_fields=["name"])
    return office


SHIFTS = {"technician": (480, 1200), "technician2": (1200, 1920), "security": (0, 1440)}
"""Who is on duty in shifts, every day: from and until, in minutes after midnight."""


def _shifts(staff: Any, role: str, minutes: tuple[int, int], office: Any, now: datetime) -> None:
    time = office_rules(office, on=now).time
    first = now.date() - timedelta(days=30)
    days = [first + timedelta(days=number) for number in range(60)]
    Shift.objects.bulk_create(
        Shift(
            office=office,
            staff=staff,
            role=role,
            begins_at=time.at(day, minutes[0]),
            ends_at=time.at(day, minutes[1]),
        )
        for day in days
    )


def _homes(community: Community, dice: random.Random, now: datetime) -> None:
    homes, people, phones, ties = [], [], [], []
    for number, (building, unit, floor, door) in enumerate(_doors()):
        room = f"{floor}{door:02}"
        occupancy = dice.choices(
            ["occupied", "not_moved_in", "not_handed_over", "vacant", "let", "business"], [78, 6, 4, 4, 7, 1]
        )[0]
        homes.append(
            Home(
                id=new_id(now),
                community=community,
                building=str(building),
                unit=str(unit),
                floor=floor,
                room=room,
                written=f"{building}-{unit}-{room}",
                area_centi=dice.randrange(6_000, 14_500),
                occupancy=occupancy,
                flags=["lives_alone"] if dice.random() < 0.02 else [],
            )
        )
        name = dice.choice(FAMILY_NAMES) + dice.choice(GIVEN_NAMES)
        person = Person(id=new_id(now), name=name, initials=initials_of(name))
        people.append(person)
        phones.append(Phone(id=new_id(now), person=person, number=f"1990{number + 1000:07}"))
        ties.append(Tie(id=new_id(now), person=person, home=homes[-1], kind="owner", since=date(2020, 6, 1)))
    Home.objects.bulk_create(homes, batch_size=1000)
    Person.objects.bulk_create(people, batch_size=1000)
    Phone.objects.bulk_create(phones, batch_size=1000)
    Tie.objects.bulk_create(ties, batch_size=1000)


def _doors() -> Iterator[tuple[int, int, int, int]]:
    for building in range(1, BUILDINGS + 1):
        for unit in range(1, UNITS + 1):
            for floor in range(1, FLOORS + 1):
                for door in range(1, DOORS + 1):
                    yield building, unit, floor, door


# ── history ──────────────────────────────────────────────────────────────────


@dataclass
class Teller:
    """Tells the invented history: each act at its own time, the clock standing there; it ends ``now``."""

    community: Community
    actors: dict[str, Actor]
    dice: random.Random
    now: datetime

    def register(self, case: Case, home: Home | None, at: datetime) -> Request:
        by = self.actors["frontdesk"]
        tie = Tie.objects.select_related("person").filter(home=home).first() if home else None
        person = tie.person if tie else None
        phone = person.phones.first() if person else None
        with clock.standing_at(at):
            return register_request(
                community=self.community,
                home=home,
                place=case.place,
                type=case.type,
                text=case.text,
                caller=Caller(person.id if person else None, person.name if person else "",
                              phone.number if phone else ""),
                act=by.act(now=clock.now()),
                channel=self.dice.choice(["phone", "phone", "walk_in", "chat"]),
                first_asked=None,
            )  # fmt: skip

    def step(self, request: Request, line: str, at: datetime) -> None:
        """Take one step written as ``login step k=v … | words``; ``visit_…`` is one of its last return visit."""
        resume = (at + timedelta(days=6)).date().isoformat()
        line = line.replace("{resume}", resume).replace("{promised}", resume + "T16:00")
        head, _, words = re.sub(r"\{now([+-]\d+)\}", self._half_hour, line).partition(" | ")
        login, step, *pairs = head.split()
        own = login == "owner"
        with clock.standing_at(at):
            now = clock.now()
            by = None if own else self.actors[login]
            act = Act(f"owner:{request.person_id}", now, now, Proof.OWN) if by is None else by.act(now=now)
            values = dict(pair.split("=", 1) for pair in pairs)
            uses = values.pop("files", "").split(",")
            files = [
                str(keep_file(data=drawn(use), use=use, by=act.actor, now=now).id) for use in uses if use
            ]
            if by and step.startswith("visit_"):
                self._revisit(request, step.removeprefix("visit_"), act, by, words, values)
            else:
                take_step(
                    number=request.number, step=step, act=act, by=by, words=words, values=values, files=files
                )

    def _half_hour(self, minutes: re.Match[str]) -> str:
        at = (self.now + timedelta(minutes=int(minutes[1]))).astimezone(OFFICE_ZONE)
        return f"{at:%Y-%m-%dT%H}:{at.minute // 30 * 30:02}"

    def _revisit(
        self, request: Request, step: str, act: Act, by: Actor, words: str, values: dict[str, str]
    ) -> None:
        visit = ReturnVisit.objects.filter(request=request).latest("id")
        step_return_visit(number=visit.number, step=step, act=act, by=by, words=words, values=values)


def _history(community: Community, dice: random.Random, now: datetime, say: Say) -> None:
    logins = {login for login, *_ in STAFF}
    teller = Teller(community, {login: actor_by_login(login, now=now) for login in logins}, dice, now)
    homes = list(Home.objects.filter(community=community, occupancy="occupied").order_by("written"))
    acts: list[tuple[datetime, int, Callable[[], None]]] = []
    made: dict[int, Request] = {}
    for number, case in enumerate(CASES + TODAY):
        home = None if case.place else dice.choice(homes)
        at = _by_day(now - timedelta(hours=case.hours_ago), now)

        def register(
            number: int = number, case: Case = case, home: Home | None = home, at: datetime = at
        ) -> None:
            made[number] = teller.register(case, home, at)

        acts.append((at, len(acts), register))
        for after_minutes, line in case.steps:
            when = at + timedelta(minutes=after_minutes)

            def step(number: int = number, line: str = line, when: datetime = when) -> None:
                teller.step(made[number], line, when)

            acts.append((when, len(acts), step))
    acts += office_days(community, teller.actors, first=min(at for at, *_ in acts), now=now)
    acts += things_kept(community, teller.actors, now=now)
    acts += committee_seated(community, teller.actors, now=now)
    acts += committee_met(community, teller.actors, now=now)
    acts += clauses_watched(community, teller.actors, now=now)
    acts += actions_taken(community, teller.actors, now=now)
    acts += letters_exchanged(community, teller.actors, now=now)
    acts += owners_told(community, teller.actors, now=now)
    acts += things_filed(community, teller.actors, now=now)
    acts += money_reported(community, teller.actors, now=now)
    _tell(acts, now, say)


def _by_day(at: datetime, now: datetime) -> datetime:
    """Return a moment at which people call: what would fall into the night is told for the morning or afternoon."""
    local = at.astimezone(OFFICE_ZONE).replace(second=0, microsecond=0)
    if now - at > timedelta(hours=20) and not 8 <= local.hour < 20:
        local = local.replace(hour=9 if local.hour < 8 else 15)
    return local


def _tell(acts: list[tuple[datetime, int, Callable[[], None]]], now: datetime, say: Say) -> None:
    """Do the acts in the order of their times, and the worker's rounds in the quiet between them."""
    acts.sort(key=lambda each: each[:2])
    for number, (at, _, act) in enumerate(acts):
        act()
        quiet_until = acts[number + 1][0] if number + 1 < len(acts) else now
        if quiet_until - at > QUIET:
            with clock.standing_at(min(at + timedelta(minutes=1), now)):
                _run_rounds()
        if number % 40 == 39:
            say(f"  {number + 1}/{len(acts)}")
    _run_rounds()


def _run_rounds() -> None:
    for each in rounds():
        while each.run(clock.now()):
            pass
