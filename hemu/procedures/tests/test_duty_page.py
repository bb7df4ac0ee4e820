"""A duty's page shows what became of its due time and who was told; what a room keeps is annulled there too."""

from collections.abc import Iterator
from datetime import date

import pytest

from hemu.access.tests.house import House, at, client, found_house
from hemu.duties.models import Duty
from hemu.duties.operations import annul, apply_rules, look_after, open_between
from hemu.estate.operations import confirm_fact, set_profile_value, state_fact, switch_clauses
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller, register_request, take_step

NOW = at("2026-11-23 10:00")
MONDAY = date(2026, 11, 23)


@pytest.fixture
def house(db: None) -> Iterator[House]:
    with clock.standing_at(NOW):
        yield found_house()


def answered(house: House) -> Request:
    caller = Caller(house.owner.id, house.owner.name, "19900001234")
    by = house.by("frontdesk")
    case = register_request(
        community=house.community, home=house.home, type="inquiry", text="物业费怎么算？", caller=caller,
        act=by.act(now=NOW),
    )  # fmt: skip
    for step, login in (("classify", "frontdesk"), ("reply", "steward")):
        who = house.by(login)
        case = take_step(
            number=case.number, step=step, act=who.act(now=NOW), by=who, words="按面积算。", values={}
        )
    return case


def annulled(house: House, duty: Duty, login: str) -> Entry:
    by = house.by(login)
    return annul(duty=duty.id, by=by, act=by.act(now=NOW), words="没有打过这个电话。")


def test_evidence_of_a_room_is_annulled_by_another_and_all_it_fulfilled_opens_again(house: House) -> None:
    case = answered(house)
    kept = Duty.objects.filter(subject=case.subject, state="fulfilled")
    reply = Entry.objects.get(kind="request.replied")
    duty = kept.get(clause="RQ-06", ended_by=reply.id)
    beside = list(kept.filter(ended_by=reply.id).values_list("clause", flat=True))
    with pytest.raises(RuleViolation, match=r"duty\.not_found|duty\.own_evidence"):
        annulled(house, duty, "steward")
    entry = annulled(house, duty, "quality")
    assert (entry.kind, entry.facts["entry"]) == ("duty.annulled", str(reply.id))
    again = Duty.objects.filter(subject=case.subject, clause__in=beside)
    assert {(each.state, each.ended_by, each.fulfilled_at) for each in again} == {("open", None, None)}


def test_a_room_kept_duty_has_a_page_with_who_was_told(house: House) -> None:
    case = answered(house)
    duty = Duty.objects.filter(subject=case.subject, state="fulfilled", clause="RQ-06").get()
    page = client("cs_supervisor").get(f"/duties/{duty.id}/").content.decode()
    assert case.number in page
    assert "撤销" in page  # the supervisor did not give it
    assert client("elsewhere").get(f"/duties/{duty.id}/").status_code == 404
    assert f"/duties/{duty.id}/" in client("steward").get(f"/requests/{case.number}/").content.decode()


def test_moves_and_tellings_stand_on_the_page(house: House) -> None:
    switch_clauses(community=house.community, what=["RQ-11"], since=MONDAY, on=True, now=NOW)
    open_between(first=MONDAY, last=MONDAY, now=NOW)
    set_profile_value(office=house.office, key="RQ-11", value="day 4 of the week", since=MONDAY, now=NOW)
    while apply_rules(now=NOW):
        pass
    look_after(now=at("2026-11-25 09:00"))
    look_after(now=at("2026-11-30 09:00"))
    page = client("steward").get(f"/duties/{Duty.objects.get().id}/").content.decode()
    for words in (
        "规则改了，期限跟着改",
        "到期前提醒",
        "等着告诉",
        "逾期第 1 级",
        "没有告诉",
        "那时后台停着",
    ):
        assert words in page


def test_a_leader_puts_a_meeting_off_on_its_page(house: House) -> None:
    since = date(2026, 1, 1)
    stated = state_fact(
        community=house.community, fact="committee_in_office", since=since, on=True, by="staff:one", now=NOW
    )
    confirm_fact(stated=stated, by="staff:two", now=NOW)
    switch_clauses(community=house.community, what=["OC-01"], since=since, on=True, now=NOW)
    open_between(first=date(2026, 10, 1), last=date(2026, 10, 1), now=NOW)
    url = f"/duties/{Duty.objects.get().id}/"
    assert "同意延期" not in client("office_director").get(url).content.decode()
    browser = client("company_leader")
    assert "同意这一期免办" in browser.get(url).content.decode()
    body = {"act": "postpone", "words": "换届。", "to": "2027-01-20", "key": "k"}
    assert browser.post(f"{url}act/", body).status_code == 302
    assert "已同意延期" in browser.get(url).content.decode()
    assert browser.post(f"{url}act/", {"act": "excuse", "words": "停了。", "key": "k2"}).status_code == 302
    assert Duty.objects.get().state == "excused"
    assert "1 项同意免办" in browser.get(f"/clauses/OC-01/?community={house.community.id}").content.decode()
