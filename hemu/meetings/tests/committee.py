"""A committee for tests: the house with a chair and two members in office, and the clauses about meetings watched."""

from datetime import date
from typing import Any

from django.test import Client

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.committee.models import Member
from hemu.committee.queries import Seat, seats_of
from hemu.duties.models import Duty
from hemu.estate.models import Person, Phone, Tie
from hemu.estate.operations import confirm_fact, state_fact
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_local, office_day
from hemu.ledger.operations import Act
from hemu.meetings.models import Meeting, Topic
from hemu.meetings.operations import draft_agenda, publish_agenda, schedule_meeting, submit_topic
from hemu.papers.models import Document
from hemu.papers.operations import decide, submit_paper
from hemu.papers.queries import version_of
from hemu.portal.models import OwnerSession
from hemu.portal.rules import token_digest
from hemu.portal.web.gate import COOKIE

SINCE, UNTIL = date(2026, 1, 1), date(2029, 12, 31)
PLANNED, MEETS = "2026-11-02 10:00", "2026-12-10 15:00"
PHONES = ("19900001234", "19900001235", "19900001236")


def found_committee() -> House:
    """Seat three members of the first home and say that a committee is in office."""
    house, now = found_house(), at(PLANNED)
    people = [house.owner]
    for number, phone in enumerate(PHONES[1:], start=1):
        person = Person.objects.create(id=new_id(now), name=f"示例委员{number}")
        Phone.objects.create(id=new_id(now), person=person, number=phone)
        Tie.objects.create(id=new_id(now), person=person, home=house.home, kind="owner", since=SINCE)
        people.append(person)
    Member.objects.bulk_create(
        Member(id=new_id(now), community=house.community, person=person, post=post, since=SINCE, until=UNTIL)
        for person, post in zip(people, ("chair", "member", "member"), strict=True)
    )
    fact = state_fact(
        community=house.community, fact="committee_in_office", since=SINCE, on=True, by="staff:a", now=now
    )
    confirm_fact(stated=fact, by="staff:b", now=now)
    return house


def doing(house: House, when: str = PLANNED, role: str = "office_director") -> dict[str, Any]:
    """Return who acts and when, as operations ask for it."""
    by = house.by(role)
    return {"by": by, "act": by.act(now=at(when))}


def scheduled(house: House, **more: Any) -> Meeting:
    asked: dict[str, Any] = {"kind": "routine", "starts": at(MEETS), "place": "社区会议室", **doing(house)}
    return schedule_meeting(community=house.community, **{**asked, **more})


def with_topic(house: House, meeting: Meeting | None, matter: str = "fund") -> Topic:
    return submit_topic(
        community=house.community,
        matter=matter,
        title="3 栋屋面防水动用维修基金",
        text="屋面渗水，预算 12 万元。",
        meeting=meeting.id if meeting else None,
        **doing(house),
    )


def told(house: House, meeting: Meeting, when: str = "2026-11-05 10:00") -> None:
    """Draft, approve and post the notice of a meeting; taken for sealed, for setting and signing it takes a second."""
    writer = doing(house, when, "public_affairs")
    notice = draft_agenda(meeting=meeting.id, places=["东门"], **writer)
    approved(house, notice.document, when, decider="office_director")
    Document.objects.filter(id=notice.document_id).update(state="issued")
    files = photo(house, when, "public_affairs")
    publish_agenda(meeting=meeting.id, place="东门", files=files, **writer)


def approved(house: House, paper: Any, when: str, *, decider: str) -> None:
    paper.refresh_from_db()
    if paper.state == "draft":
        submit_paper(document=paper.id, **doing(house, when, "public_affairs"))
    digest = version_of(paper).digest
    decide(document=paper.id, digest=digest, agree=True, **doing(house, when, decider))


def photo(house: House, when: str = PLANNED, role: str = "office_director") -> list[str]:
    return [str(keep_file(data=jpeg(), use="photo", by=house.by(role).key, now=at(when)).id)]


def seat(phone: str = PHONES[0], when: str = PLANNED) -> Seat:
    return seats_of(phone, today=office_day(at(when)))[0]


def own(seat: Seat, when: str) -> Act:
    return Act(seat.key, at(when), at(when))


def owed(subject: str) -> dict[str, tuple[str, str]]:
    """Return the duties of a subject that are not void: clause → (state, due)."""
    rows = Duty.objects.filter(subject=subject).exclude(state="void")
    return {
        each.clause: (each.state, str(iso_local(each.due_at))[:16] if each.due_at else "") for each in rows
    }


def logged_in(phone: str) -> Client:
    """Return a browser in which an owner has logged in by phone."""
    now, browser = at(PLANNED), Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    OwnerSession.objects.create(
        id=new_id(now), digest=token_digest(phone), phone=phone, made_at=now, ends_at=at("2027-12-31 00:00")
    )
    browser.cookies[COOKIE] = phone
    return browser
