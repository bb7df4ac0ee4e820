"""The community in which the journeys take place: few homes, a person in each post, and time that one may set."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.config.worker import rounds
from hemu.estate.models import Community, Home, Person, Phone, Tie
from hemu.estate.operations import add_home, employ, give_post, open_community, open_department, open_office
from hemu.infra import clock
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.portal.operations import write_word
from hemu.portal.queries import Owner
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step

PASSWORD = "a word for journeys"
FRIDAY = datetime(2026, 11, 20, 9, 0, tzinfo=OFFICE_ZONE)
STAFF = [
    ("frontdesk", "frontdesk", "示例前台", "客户服务部"),
    ("cs_supervisor", "cs_supervisor", "示例客服主管", "客户服务部"),
    ("steward", "steward", "示例管家", "客户服务部"),
    ("technician", "technician", "示例维修甲", "设施部"),
    ("office_director", "office_director", "示例主任", "管理处办公室"),
]
ROOMS = [("1", "1", "301"), ("1", "2", "301"), ("3", "2", "1201")]
OWNERS = ["安和", "知夏", "望舒"]


class Time:
    """The house's clock, standing until somebody moves it; the web server in the next thread reads it too."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        """Move on by a span as ``timedelta`` names it, and let the worker do what is then due."""
        self.at += timedelta(**span)
        run_worker()


@contextmanager
def standing(at: datetime) -> Iterator[Time]:
    """Let the clock stand at a moment for the whole process."""
    time, real = Time(at), clock.now
    clock.now = time.now
    try:
        yield time
    finally:
        clock.now = real


def run_worker() -> None:
    """Do what the worker would do now."""
    for each in rounds():
        while each.run(clock.now()):
            pass


def found() -> Community:
    """Found an office, its community, staff who may log in, and owners in their homes."""
    now = clock.now()
    office = open_office(name="梧桐苑管理处", now=now)
    community = open_community(name="梧桐苑", office=office, now=now)
    for login, role, name, department in STAFF:
        staff = employ(name=name, now=now)
        section = open_department(office=office, name=department, trade="", now=now)
        give_post(staff=staff, role=role, office=office, department=section, since=date(2024, 1, 1))
        account = Account(login=login, staff=staff)
        account.set_password(PASSWORD)
        account.save()
    for number, ((building, unit, room), name) in enumerate(zip(ROOMS, OWNERS, strict=True)):
        written = f"{building}-{unit}-{room}"
        home = add_home(
            community=community, building=building, unit=unit, room=room, written=written, now=now
        )
        Home.objects.filter(id=home.id).update(occupancy="occupied", area_centi=8950)
        person = Person.objects.create(id=new_id(now), name=f"王{name}", initials="w")
        Phone.objects.create(id=new_id(now), person=person, number=f"1990000{number + 1000}")
        Tie.objects.create(id=new_id(now), person=person, home=home, kind="owner", since=date(2020, 6, 1))
    return community


@dataclass
class Teller:
    """Tells cases without a browser, for the pages that only look at them."""

    community: Community

    def register(self, type: str, text: str, *, room: str = "", login: str = "frontdesk") -> Request:
        home = Home.objects.filter(written=room).first()
        tie = Tie.objects.select_related("person").filter(home=home).first() if home else None
        person = tie.person if tie else None
        phone = person.phones.first() if person else None
        by = actor_by_login(login, now=clock.now())
        return register_request(
            community=self.community,
            home=home,
            type=type,
            text=text,
            place="" if home else "东门",
            caller=Caller(person.id if person else None, person.name if person else "", phone.number if phone else ""),
            act=by.act(now=clock.now()),
        )  # fmt: skip

    def step(self, case: Request, login: str, step: str, words: str = "", **values: Any) -> Request:
        by = actor_by_login(login, now=clock.now())
        act = by.act(now=clock.now())
        return take_step(number=case.number, step=step, act=act, by=by, words=words, values=values)


def fill(community: Community, time: Time) -> list[Request]:
    """Tell a few days: cases in every state, some late, so that each page has something to show."""
    tell = Teller(community)
    closed = tell.register("inquiry", "装修押金什么时候退，要带什么材料？", room="1-2-301")
    sorting = {"trade": "other", "nature": "routine", "urgency": "normal"}
    tell.step(closed, "frontdesk", "classify", **sorting)
    tell.step(closed, "steward", "resolve", "凭验收单到管理处办理。")
    tell.step(closed, "steward", "inform", "您好，凭验收单到管理处办理，当天退。", channel="phone")
    tell.step(closed, "steward", "confirm", "业主说明白了。")
    tell.step(closed, "steward", "close")
    late = tell.register("complaint", "垃圾房边上的桶两天没清，味道很大。", room="3-2-1201")
    tell.step(late, "frontdesk", "classify", **{**sorting, "trade": "cleaning", "urgency": "soon"})
    tell.step(late, "cs_supervisor", "dispatch", to="technician")
    time.passes(days=2, hours=1)
    paused = tell.register("repair_home", "入户门锁拧不动，钥匙要转好几次。", room="1-1-301")
    tell.step(paused, "frontdesk", "classify", **{**sorting, "trade": "repair", "urgency": "urgent"})
    tell.step(paused, "cs_supervisor", "dispatch", to="technician")
    tell.step(paused, "technician", "accept")
    resume = (time.at + timedelta(days=5)).date().isoformat()
    tell.step(paused, "technician", "pause", "锁芯要订货。", cause="parts", resume_on=resume)
    informed = tell.register("repair_public", "东门的门禁刷卡没反应，只能等人开。" + "晚上更久。" * 30)
    tell.step(informed, "frontdesk", "classify", **{**sorting, "trade": "repair"})
    tell.step(informed, "steward", "resolve", "换了读卡器。")
    tell.step(informed, "steward", "inform", "读卡器换好了。", channel="chat")
    fresh = tell.register("repair_home", "厨房下水堵了，水往上冒。", room="1-1-301")
    tell.step(fresh, "frontdesk", "classify", **{**sorting, "trade": "repair", "urgency": "urgent"})
    tell.step(fresh, "cs_supervisor", "dispatch", to="technician")
    new = tell.register("praise", "门岗的师傅下雨天帮我把东西送到家门口。", room="1-2-301")
    time.passes(minutes=20)
    stranger = Owner("19900009999", UUID(int=0), ())
    write_word(owner=stranger, community=community, home=None, place="9-9-901", name="示例访客", text="楼道的灯一直闪。",
               now=clock.now())  # fmt: skip
    return [closed, late, paused, informed, fresh, new]
