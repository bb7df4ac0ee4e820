"""The roster of a committee: its entries, whom a phone speaks for, what is refused, who may."""

from argparse import Namespace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.committee.management.cli import COMMANDS
from hemu.committee.models import Helper, Liaison, Member
from hemu.committee.operations import appoint_liaison, end_helper, end_seat, name_helper, seat_member
from hemu.committee.queries import is_in_office, members_of, quorum_of, seats_of
from hemu.estate.models import Person, Phone, Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.ledger.models import Entry

NOW = "2026-09-28 10:00"
TODAY = date(2026, 9, 28)
UNTIL = date(2029, 9, 27)
PHONE, HELPER = "19900001234", "19900007777"


@pytest.fixture
def house(db: None) -> House:
    return found_house()


standing = standing_at(at(NOW))


def seated(house: House, **more: Any) -> Member:
    by = house.by("office_director")
    known: dict[str, Any] = {"home": house.home, "name": "示例业主", "post": "chair", "since": TODAY}
    return seat_member(
        **known | {"until": UNTIL, "by": by, "act": by.act(now=at(NOW))} | more,
    )


def another(house: House, number: int) -> Member:
    person = Person.objects.create(id=new_id(at(NOW)), name=f"示例委员{number}")
    Phone.objects.create(id=new_id(at(NOW)), person=person, number=f"1990000{number:04}")
    Tie.objects.create(id=new_id(at(NOW)), person=person, home=house.home, kind="owner")
    return seated(house, name=person.name, post="member")


def test_a_member_is_an_owner_of_the_roster_for_a_term(house: House) -> None:
    member = seated(house, election="2026 年 9 月 20 日业主大会选出。")
    entry = Entry.objects.get(subject=member.subject)
    assert (entry.kind, entry.book_id) == ("committee.member.seated", house.community.book_id)
    assert entry.facts == {"post": "chair", "since": "2026-09-28", "until": "2029-09-27"}
    assert entry.words_row.words["text"] == "2026 年 9 月 20 日业主大会选出。"
    assert [each.person for each in members_of(house.community, on=TODAY)] == [house.owner]
    assert not is_in_office(house.community, on=TODAY - timedelta(days=1))
    assert quorum_of(house.community, on=TODAY) == 1
    assert quorum_of(house.second, on=TODAY) == 0


def test_a_phone_speaks_for_its_members_seat_while_the_term_lasts(house: House) -> None:
    member = seated(house)
    (seat,) = seats_of(PHONE, today=UNTIL)
    assert (seat.member, seat.community, seat.key, seat.is_chair) == (
        member.id,
        house.community,
        f"owner:{house.owner.id}",
        True,
    )
    assert seats_of(PHONE, today=UNTIL + timedelta(days=1)) == ()
    assert seats_of(PHONE, today=TODAY - timedelta(days=1)) == ()
    assert seats_of("", today=TODAY) == ()
    by = house.by("public_affairs")
    end_seat(member=member, reason="moved_away", on=TODAY, by=by, act=by.act(now=at(NOW)))
    assert seats_of(PHONE, today=TODAY) == ()


def test_a_helper_speaks_for_the_member_and_is_named_as_one(house: House) -> None:
    member = seated(house)
    by = house.by("cs_supervisor")
    helper = name_helper(
        member=member, name="示例帮手", phone="199 0000 7777", by=by, act=by.act(now=at(NOW))
    )
    (seat,) = seats_of(HELPER, today=TODAY)
    assert (seat.member, seat.key, seat.helper) == (member.id, f"helper:{helper.id}", helper.id)
    entry = Entry.objects.get(kind="committee.helper.named")
    assert entry.facts == {"helper": f"helper:{helper.id}"}
    end_helper(helper=helper, by=by, act=by.act(now=at(NOW)))
    assert seats_of(HELPER, today=TODAY) == ()
    with pytest.raises(RuleViolation, match=r"committee\.helper_ended"):
        end_helper(helper=helper, by=by, act=by.act(now=at(NOW)))


def test_the_seats_of_a_phone_cost_two_statements(house: House) -> None:
    seated(house)
    for number in (1, 2):
        another(house, number)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seats_of(PHONE, today=TODAY)
    assert len(asked) == 2


def test_what_cannot_be_is_refused_and_writes_nothing(house: House) -> None:
    member = seated(house)
    by = house.by("office_director")
    act = by.act(now=at(NOW))
    written = Entry.objects.count()
    tries: list[tuple[str, Any]] = [
        ("sits_already", lambda: seated(house, since=TODAY + timedelta(days=1))),
        ("unknown_person", lambda: seated(house, name="没有这个人")),
        ("term_backwards", lambda: seated(house, until=TODAY - timedelta(days=1))),
        ("unknown_value", lambda: seated(house, post="king")),
        ("not_in_term", lambda: end_seat(member=member, reason="other", on=UNTIL + timedelta(days=1), by=by, act=act)),
        ("helper_needs_phone", lambda: name_helper(member=member, name="某人", phone="12", by=by, act=act)),
        ("helper_needs_name", lambda: name_helper(member=member, name=" ", phone=HELPER, by=by, act=act)),
        (
            "unknown_colleague",
            lambda: appoint_liaison(
                community=house.community, staff=house.by("elsewhere").staff_id, since=TODAY, by=by, act=act
            ),
        ),
    ]  # fmt: skip
    for code, attempt in tries:
        with pytest.raises(RuleViolation, match=rf"committee\.{code}"):
            attempt()
    assert (Entry.objects.count(), Member.objects.count(), Helper.objects.count()) == (written, 1, 0)


def test_one_chair_at_a_time(house: House) -> None:
    first = seated(house)
    other = another(house, 1)
    by = house.by("office_director")
    end_seat(member=other, reason="resigned", on=TODAY, by=by, act=by.act(now=at(NOW)))
    again: dict[str, Any] = {"name": other.person.name, "post": "chair"}
    with pytest.raises(RuleViolation, match=r"committee\.has_chair"):
        seated(house, **again)
    end_seat(member=first, reason="resigned", on=TODAY, by=by, act=by.act(now=at(NOW)))
    assert seated(house, **again).post == "chair"


def test_the_liaison_is_appointed_from_a_day_on(house: House) -> None:
    by = house.by("office_director")
    appoint_liaison(community=house.community, staff=by.staff_id, since=TODAY, by=by, act=by.act(now=at(NOW)))
    assert Liaison.objects.get().staff_id == by.staff_id
    assert Entry.objects.get(kind="committee.liaison.appointed").clause == "OC-22"


@pytest.mark.parametrize("role", sorted(PERMISSIONS_OF))
def test_who_may_keep_the_roster(house: House, role: str) -> None:
    by = house.alone(role)
    known: dict[str, Any] = {"by": by, "act": by.act(now=at(NOW))}
    if "committee.keep" in PERMISSIONS_OF[role]:
        assert seated(house, **known).post == "chair"
        return
    with pytest.raises(RuleViolation, match=r"access\.denied"):
        seated(house, **known)


@pytest.mark.usefixtures("standing")
def test_the_page_takes_a_member_a_helper_and_a_refusal(house: House) -> None:
    desk = client("public_affairs")
    body = {
        "community": str(house.community.id), "room": "1-2-301", "name": "", "post": "chair",
        "since": "2026-09-28", "until": "2029-09-27", "election": "", "key": "k1",
    }  # fmt: skip
    shown = {"community": body["community"]}
    for _twice in range(2):
        assert desk.post("/committee/members/", body).status_code == 302
    member = Member.objects.get()
    page = desk.get("/committee/", shown).content.decode()
    assert "示例业主" in page
    assert "主任" in page
    refused = desk.post("/committee/members/", body | {"key": "k2"})
    assert (refused.status_code, Member.objects.count()) == (422, 1)
    desk.post(f"/committee/members/{member.id}/helpers/", {"name": "帮手", "phone": HELPER, "key": "k3"})
    page = desk.get("/committee/", shown).content.decode()
    assert "199****7777" in page
    assert HELPER not in page
    desk.post(f"/committee/helpers/{Helper.objects.get().id}/end/", {"key": "k4"})
    left = {"leaving": "resigned", "left_on": "2026-09-28", "words": "", "key": "k5"}
    assert desk.post(f"/committee/members/{member.id}/leave/", left).status_code == 302
    assert "以前的委员" in desk.get("/committee/", shown).content.decode()


def test_the_commands_enter_a_member_and_list_who_sits(house: House) -> None:
    run = {each.name: each for each in COMMANDS}
    asked = Namespace(
        community="和风花园", room="1-2-301", name="", post="vice", since=TODAY, until=UNTIL, election="",
        by="office_director", now=at(NOW), on=None,
    )  # fmt: skip
    entered = run["seat"].run(asked)
    assert run["members"].run(asked) == {
        "members": [
            {
                "member": entered["member"],
                "name": "示例业主",
                "post": "vice",
                "since": "2026-09-28",
                "until": "2029-09-27",
            }
        ],
        "quorum": 1,
    }
