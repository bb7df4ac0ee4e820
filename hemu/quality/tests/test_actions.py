"""A corrective action from what was found to what it brought (QA-02, QA-06): its entries, its duty, who may do what."""

import argparse
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house, standing_at
from hemu.duties.models import Duty
from hemu.duties.operations import look_after
from hemu.estate.models import Post
from hemu.foundation.errors import RuleViolation
from hemu.infra.command import as_json
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.quality.management.cli import COMMANDS
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import count_open, hand_over_left, open_action, take_step
from hemu.quality.queries import board_of, visible_to, waiting_count

NOW, DUE = "2026-09-28 10:00", "2026-10-12 17:30"
PLAN = {"whys": "门卫离岗\n没有人顶班", "figure": "complaints", "before": "6"}


@pytest.fixture
def house(db: None) -> House:
    return found_house()


standing = standing_at(at(NOW))


def opened(house: House, login: str = "cs_supervisor", to: str = "security", **more: Any) -> CorrectiveAction:
    by = house.by(login)
    known: dict[str, Any] = {
        "words": "东门没人值守。",
        "kind": "order",
        "do_by": at(DUE),
        "community": house.community,
    }
    return open_action(by=by, act=by.act(now=at(NOW)), to=house.by(to).key, **(known | more))


def step(house: House, action: CorrectiveAction, line: str, when: str = NOW, **values: str) -> Entry:
    login, name = line.split()
    by, words = house.by(login), values.pop("words", "写明。")
    return take_step(
        number=action.number, step=name, by=by, act=by.act(now=at(when)), words=words, values=values
    )


def done(house: House, action: CorrectiveAction, when: str = "2026-09-30 10:00", **plan: str) -> None:
    step(house, action, "security plan", when, **(plan or PLAN))
    step(house, action, "security do", when)


def duties(action: CorrectiveAction) -> list[tuple[str, str, str | None, bool]]:
    rows = Duty.objects.filter(subject=action.subject).order_by("start_at", "clause", "id")
    return [(each.clause, str(each.state), iso_local(each.due_at), each.is_late) for each in rows]


def history(action: CorrectiveAction) -> list[str]:
    kinds = Entry.objects.filter(subject=action.subject).order_by("seq").values_list("kind", flat=True)
    return [kind.rpartition(".")[2] for kind in kinds]


def test_from_what_was_found_to_what_it_brought_in_time(house: House) -> None:
    action = opened(house)
    due = iso_local(at(DUE))
    assert duties(action) == [("QA-02", "open", due, False)]
    assert Duty.objects.get().staff_id == house.by("security").staff_id
    done(house, action)
    step(house, action, "quality verify", "2026-10-12 17:00")
    assert duties(action) == [("QA-02", "fulfilled", due, False)]
    action.refresh_from_db()
    assert (action.state, str(action.ask_on), action.whys) == (
        "verified",
        "2026-11-01",
        ["门卫离岗", "没有人顶班"],
    )
    step(house, action, "quality confirm", "2026-11-02 09:00", after="2.0")
    action.refresh_from_db()
    assert (action.state, action.before, action.after, action.ask_on) == ("ended", "6", "2", None)
    assert history(action) == ["opened", "planned", "done", "verified", "effect_confirmed"]
    last = Entry.objects.get(kind="corrective_action.effect_confirmed")
    assert last.facts == {
        "figure": "complaints",
        "before": "6",
        "after": "2",
        "independent": True,
    }


def test_late_it_is_marked_and_stays_so(house: House) -> None:
    action = opened(house)
    done(house, action)
    look_after(now=at("2026-10-12 17:30:02"))
    assert duties(action) == [("QA-02", "open", iso_local(at(DUE)), True)]
    step(house, action, "quality verify", "2026-10-13 09:00")
    assert duties(action) == [("QA-02", "fulfilled", iso_local(at(DUE)), True)]


def test_a_fire_hazard_owes_a_clause_of_its_own(house: House) -> None:
    action = opened(house, kind="fire")
    due = iso_local(at(DUE))
    assert duties(action) == [("QA-02", "open", due, False), ("QA-06", "open", due, False)]
    done(house, action, whys="门后堆物")
    step(house, action, "office_director verify", "2026-10-09 09:00")
    assert {each[1] for each in duties(action)} == {"fulfilled"}
    action.refresh_from_db()
    assert action.state == "ended"  # without a figure it is over


def test_what_fails_goes_back_and_the_duty_stays(house: House) -> None:
    action = opened(house)
    done(house, action)
    step(house, action, "quality fail", "2026-10-01 09:00", words="还是没人。")
    action.refresh_from_db()
    assert (action.state, action.again) == ("opened", 1)
    assert duties(action) == [("QA-02", "open", iso_local(at(DUE)), False)]
    done(house, action, "2026-10-08 10:00")
    step(house, action, "quality verify", "2026-10-09 09:00")
    assert [each[1] for each in duties(action)] == ["fulfilled"]


def test_what_brings_nothing_is_opened_again_with_a_duty_of_its_own(house: House) -> None:
    action = opened(house)
    done(house, action)
    step(house, action, "quality verify", "2026-10-09 09:00")
    step(house, action, "quality reopen", "2026-11-02 09:00", after="7", do_by="2026-11-20 17:30")
    assert duties(action) == [
        ("QA-02", "fulfilled", iso_local(at(DUE)), False),
        ("QA-02", "open", iso_local(at("2026-11-20 17:30")), False),
    ]
    action.refresh_from_db()
    assert (action.state, action.again, action.after) == ("opened", 1, "7")
    done(house, action, "2026-11-03 10:00", whys="班次排错")
    step(house, action, "quality verify", "2026-11-20 17:31")
    assert duties(action)[1] == ("QA-02", "fulfilled", iso_local(at("2026-11-20 17:30")), True)


def test_the_deadline_moves_before_it_has_passed(house: House) -> None:
    action = opened(house)
    step(house, action, "office_director extend", "2026-10-09 10:00", do_by="2026-10-20 17:30")
    assert duties(action) == [
        ("QA-02", "void", iso_local(at(DUE)), False),
        ("QA-02", "open", iso_local(at("2026-10-20 17:30")), False),
    ]
    with pytest.raises(RuleViolation, match=r"action\.too_late_to_extend"):
        step(house, action, "office_director extend", "2026-10-21 10:00", do_by="2026-11-20 17:30")


def test_it_goes_to_somebody_else_and_the_duty_with_it(house: House) -> None:
    action = opened(house)
    step(house, action, "cs_supervisor assign", to=house.by("steward").key)
    assert Duty.objects.get().staff_id == house.by("steward").staff_id
    with pytest.raises(RuleViolation, match=r"action\.not_yours"):
        step(house, action, "security plan", **PLAN)
    step(house, action, "steward plan", **PLAN)
    given = words_of(Entry.objects.get(kind="corrective_action.assigned"))
    assert given == {"text": "写明。", "to": "示例steward"}


def test_what_was_opened_by_mistake_is_taken_back(house: House) -> None:
    action = opened(house)
    step(house, action, "office_director void")
    assert [each[1] for each in duties(action)] == ["void"]


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("quality verify", {}, "step.not_allowed"), ("technician plan", PLAN, "action.not_yours"),
    ("elsewhere plan", PLAN, "action.not_found"), ("finance plan", PLAN, "action.not_found"),
    ("security plan", {}, "action.no_why"), ("security plan", {"whys": "断了", "words": " "}, "action.no_words"),
    ("security plan", {"whys": "断了", "figure": "wind"}, "action.unknown_value"),
    ("security plan", {"whys": "断了", "figure": "score"}, "action.no_figure"),
    ("security plan", {"whys": "断了", "figure": "other", "before": "1"}, "action.unnamed_figure"),
    ("cs_supervisor assign", {"to": "staff:nobody"}, "action.unknown_person"),
    ("cs_supervisor extend", {"do_by": "soon"}, "action.no_deadline"),
    ("cs_supervisor extend", {"do_by": NOW}, "action.not_later"), ("security shout", {}, "step.unknown"),
]  # fmt: skip


def test_a_refusal_writes_nothing(house: House) -> None:
    action = opened(house)
    before = Entry.objects.count()
    for line, values, code in REFUSED:
        with pytest.raises(RuleViolation) as refused:
            step(house, action, line, **values)
        assert (line, refused.value.code) == (line, code)
    openings: list[tuple[dict[str, Any], str]] = [
        ({"do_by": at(NOW)}, "action.deadline_past"), ({"kind": "noise"}, "action.unknown_value"),
        ({"words": " "}, "action.no_words"), ({"to": "elsewhere"}, "action.unknown_person"),
        ({"about": "request:HFHY-2026-09999"}, "request.not_found"), ({"login": "call_center"}, "access.denied"),
    ]  # fmt: skip
    for more, code in openings:
        with pytest.raises(RuleViolation) as refused:
            opened(house, **more)
        assert refused.value.code == code
    assert (Entry.objects.count(), CorrectiveAction.objects.count()) == (before, 1)


def test_nobody_checks_what_they_did(house: House) -> None:
    action = opened(house, to="cs_supervisor")
    step(house, action, "cs_supervisor plan", **PLAN)
    step(house, action, "office_director do")
    for login in ("cs_supervisor", "office_director"):
        with pytest.raises(RuleViolation, match=r"action\.own_work"):
            step(house, action, f"{login} verify")
    Post.objects.filter(
        role__in=("quality", "operations", "general_manager", "company_leader", "department_head")
    ).update(until="2026-09-01")
    entry = step(house, action, "cs_supervisor verify")  # nobody else is left: done all the same, and marked
    assert entry.facts["independent"] is False


def test_who_leaves_hands_theirs_over(house: House) -> None:
    action, left = opened(house), house.by("security").staff_id
    by = house.by("office_director")
    assert count_open(left) == 1
    known: dict[str, Any] = {"act": by.act(now=at(NOW)), "limit": 10, "staff": left}
    assert hand_over_left(to=house.by("steward").staff_id, **known) == 1
    action.refresh_from_db()
    assert (count_open(left), action.responsible_id) == (0, house.by("steward").staff_id)
    assert hand_over_left(to=None, **known) == 0


@pytest.mark.usefixtures("standing")
def test_from_the_form_to_the_end_on_pages(house: House) -> None:
    supervisor, security = client("cs_supervisor"), client("security")
    form = {
        "community": str(house.community.id), "source": "inspection", "kind": "fire", "words": "楼道堆物。",
        "to": house.by("security").key, "do_by": "2026-10-10", "key": "a",
    }  # fmt: skip
    refused = supervisor.post("/actions/new/", {**form, "do_by": "2026-09-01", "key": "b"})
    assert (refused.status_code, "期限要在以后" in refused.content.decode()) == (422, True)
    made = supervisor.post("/actions/new/", form)
    address = made.headers["Location"]
    assert supervisor.post("/actions/new/", form).headers["Location"] == address  # pressed twice, opened once
    assert iso_local(CorrectiveAction.objects.get().due_at) == "2026-10-10T23:59:59+08:00"
    board = security.get("/actions/").content.decode()
    assert ("楼道堆物。" in board, "计划" in board, f'href="{address}"' in board) == (True, True, True)
    assert "1 项等着您" in security.get("/").content.decode()
    page = security.get(address).content.decode()
    assert ('value="plan"' in page, 'value="verify"' in page) == (True, False)
    plan = {"step": "plan", "version": "1", "words": "清走。", "whys": "没人管", "key": "c"}
    assert security.post(f"{address}step/", {**plan, "whys": "", "key": "d"}).status_code == 422
    assert security.post(f"{address}step/", plan).status_code == 302
    assert (
        security.post(f"{address}step/", {"step": "do", "words": "清走了。", "key": "e"}).status_code == 302
    )
    assert "不能自己复查" not in client("quality").get(address).content.decode()
    assert (
        client("quality")
        .post(f"{address}step/", {"step": "verify", "words": "看过。", "key": "f"})
        .status_code
        == 302
    )
    assert "楼道堆物。" in client("quality").get("/actions/list/?shown=over").content.decode()
    assert client("elsewhere").get(address).status_code == 404


@pytest.mark.usefixtures("standing")
def test_who_is_let_in(house: House) -> None:
    address = f"/actions/{opened(house).number}/"
    for role, held in PERMISSIONS_OF.items():
        for page in ("/actions/", "/actions/list/", address):
            assert client(role).get(page).status_code == (200 if "action.view" in held else 403)
        if "action.step" not in held:
            assert client(role).post(f"{address}step/", {"step": "plan"}).status_code == 403


@pytest.mark.usefixtures("standing")
def test_board_and_list_ask_the_same_of_one_and_three(house: House) -> None:
    def statements(address: str) -> int:
        browser = client("cs_supervisor")
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    opened(house)
    one = [statements("/actions/"), statements("/actions/list/")]
    opened(house)
    opened(house)
    assert [statements("/actions/"), statements("/actions/list/")] == one


def test_what_waits_for_whom(house: House) -> None:
    action = opened(house)
    columns = {name: len(cards) for name, (cards, _more) in board_of(visible_to(house.by("quality"))).items()}
    assert columns == {"plan": 1, "do": 0, "check": 0, "act": 0}
    done(house, action)
    at_now = at("2026-09-30 12:00")
    assert [waiting_count(house.by(login), now=at_now) for login in ("security", "quality", "elsewhere")] == [
        0,
        1,
        0,
    ]


def run(name: str, *argv: str) -> Any:
    command = next(each for each in COMMANDS if each.name == name)
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    options = parser.parse_args(argv)
    options.now = at(NOW)
    return json.loads(as_json(command.run(options)))


def test_by_command(house: House) -> None:
    known = ["--community", "和风花园", "--text", "灯不亮。", "--kind", "repair", "--to", "technician"]
    number = run("open", *known, "--do-by", DUE, "--by", "cs_supervisor")["number"]
    run("step", number, "plan", "--by", "technician", "--text", "换线。", "--set", "whys=线断了;没人巡")
    item = run("list", "--community", "和风花园")["items"][0]
    assert (item["number"], item["state"], item["whys"]) == (number, "planned", ["线断了", "没人巡"])
    assert [each["kind"].rpartition(".")[2] for each in run("show", number)["entries"]] == [
        "opened",
        "planned",
    ]
