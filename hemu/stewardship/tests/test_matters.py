"""Issues that the office finds are told (RQ-31); what is wrong with an owner's property is reported (RQ-32)."""

from itertools import product
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.duties.models import Duty
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.stewardship.models import Matter
from hemu.stewardship.operations import find_issue, receive_property, take_step
from hemu.stewardship.queries import waiting_count
from hemu.stewardship.rules import ISSUE, PROPERTY, STEPS_OF, State, state_after

NOW = "2026-09-30 10:00"
VALUES = {
    "communicate": {"told_to": "owner", "told_by": "phone"},
    "give_back": {"handed_to": "owner"},
    "find_problem": {"problem": "damaged"},
    "report": {"told_by": "visit"},
    "settle": {"remedy": "repaired"},
}


@pytest.fixture
def house(db: None) -> House:
    return found_house()


standing = standing_at(at(NOW))


def issue(house: House, login: str = "steward", words: str = "二楼窗户松了。") -> Matter:
    by = house.by(login)
    return find_issue(
        community=house.community, by=by, act=by.act(now=at(NOW)), words=words, home=house.home, place="楼道"
    )


def kept(house: House, login: str = "frontdesk", thing: str = "key") -> Matter:
    by = house.by(login)
    act = by.act(now=at(NOW))
    return receive_property(
        community=house.community,
        by=by,
        act=act,
        words="钥匙一把。",
        home=house.home,
        thing=thing,
        place="前台柜",
    )


def step(
    house: House, matter: Matter, line: str, when: str = NOW, words: str = "写明。", **values: str
) -> Entry:
    login, name = line.split()
    by = house.by(login)
    asked = VALUES.get(name, {}) | values
    return take_step(matter=matter.id, step=name, by=by, act=by.act(now=at(when)), words=words, values=asked)


def history(matter: Matter) -> list[str]:
    return list(Entry.objects.filter(subject=matter.subject).order_by("seq").values_list("kind", flat=True))


def duties(matter: Matter) -> list[tuple[str, str, bool]]:
    rows = Duty.objects.filter(subject=matter.subject).order_by("id")
    return [(each.clause, str(each.state), each.due_at is None) for each in rows]


def test_an_issue_is_owed_a_word_until_somebody_is_told(house: House) -> None:
    found = issue(house, "technician")
    assert duties(found) == [("RQ-31", "open", True)]
    assert (waiting_count(house.by("steward"), ISSUE), waiting_count(house.by("elsewhere"), ISSUE)) == (
        "1",
        "",
    )
    step(house, found, "steward communicate", told_to="committee", told_by="meeting")
    assert duties(found) == [("RQ-31", "fulfilled", True)]
    step(house, found, "cs_supervisor solve")
    found.refresh_from_db()
    assert (found.state, history(found)) == (
        State.ENDED, ["issue.found", "issue.communicated", "issue.solved"],
    )  # fmt: skip


def test_what_is_kept_goes_back_or_its_problem_is_reported(house: House) -> None:
    key = kept(house)
    assert duties(key) == []
    step(house, key, "security find_problem", problem="lost")
    assert duties(key) == [("RQ-32", "open", True)]
    step(house, key, "frontdesk report", told_by="phone")
    assert duties(key) == [("RQ-32", "fulfilled", True)]
    step(house, key, "steward settle", remedy="found")
    step(house, key, "frontdesk give_back")
    key.refresh_from_db()
    assert (key.state, history(key)) == (State.ENDED, [
        "owner_property.received", "owner_property.problem_found", "owner_property.reported",
        "owner_property.settled", "owner_property.returned",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("remedy", "state"), [("repaired", "kept"), ("found", "kept"), ("compensated", "ended")]
)
def test_what_was_paid_for_is_kept_no_more(remedy: str, state: str) -> None:
    assert state_after("settle", State.KEPT, remedy=remedy) == state


@pytest.mark.parametrize("kind", [ISSUE, PROPERTY])
def test_every_step_that_the_table_lacks_is_refused(kind: str) -> None:
    table = STEPS_OF[kind]
    names = {row.name for row in table.rows}
    open_ones = {(row.name, state) for row in table.rows for state in row.from_states}
    for name, state in product(names, table.states):
        if (name, state) in open_ones:
            assert table.find(name, state).name == name
        else:
            with pytest.raises(RuleViolation) as refused:
                table.find(name, state)
            assert refused.value.code == "step.not_allowed"


def test_a_refusal_writes_nothing(house: House) -> None:
    found = issue(house)
    before = Entry.objects.count()
    for line, values, code in [
        ("steward solve", {}, "step.not_allowed"), ("technician communicate", {}, "matter.not_yours"),
        ("elsewhere communicate", {}, "matter.not_found"), ("quality communicate", {}, "matter.not_found"),
        ("steward communicate", {"told_by": "pigeon"}, "matter.unknown_value"),
        ("steward communicate", {"words": " "}, "matter.no_words"), ("steward shout", {}, "step.unknown"),
    ]:  # fmt: skip
        with pytest.raises(RuleViolation) as refused:
            step(house, found, line, **values)
        assert refused.value.code == code
    found.refresh_from_db()
    assert (Entry.objects.count(), found.version, found.state) == (before, 1, State.FOUND)


def test_what_cannot_be_entered(house: House) -> None:
    for login, code in [
        ("call_center", "access.denied"),
        ("technician", "matter.not_yours"),
        ("elsewhere", "access.denied"),
    ]:
        with pytest.raises(RuleViolation) as refused:
            kept(house, login)
        assert refused.value.code == code
    with pytest.raises(RuleViolation) as unknown:
        kept(house, thing="elephant")
    with pytest.raises(RuleViolation) as empty:
        issue(house, words=" ")
    assert [unknown.value.code, empty.value.code] == ["matter.unknown_value", "matter.no_words"]
    assert (Entry.objects.count(), Matter.objects.count()) == (0, 0)


@pytest.mark.usefixtures("standing")
def test_from_the_first_page_to_the_end(house: House) -> None:
    home, steward = str(house.community.id), client("steward")
    assert 'href="/matters/?kind=issue"' in steward.get("/").content.decode()
    form = {"kind": "issue", "community": home, "room": "1栋2单元301", "words": "门口堆物。", "key": "a"}
    refused = steward.post("/matters/new/", {**form, "words": " ", "key": "b"})
    assert (refused.status_code, "写上几句" in refused.content.decode()) == (422, True)
    made = steward.post("/matters/new/", form)
    address = made.headers["Location"]
    assert steward.post("/matters/new/", form).headers["Location"] == address  # pressed twice, entered once
    page = steward.get(address).content.decode()
    assert ("门口堆物。" in page, "1-2-301" in page, "记下沟通" in page) == (True, True, True)
    told = {
        "step": "communicate",
        "version": "1",
        "words": "请他今晚搬走。",
        "told_to": "owner",
        "told_by": "visit",
        "key": "c",
    }
    assert steward.post(f"{address}step/", {**told, "version": "7", "key": "d"}).status_code == 422
    assert steward.post(f"{address}step/", told).status_code == 302
    assert "请他今晚搬走。" in client("quality").get(address).content.decode()
    assert client("elsewhere").get(address).status_code == 404
    assert "门口堆物。" in steward.get("/matters/?kind=issue").content.decode()
    assert "门口堆物。" not in steward.get("/matters/?kind=issue&state=waiting").content.decode()


@pytest.mark.usefixtures("standing")
def test_property_needs_its_home(house: House) -> None:
    form = {
        "kind": "property",
        "community": str(house.community.id),
        "thing": "key",
        "words": "一把。",
        "key": "a",
    }
    refused = client("frontdesk").post("/matters/new/", form)
    assert (refused.status_code, "哪一户" in refused.content.decode()) == (422, True)
    made = client("frontdesk").post("/matters/new/", {**form, "room": "1-2-301", "key": "b"})
    assert Matter.objects.get().id == UUID(made.headers["Location"].split("/")[2])


@pytest.mark.usefixtures("standing")
def test_who_is_let_in(house: House) -> None:
    address = f"/matters/{issue(house).id}/"
    for role, held in PERMISSIONS_OF.items():
        assert client(role).get("/matters/").status_code == (200 if "matter.view" in held else 403)
        if "matter.step" not in held:
            assert client(role).post(f"{address}step/", {"step": "communicate"}).status_code == 403


@pytest.mark.usefixtures("standing")
def test_the_list_asks_the_same_of_one_and_three(house: House) -> None:
    def statements() -> int:
        browser = client("steward")
        browser.get("/matters/")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/matters/").status_code == 200
        return len(seen)

    issue(house)
    one = statements()
    issue(house)
    issue(house)
    assert statements() == one


@pytest.mark.usefixtures("standing")
def test_what_is_wrong_at_the_root_is_put_right(house: House) -> None:
    found = issue(house)
    page = client("steward").get(f"/matters/{found.id}/").content.decode()
    assert f"source=issue&amp;about=issue%3A{found.id.hex}" in page
