"""A committee for tests: a chair and a member in office, the clauses watched; papers begun and issued."""

from datetime import date
from typing import Any
from uuid import UUID

from django.test import Client

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.committee.models import Member
from hemu.committee.queries import Seat, seats_of
from hemu.correspondence.models import Inquiry, Letter
from hemu.correspondence.operations_inquiries import ask
from hemu.correspondence.operations_papers import write_letter
from hemu.duties.models import Duty
from hemu.estate.models import Person, Phone, Tie
from hemu.estate.operations import confirm_fact, state_fact
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_local, office_day
from hemu.papers.models import SealUse
from hemu.papers.operations import decide, submit_paper
from hemu.papers.queries import version_of
from hemu.portal.models import OwnerSession
from hemu.portal.rules import token_digest

SINCE, UNTIL = date(2026, 1, 1), date(2029, 12, 31)
NOW = "2026-10-12 10:00"  # a Monday
CHAIR, MEMBER = "19900001234", "19900001235"


def found_committee(profile: str = "default") -> House:
    house, now = found_house(), at("2026-01-05 10:00")
    house.office.profile = profile
    house.office.save(update_fields=["profile"])
    house.community.office.profile = profile
    other = Person.objects.create(id=new_id(now), name="示例委员")
    Phone.objects.create(id=new_id(now), person=other, number=MEMBER)
    Tie.objects.create(id=new_id(now), person=other, home=house.home, kind="owner", since=SINCE)
    Member.objects.bulk_create(
        Member(id=new_id(now), community=house.community, person=person, post=post, since=SINCE, until=UNTIL)
        for person, post in ((house.owner, "chair"), (other, "member"))
    )
    fact = state_fact(
        community=house.community, fact="committee_in_office", since=SINCE, on=True, by="staff:a", now=now
    )
    confirm_fact(stated=fact, by="staff:b", now=now)
    return house


def doing(house: House, when: str = NOW, role: str = "office_director", happened: str = "") -> dict[str, Any]:
    """Return who acts and when, as operations ask for it."""
    by = house.by(role)
    return {"by": by, "act": by.act(now=at(when), at=at(happened) if happened else None)}


def application(house: House, when: str = NOW, **more: Any) -> Letter:
    asked: dict[str, Any] = {
        "sort": "application",
        "matter": "repair_fund",
        "title": "关于动用本体维修基金修缮屋面的申报",
        "grounds": "3 栋屋面渗水，预算 12 万元。",
        "planned_on": date(2026, 11, 10),
    }
    return write_letter(community=house.community, **{**asked, **doing(house, when), **more})


def notification(house: House, arose: str, when: str = NOW, **more: Any) -> Letter:
    asked: dict[str, Any] = {
        "sort": "notification",
        "matter": "incident",
        "title": "关于水泵房进水的通报",
        "grounds": "水泵房进水，已排干。",
        "arose_at": at(arose),
    }
    return write_letter(community=house.community, **{**asked, **doing(house, when), **more})


def issued(house: House, letter: Letter, when: str = NOW) -> Letter:
    """Approve and seal a paper; taken for signed, for setting and signing it takes a second."""
    paper = submit_paper(document=letter.document_id, **doing(house, when))
    digest = version_of(paper).digest
    decide(document=paper.id, digest=digest, agree=True, **doing(house, when, "general_manager"))
    by, version = house.by("office_director"), version_of(paper)
    SealUse.objects.create(
        document=paper, version=version, office=paper.office, mode="mark", copies=1, by_id=by.staff_id, at=at(when),
        file_digest=f"{paper.id.hex}{paper.id.hex}", signer="0" * 64,
    )  # fmt: skip
    letter.document.refresh_from_db()
    letter.document.state = "issued"
    letter.document.save(update_fields=["state"])
    return letter


def asked(when: str = NOW, text: str = "上季度电梯维保费为什么比预算多？", **more: Any) -> Inquiry:
    return ask(seat=seat(when=when), sort="question", text=text, now=at(when), **more)


def seat(phone: str = CHAIR, when: str = NOW) -> Seat:
    return seats_of(phone, today=office_day(at(when)))[0]


def file(house: House, use: str = "paper", role: str = "office_director", when: str = NOW) -> list[str]:
    return [str(keep_file(data=jpeg(), use=use, by=house.by(role).key, now=at(when)).id)]


def owed(subject: str) -> dict[str, tuple[str, str, bool]]:
    """Return the duties of a subject that are not void: clause → (state, due, late), the newest of each."""
    rows = Duty.objects.filter(subject=subject).exclude(state="void").order_by("start_at", "id")
    return {each.clause: (each.state, str(iso_local(each.due_at))[:16], each.is_late) for each in rows}


def phone(number: str = CHAIR, when: str = NOW) -> Client:
    """Return the browser of a member who has logged in by phone."""
    token = f"token of {number}"
    OwnerSession.objects.create(
        id=new_id(at(when)), digest=token_digest(token), phone=number, made_at=at(when), ends_at=at("2027-12-31 09:00")
    )  # fmt: skip
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.cookies["owner"] = token
    return client


def member_id(phone: str = CHAIR) -> UUID:
    return seat(phone).member
