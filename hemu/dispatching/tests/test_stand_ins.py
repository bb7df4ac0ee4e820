"""While somebody is away their open duties are for who stands in: in the lists, in reminders, in giving the evidence."""

from datetime import date, datetime

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.dispatching.models import Absence
from hemu.duties.models import Duty
from hemu.duties.operations import keep_by_hand, look_after, open_between
from hemu.duties.operations.handing import hand_on, open_duties_of
from hemu.duties.queries_owing import Owing, owers_of
from hemu.estate.models import Post
from hemu.estate.operations import switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act

NOW = at("2026-11-23 08:00")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> House:
    house = found_house()
    switch_clauses(community=house.community, what=["RQ-11"], since=MONDAY, on=True, now=NOW)
    open_between(first=MONDAY, last=MONDAY, now=NOW)
    return house


def away(house: House, who: str, stand_in: str | None, since: int = 23, until: int | None = None) -> None:
    Absence.objects.create(
        id=new_id(NOW),
        office=house.office,
        staff_id=house.by(who).staff_id,
        stand_in_id=house.by(stand_in).staff_id if stand_in else None,
        since=date(2026, 11, since),
        until=date(2026, 11, until) if until else None,
    )


def owed_by(house: House, duty: Duty, on: date = MONDAY) -> list[str]:
    names = {house.by(login).staff_id: login for login in house.actors}
    return [names[each] for each in owers_of(duty, on=on)]


def keeps(house: House, login: str, now: datetime) -> Entry:
    by = house.by(login)
    file = keep_file(data=jpeg(), use="photo", by=by.key, now=now)
    duty = Duty.objects.get().id
    return keep_by_hand(duty=duty, by=by, act=by.act(now=now), words="开箱。", files=[str(file.id)])


@pytest.mark.parametrize(
    ("since", "until", "owers"),
    [(23, None, ["technician"]), (23, 23, ["technician"]), (20, 22, ["steward"]), (24, None, ["steward"])],
)
def test_a_duty_is_for_who_stands_in_while_its_holder_is_away(
    house: House, since: int, until: int | None, owers: list[str]
) -> None:
    away(house, "steward", "technician", since, until)
    duty = Duty.objects.get()
    assert owed_by(house, duty) == owers
    assert Owing(house.by("technician"), on=MONDAY).owes(duty) is (owers == ["technician"])
    look_after(now=at("2026-11-26 09:00"))


def test_who_is_away_with_nobody_standing_in_still_hears_of_it(house: House) -> None:
    away(house, "steward", None)
    assert owed_by(house, Duty.objects.get()) == ["steward"]


def test_the_reminder_and_the_ladder_go_to_who_stands_in(house: House) -> None:
    away(house, "steward", "technician")
    away(house, "cs_supervisor", "office_director")
    look_after(now=at("2026-11-26 09:00"))
    look_after(now=at("2026-11-28 00:00"))
    told = [each["people"] for each in Duty.objects.get().told or []]
    assert told == [[house.by(login).staff_id.hex] for login in ("technician", "office_director")]


def test_who_stands_in_may_give_the_evidence(house: House) -> None:
    with pytest.raises(RuleViolation, match=r"duty\.not_yours"):
        keeps(house, "technician", NOW)
    away(house, "steward", "technician")
    keeps(house, "technician", NOW)
    assert Duty.objects.get().state == "fulfilled"


def test_a_change_of_post_gives_the_duty_back_to_the_post(house: House) -> None:
    Duty.objects.update(staff=house.by("steward").staff_id)
    assert owed_by(house, Duty.objects.get()) == ["steward"]
    Post.objects.create(
        staff_id=house.by("frontdesk").staff_id, role="steward", office=house.office, since=date(2026, 11, 1)
    )
    Post.objects.filter(staff=house.by("steward").staff_id).update(until=date(2026, 11, 22))
    duty = Duty.objects.get()
    assert owed_by(house, duty) == ["frontdesk"]
    assert Owing(house.by("steward"), on=date(2026, 11, 22)).owes(duty)


def test_who_leaves_hands_their_own_duties_on_and_it_stands_in_the_book(house: House) -> None:
    steward, heir = house.by("steward").staff_id, house.by("frontdesk").staff_id
    Duty.objects.update(staff=steward)
    assert open_duties_of(steward) == 1
    act = Act(house.by("office_director").key, at=NOW, recorded_at=NOW)
    assert [hand_on(staff=steward, to=heir, act=act, limit=10) for _ in range(2)] == [1, 0]
    duty, entry = Duty.objects.get(), Entry.objects.get(kind="duty.handed_on")
    assert (duty.staff_id, entry.subject, entry.facts["to"]) == (heir, duty.subject, f"staff:{heir}")
