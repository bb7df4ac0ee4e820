"""What else comes to an office: danger, a case of the 12345 hotline and of the street office, a daughter who calls for
her father, sheets of a paper pad typed in later, a hand-over planned for tomorrow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hemu.access.actors import Actor, actor_by_login
from hemu.dispatching.operations import hand_over, raise_danger
from hemu.estate.models import Community, Home, Staff
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.paper_pads.operations import register_sheet, reserve_pad
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step
from hemu.service_requests.operations.outside import Outside


@dataclass(frozen=True)
class _Desk:
    """The front desk of the demonstration; each word is said so many minutes before ``now``."""

    community: Community
    by: Actor
    now: datetime

    def ago(self, minutes: int) -> datetime:
        return self.now - timedelta(minutes=minutes)

    def register(self, minutes: int, type: str, text: str, caller: Caller, **more: object) -> Request:
        at = self.ago(minutes)
        with clock.standing_at(at):
            return register_request(
                community=self.community,
                type=type,
                text=text,
                caller=caller,
                act=self.by.act(now=at),
                **{"home": None, **more},  # type: ignore[arg-type]
            )

    def step(self, case: Request, minutes: int, step: str, **values: str) -> None:
        at = self.ago(minutes)
        with clock.standing_at(at):
            take_step(number=case.number, step=step, act=self.by.act(now=at), by=self.by, values=values)


def tell_more(community: Community, *, now: datetime) -> None:
    """Add them, each shortly before ``now``, the end of the invented history."""
    desk = _Desk(community, actor_by_login("frontdesk", now=now), now)
    _pad(desk)
    _outside(desk)
    _on_behalf(desk)
    _danger(desk)
    _hand_over(desk)


def _pad(desk: _Desk) -> None:
    """The line was down for an hour: three numbers were reserved before, one is typed in."""
    with clock.standing_at(desk.ago(300)):
        pad = reserve_pad(community=desk.community, count=3, by=desk.by, act=desk.by.act(now=desk.ago(300)))
    entered = desk.ago(100)
    with clock.standing_at(entered):
        register_sheet(
            number=pad.number(pad.first),
            community=desk.community,
            by=desk.by,
            act=desk.by.act(now=entered, at=desk.ago(200)),
            late_reason="停电，先记在纸单上。",
            home=None,
            place="3栋电梯",
            type="repair_public",
            text="3栋电梯按了没反应，停电以后一直没恢复。",
            caller=Caller(name="路过的业主"),
        )


def _outside(desk: _Desk) -> None:
    hotline = desk.register(
        170,
        "complaint",
        "12345 转来：业主反映小区门口早上七点就放广播，影响休息。",
        Caller(name="12345 坐席"),
        channel="hotline",
        place="东门",
        outside=Outside("hotline", "DEMO-12345-0001", desk.now + timedelta(days=2)),
    )
    desk.step(hotline, 150, "classify", trade="security", urgency="soon")
    desk.register(
        140,
        "suggestion",
        "街道转来：请把楼道里的电动自行车充电告示换成新的。",
        Caller(name="街道办事处"),
        channel="letter",
        outside=Outside("street", "DEMO-JD-0001", desk.now + timedelta(days=5)),
    )


def _on_behalf(desk: _Desk) -> None:
    home = Home.objects.filter(community=desk.community, occupancy="occupied").order_by("written")[5]
    owner = home.ties.select_related("person").get(kind="owner").person
    phone = owner.phones.get().number
    desk.register(
        80,
        "help",
        "父亲一个人在家，说家里闻到一股糊味，能不能上去看一眼？",
        Caller(owner.id, owner.name, phone, speaker="女儿", speaker_phone="19900900009", answer_speaker=True),
        home=home,
    )


def _danger(desk: _Desk) -> None:
    at = desk.ago(15)
    with clock.standing_at(at):
        raise_danger(
            kind="burst_pipe",
            community=desk.community,
            place="水泵房",
            text="水泵房的管子爆了，水往外涌。",
            act=desk.by.act(now=at),
            by=desk.by,
            caller=Caller(name="巡逻的同事"),
        )


def _hand_over(desk: _Desk) -> None:
    by = actor_by_login("cs_supervisor", now=desk.now)
    people = {account: Staff.objects.get(account__login=account) for account in ("technician", "technician2")}
    with clock.standing_at(desk.now):
        hand_over(
            staff=people["technician2"],
            to=people["technician"],
            office=desk.community.office,
            since=office_day(desk.now) + timedelta(days=1),
            until=office_day(desk.now) + timedelta(days=3),
            reason="年休假",
            act=by.act(now=desk.now),
            by=by,
        )
