"""Leaving ends access that very day, by date where it lies ahead, and hands over what is open."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, PASSWORD, House, found_house
from hemu.estate.models import Post, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act
from hemu.sign_in.operations_codes import give_entry_code
from hemu.staffing import operations_hand_over
from hemu.staffing.models import Leaving
from hemu.staffing.operations import (
    NewPost,
    change_person,
    end_post,
    give_posts,
    leave,
    stay,
    take_back,
    take_in,
)
from hemu.staffing.operations_hand_over import carry_out_leavings, hand_over
from hemu.staffing.queries import authority_of, leaving_of, whole_house
from hemu.staffing.rules import Authority, Work, spelled

TODAY = BEGAN.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def person(house: House, login: str) -> Staff:
    return Staff.objects.get(id=house.by(login).staff_id)


def act(house: House, login: str = "hr", days: int = 0) -> Act:
    return house.by(login).act(now=BEGAN + timedelta(days=days))


def go(house: House, login: str, on: date = TODAY, to: str = "", by: str = "hr") -> Leaving:
    heir = person(house, to) if to else None
    return leave(
        staff=person(house, login),
        on=on,
        to=heir,
        reason="搬家",
        by=authority_of(house.by(by)),
        act=act(house, by),
    )


def logged_in(login: str) -> Client:
    account = Account.objects.get(login=login)
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    with clock.standing_at(BEGAN):
        assert client.post("/log-in/", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def status(client: Client, days: int = 0) -> int:
    with clock.standing_at(BEGAN + timedelta(days=days)):
        return client.get("/account/").status_code


class Pile:
    """Open work as a room above would keep it."""

    def __init__(self, *pieces: UUID) -> None:
        self.pieces = list(pieces)
        self.went: list[tuple[UUID | None, str]] = []
        self.refuses = False

    def count(self, staff: UUID) -> int:
        return self.pieces.count(staff)

    def hand_over(self, *, staff: UUID, to: UUID | None, act: Act, limit: int) -> int:
        if self.refuses:
            raise RuleViolation("staff.successor_left")
        mine = [piece for piece in self.pieces if piece == staff][:limit]
        for piece in mine:
            self.pieces.remove(piece)
            self.went.append((to, act.actor))
        return len(mine)


@pytest.fixture
def pile(house: House, monkeypatch: pytest.MonkeyPatch) -> Pile:
    made = Pile(*[person(house, "technician").id] * 23)
    work = Work("test", made.count, made.hand_over)
    monkeypatch.setattr(operations_hand_over, "kinds_of_work", lambda: [work])
    return made


def test_a_leaver_of_today_is_out_with_the_next_request(house: House) -> None:
    client = logged_in("technician")
    assert status(client) == 200
    row = go(house, "technician")
    assert row.done_at == BEGAN
    assert status(client) == 302
    account = Account.objects.get(login="technician")
    assert (account.is_active, account.has_usable_password()) == (False, False)
    with pytest.raises(RuleViolation):
        give_entry_code(account=account, act=act(house))
    assert list(Entry.objects.order_by("seq").values_list("kind", flat=True)) == [
        "post.ended", "staff.leaving", "staff.left",
    ]  # fmt: skip
    assert "搬家" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_leaving_ahead_takes_effect_by_its_day_even_without_the_worker(house: House) -> None:
    client = logged_in("technician")
    row = go(house, "technician", on=TOMORROW)
    assert (row.done_at, status(client)) == (None, 200)
    assert Post.objects.get(staff=row.staff).until == TODAY
    assert status(client, days=1) == 302
    assert carry_out_leavings(BEGAN) == 0
    assert carry_out_leavings(BEGAN + timedelta(days=1)) == 1
    assert carry_out_leavings(BEGAN + timedelta(days=1)) == 0
    left = Entry.objects.get(kind="staff.left")
    assert (left.actor, left.facts) == (house.by("hr").key, {"on": str(TOMORROW)})


def test_all_open_work_goes_to_the_successor(house: House, pile: Pile) -> None:
    row = go(house, "technician", to="steward")
    assert hand_over(leaving=row, act=act(house)) == {"test": 23}
    assert set(pile.went) == {(person(house, "steward").id, house.by("hr").key)}
    row.refresh_from_db()
    assert row.handed_over_at == BEGAN
    assert leaving_of(row.staff) is None


def test_what_cannot_go_yet_is_tried_again_by_the_worker(house: House, pile: Pile) -> None:
    pile.refuses = True
    row = go(house, "technician")
    assert hand_over(leaving=row, act=act(house)) == {}
    assert leaving_of(row.staff) == row
    pile.refuses = False
    assert carry_out_leavings(BEGAN + timedelta(minutes=1)) == 23
    assert {to for to, _ in pile.went} == {None}


def test_staying_after_all(house: House) -> None:
    post = Post.objects.get(staff=person(house, "technician"))
    Post.objects.filter(id=post.id).update(until=date(2027, 1, 1))
    go(house, "technician", on=TOMORROW)
    stay(staff=person(house, "technician"), by=whole_house(), act=act(house))
    post.refresh_from_db()
    assert (post.until, person(house, "technician").left_on) == (date(2027, 1, 1), None)
    assert carry_out_leavings(BEGAN + timedelta(days=2)) == 0
    go(house, "technician")
    with pytest.raises(RuleViolation) as refused:
        stay(staff=person(house, "technician"), by=whole_house(), act=act(house))
    assert refused.value.code == "staff.not_leaving"


def test_coming_back(house: House) -> None:
    go(house, "technician")
    posts = [NewPost("security", house.office, TODAY)]
    take_back(staff=person(house, "technician"), posts=posts, by=whole_house(), act=act(house))
    assert give_entry_code(
        account=Account.objects.select_related("staff").get(login="technician"), act=act(house)
    )
    assert person(house, "technician").left_on is None


def test_the_last_who_looks_after_staff_stays(house: House) -> None:
    higher = Post.objects.filter(role__in=["general_manager", "company_leader"])
    higher.delete()
    elsewhere = Staff.objects.get(id=house.by("elsewhere").staff_id)
    with pytest.raises(RuleViolation) as refused:  # the other office and the company have nobody but HR
        leave(staff=person(house, "hr"), on=TODAY, to=None, reason="", by=whole_house(), act=act(house))
    assert refused.value.code == "staff.last_director"
    with pytest.raises(RuleViolation):
        end_post(post=Post.objects.get(role="hr"), until=TODAY, by=whole_house(), act=act(house))
    go(house, "office_director")  # HR of the company still looks after that office
    give_posts(
        staff=elsewhere, posts=[NewPost("hr", None, TODAY)], by=whole_house(), act=act(house)
    )  # a second one: now the first may go
    leave(staff=person(house, "hr"), on=TODAY, to=None, reason="", by=whole_house(), act=act(house))


def test_nobody_decides_of_themselves_or_beyond_their_office(house: House) -> None:
    director = house.by("office_director")
    by = authority_of(director)
    me = person(house, "office_director")
    own: list[Any] = [
        lambda: give_posts(staff=me, posts=[NewPost("finance", house.office, TODAY)], by=by, act=act(house)),
        lambda: end_post(post=Post.objects.get(staff=me), until=TODAY, by=by, act=act(house)),
        lambda: go(house, "office_director", by="office_director"),
    ]
    beyond: list[Any] = [
        lambda: go(house, "elsewhere", by="office_director"),
        lambda: go(house, "finance", by="office_director"),
        lambda: give_posts(
            staff=person(house, "steward"), posts=[NewPost("hr", None, TODAY)], by=by, act=act(house)
        ),
        lambda: change_person(staff=person(house, "finance"), name="某", phone="", by=by, act=act(house)),
        lambda: take_in(
            name="某", phone="", login="", posts=[NewPost("steward", house.other_office, TODAY)], by=by, act=act(house)
        ),
    ]  # fmt: skip
    for doing, code in [
        *((each, "staff.own_posts") for each in own),
        *((each, "staff.not_yours") for each in beyond),
    ]:
        with pytest.raises(RuleViolation) as refused:
            doing()
        assert refused.value.code == code
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("to", "code"), [("technician", "staff.takes_over_oneself"), ("security", "staff.successor_left")]
)
def test_who_may_not_take_over(house: House, to: str, code: str) -> None:
    go(house, "security")
    with pytest.raises(RuleViolation) as refused:
        go(house, "technician", to=to)
    assert refused.value.code == code


def test_a_post_is_held_once_at_a_time(house: House) -> None:
    steward = person(house, "steward")
    with pytest.raises(RuleViolation) as refused:
        give_posts(
            staff=steward,
            posts=[NewPost("steward", house.office, TOMORROW)],
            by=whole_house(),
            act=act(house),
        )
    assert refused.value.code == "staff.post_held"
    end_post(post=Post.objects.get(staff=steward), until=TODAY, by=whole_house(), act=act(house))
    give_posts(
        staff=steward, posts=[NewPost("steward", house.office, TOMORROW)], by=whole_house(), act=act(house)
    )


def test_taking_in_proposes_a_log_in_that_is_free(house: House) -> None:
    for expected in ("zhangsanfeng", "zhangsanfeng2", "zhangsanfeng3"):
        made = take_in(
            name="张三丰", phone="", login="", posts=[NewPost("steward", house.office, TODAY)], by=whole_house(),
            act=act(house),
        )  # fmt: skip
        assert Account.objects.get(staff=made).login == expected


def test_a_log_in_is_spelled_plainly() -> None:
    assert spelled(["Lü", "·", "bù"]) == "lb"
    assert spelled(["a"] * 40) == "a" * 30


def test_authority_is_by_office() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert Authority(None, frozenset({None})).covers(one)
    assert Authority(None, frozenset({None})).covers(None)
    assert Authority(None, frozenset({one})).covers(one)
    assert not Authority(None, frozenset({one})).covers(other)
    assert not Authority(None, frozenset({one})).covers(None)
