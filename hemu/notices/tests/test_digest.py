"""The complaint digest: no group points to fewer than five homes; names and rooms that staff wrote are taken out."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemu.access.tests.house import House, at, client, found_house
from hemu.duties.models import Duty
from hemu.duties.operations import open_between
from hemu.estate.operations import switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import iso_local
from hemu.notices.models import Notice
from hemu.notices.operations_digest import draft_digest
from hemu.notices.queries_digest import digest_of, month_of
from hemu.notices.rules_digest import LEAST_HOMES, Complaint, groups
from hemu.papers.queries import version_of
from hemu.service_requests.tests.desk import Desk

COMPLAINTS = st.builds(
    Complaint,
    trade=st.sampled_from(["security", "cleaning", "repair"]),
    place=st.sampled_from(["home", "public"]),
    household=st.sampled_from("abcdefghijklm"),
    result=st.sampled_from(["done", "going_on", "otherwise"]),
    in_time=st.booleans(),
)


@given(st.lists(COMPLAINTS, max_size=60))
def test_no_group_points_to_fewer_than_five_homes_and_none_is_lost(complaints: list[Complaint]) -> None:
    found = groups(complaints)
    assert all(group.homes >= LEAST_HOMES for group in found)
    told = Counter(each for group in found for each in group.complaints)
    if len({each.household for each in complaints}) >= LEAST_HOMES:
        assert told == Counter(complaints)
    else:
        assert found == []


def test_what_is_too_small_goes_into_its_trade_and_then_into_the_rest() -> None:
    def some(trade: str, place: str, homes: str) -> list[Complaint]:
        return [Complaint(trade, place, home, "done", True) for home in homes]

    found = groups(some("repair", "home", "abcde") + some("repair", "public", "fg") + some("cleaning", "home", "hij")
                   + some("security", "home", "klmno"))  # fmt: skip
    assert [(group.key, group.counts()["all"]) for group in found] == [("repair.all", 7), ("other.all", 8)]


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def draft(house: House, when: str, **words: str) -> Notice:
    by = house.by("cs_supervisor")
    said = {name.replace("_", ".", 1): text for name, text in words.items()}
    return draft_digest(
        community=house.community, on=at("2026-09-15 10:00"), words=said, since=date(2026, 10, 3),
        until=date(2026, 10, 17), by=by, act=by.act(now=at(when)),
    )  # fmt: skip


def test_a_month_is_told_of_in_figures_and_its_posting_is_owed(house: House) -> None:
    switch_clauses(
        community=house.community, what=["RP-06"], since=date(2026, 9, 1), on=True, now=at("2026-08-31 09:00")
    )
    desk = Desk(house)
    for _ in range(3):
        desk.register("complaint", text="水管漏水。", when="2026-09-10 10:00")
    month = month_of(house.community, at("2026-09-15 10:00"))
    digest = digest_of(house.community, month)
    assert (digest.count, digest.groups) == (3, [])
    with pytest.raises(RuleViolation, match=r"digest\.not_over"):
        draft(house, "2026-09-30 10:00")
    open_between(first=date(2026, 8, 1), last=date(2026, 9, 1), now=at("2026-09-01 00:05"))
    notice = draft(house, "2026-10-03 10:00")
    assert "不足五户" in version_of(notice.document).content["body"]
    duty = Duty.objects.get(clause="RP-06", subject=notice.subject)
    assert iso_local(duty.due_at) == "2026-10-05T23:59:59+08:00"
    assert (duty.state, duty.role) == ("open", "cs_supervisor")


def test_names_and_rooms_that_staff_wrote_are_taken_out_and_stand_beside(house: House) -> None:
    desk = Desk(house)
    for number in range(301, 307):
        home, _made = house.community.homes.get_or_create(
            written=f"9-9-{number}",
            defaults={
                "id": new_id(at("2026-01-01 09:00")),
                "building": "9",
                "unit": "9",
                "room": str(number),
            },
        )
        desk.register("complaint", text="太吵。", home=home, when="2026-09-10 10:00")
    month = month_of(house.community, at("2026-09-15 10:00"))
    (group,) = digest_of(house.community, month).groups
    by = house.by("cs_supervisor")
    notice = draft_digest(
        community=house.community, on=at("2026-09-15 10:00"), words={group.key: f"3栋2单元{house.owner.name}家漏水。"},
        since=date(2026, 10, 3), until=date(2026, 10, 17), by=by, act=by.act(now=at("2026-10-03 10:00")),
    )  # fmt: skip
    body = version_of(notice.document).content["body"]
    assert ("3栋" in body, house.owner.name in body, "家漏水。" in body) == (False, False, True)
    assert house.owner.name in notice.original
    page = client("office_director").get(f"/notices/{notice.document_id}/").content.decode()
    assert "原来写的" in page


def test_the_page_shows_the_month_and_takes_no_other(house: House) -> None:
    desk = client("cs_supervisor")
    assert desk.get("/notices/digest/", {"month": "2026-09"}).status_code == 200
    assert desk.get("/notices/digest/", {"month": "99999-99"}).status_code == 404
    assert client("quality").get("/notices/digest/").status_code == 403
