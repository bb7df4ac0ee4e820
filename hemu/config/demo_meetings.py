"""The demonstration's meetings with the owners' committee: one held, with published minutes, and one that is planned."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from hemu.access.actors import Actor
from hemu.attachments.operations import keep_file
from hemu.committee.queries import members_of, seats_of
from hemu.config.demo_pictures import drawn
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.ledger.operations import Act as BookAct
from hemu.meetings.models import Meeting
from hemu.meetings.operations import (
    answer_minutes,
    decide,
    hand_in_minutes,
    hold_meeting,
    invite,
    note_topic,
    publish_minutes,
    schedule_meeting,
    sign_in,
    submit_topic,
)
from hemu.meetings.queries_minutes import digest_of
from hemu.papers.operations import decide as decide_paper
from hemu.papers.operations import issue_paper

Act = tuple[datetime, int, Callable[[], None]]
PLANNED, HELD, READ = timedelta(days=12, minutes=30), timedelta(days=11), timedelta(days=9)
NEXT = timedelta(days=26)
PLACE = "社区活动室"
ROOF = (
    "fund",
    "3栋屋面防水动用维修基金",
    "3栋东侧屋面渗水，维修三次仍漏。拟动用维修基金重做防水，预算12万元，三家比价。",
)
GATE = "东门夜间照明不足，请尽快补灯。"
TALK = "委员看了三家报价，同意重做，要求施工前在楼内公示施工单位和工期。"
NEXT_TOPICS = (
    ("quarter", "本季度财务支出和工作简况", "收支见附表：公共维修支出比上季度少，保洁增加一人。"),
    ("facility", "增设电动自行车充电棚", "拟在西门内侧建充电棚24位，请业委会审议位置和收费。"),
)


def committee_met(community: Community, actors: Mapping[str, Actor], *, now: datetime) -> Iterator[Act]:
    """Yield the acts: before its clauses are watched a special meeting is planned; it is held, its minutes are published,
    and the quarter's routine meeting is planned."""
    begins = _afternoon(now - HELD)
    yield now - PLANNED, 2_900_001, partial(_planned, community, actors, now - PLANNED, begins)
    ends = begins + timedelta(hours=1)
    yield ends, 2_900_002, partial(_held, community, actors, ends)
    yield now - READ, 2_900_003, partial(_read, community, actors, now - READ)
    since = now - timedelta(days=2)
    yield since, 2_900_004, partial(_coming, community, actors, since, _afternoon(now + NEXT))


def _planned(community: Community, actors: Mapping[str, Actor], at: datetime, starts: datetime) -> None:
    known = _by(actors["office_director"], at)
    with clock.standing_at(at):
        meeting = schedule_meeting(community=community, kind="special", starts=starts, place=PLACE, **known)
        _topic(community, meeting, ROOF, known)
        invite(meeting=meeting.id, members=[], **known)


def _held(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    director = actors["office_director"]
    known, meeting = _by(director, at), Meeting.objects.get(community=community, kind="special")
    with clock.standing_at(at):
        sheet = keep_file(data=drawn("board"), use="photo", by=director.key, now=at)
        members = [each.id for each in members_of(community, on=office_day(at))]
        sign_in(meeting=meeting.id, members=members[:2], files=[str(sheet.id)], **known)
        topic, due = meeting.topics.get(), at + timedelta(days=45)
        note_topic(meeting=meeting.id, topic=topic.id, words=TALK, **known)
        made = {"meeting": meeting.id, "to": director.key, "do_by": due, **known}
        decide(
            kind="resolution",
            text="同意动用维修基金重做3栋屋面防水，预算12万元以内。",
            topic=topic.id,
            **made,
        )
        decide(kind="suggestion", text=GATE, **made)
        hold_meeting(meeting=meeting.id, **known)
        hand_in_minutes(meeting=meeting.id, **known)


def _read(community: Community, actors: Mapping[str, Actor], at: datetime) -> None:
    """The leader reads, the chair approves on the phone, the director seals and publishes."""
    director, meeting = actors["office_director"], Meeting.objects.get(community=community, kind="special")
    chair = members_of(community, on=office_day(at))[0]
    phone, paper = chair.person.phones.order_by("position").first(), meeting.minutes
    if paper is None or phone is None:
        return
    digest = digest_of(paper)
    with clock.standing_at(at):
        decide_paper(document=paper.id, digest=digest, agree=True, **_by(actors["company_leader"], at))
        seat = next(each for each in seats_of(phone.number, today=office_day(at)) if each.member == chair.id)
        answer_minutes(
            meeting=meeting.id, digest=digest, agree=True, seat=seat, act=BookAct(seat.key, at, at)
        )
        issue_paper(document=paper.id, mode="mark", **_by(director, at))
        publish_minutes(meeting=meeting.id, **_by(director, at))


def _coming(community: Community, actors: Mapping[str, Actor], at: datetime, starts: datetime) -> None:
    known = _by(actors["office_director"], at)
    with clock.standing_at(at):
        meeting = schedule_meeting(community=community, kind="routine", starts=starts, place=PLACE, **known)
        for topic in NEXT_TOPICS:
            _topic(community, meeting, topic, known)


def _topic(community: Community, meeting: Meeting, said: tuple[str, str, str], known: dict[str, Any]) -> None:
    matter, title, text = said
    submit_topic(community=community, meeting=meeting.id, matter=matter, title=title, text=text, **known)


def _by(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"by": actor, "act": actor.act(now=at)}


def _afternoon(moment: datetime) -> datetime:
    return moment.astimezone(OFFICE_ZONE).replace(hour=15, minute=0, second=0, microsecond=0)
