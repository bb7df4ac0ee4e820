"""Planned works: what owners must be told beforehand is owed from then on, moves with them, is void without them."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.tests.samples import jpeg
from hemu.duties.models import Duty
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.notices.models import Work
from hemu.notices.operations_works import Times, plan_work, take_work_step
from hemu.notices.rules_works import CLAUSE_OF, KINDS, WORK_STEPS, State

pytestmark = pytest.mark.django_db
NOW, STARTS, ENDS = "2026-10-12 10:00", "2026-10-15 09:00", "2026-10-15 12:00"


@pytest.fixture
def house() -> House:
    return found_house()


def planned(house: House, kind: str = "outage", login: str = "steward", **asked: str) -> Work:
    by = house.by(login)
    return plan_work(
        community=house.community, kind=kind, place=asked.get("place", "全小区"), by=by, act=by.act(now=at(NOW)),
        words=asked.get("words", "清洗水箱。"), starts=at(asked.get("starts", STARTS)), ends=at(asked.get("ends", ENDS)),
    )  # fmt: skip


def step(
    house: House, work: Work, line: str, when: str = NOW, files: tuple[str, ...] = (), **asked: str
) -> Entry:
    login, name = line.split()
    by = house.by(login)
    times = Times(*(at(asked[each]) if each in asked else None for each in ("starts", "ends")))
    words = asked.get("words", "写明。")
    return take_work_step(
        work=work.id, step=name, by=by, act=by.act(now=at(when)), words=words, times=times, files=files
    )


def owed(work: Work) -> list[tuple[str, str, str]]:
    rows = Duty.objects.filter(subject=work.subject).order_by("clause", "due_at")
    return [
        (each.clause, each.state, str(iso_local(each.due_at))[:16] if each.due_at else "") for each in rows
    ]


@pytest.mark.parametrize(
    ("kind", "duties"),
    [
        ("outage", [("NT-06", "open", "2026-10-14T23:59")]),
        ("pest_control", [("NT-05", "open", "2026-10-14T23:59"), ("NT-11", "open", "2026-10-15T09:00")]),
        ("disruptive_work", [("NT-07", "open", "2026-10-15T09:00")]),
        ("renewal", [("NT-12", "open", "")]),
    ],
)
def test_what_must_be_told_beforehand_is_owed_when_works_are_planned(
    house: House, kind: str, duties: list[tuple[str, str, str]]
) -> None:
    assert owed(planned(house, kind)) == duties


def test_what_is_owed_moves_with_the_works_and_its_history_stays(house: House) -> None:
    work = planned(house)
    step(house, work, "steward move", starts="2026-10-20 09:00", ends="2026-10-20 11:00")
    assert owed(work) == [("NT-06", "void", "2026-10-14T23:59"), ("NT-06", "open", "2026-10-19T23:59")]
    step(house, work, "steward call_off")
    assert [state for _clause, state, _due in owed(work)] == ["void", "void"]
    work.refresh_from_db()
    kinds = Entry.objects.filter(subject=work.subject).order_by("seq").values_list("kind", flat=True)
    assert (work.state, list(kinds)) == (
        State.CALLED_OFF, ["operation.planned", "operation.moved", "operation.called_off"],
    )  # fmt: skip


def test_a_sign_at_the_place_is_shown_by_a_photo(house: House) -> None:
    work, by = planned(house, "pest_control"), house.by("technician")
    with pytest.raises(RuleViolation, match=r"work\.needs_photo"):
        step(house, work, "technician place_sign")
    photo = str(keep_file(data=jpeg(), use="photo", by=by.key, now=at(NOW)).id)
    entry = step(house, work, "technician place_sign", files=(photo,))
    assert (entry.proof, [each["use"] for each in entry.facts["files"]]) == ("device", ["photo"])
    assert owed(work)[1][:2] == ("NT-11", "fulfilled")


def test_what_takes_longer_says_until_when(house: House) -> None:
    work = planned(house)
    for when, ends, code in [
        (NOW, "2026-10-15 15:00", "work.not_begun"), ("2026-10-15 11:00", "2026-10-15 12:00", "work.no_overrun"),
        ("2026-10-15 16:00", "2026-10-15 15:00", "work.no_overrun"),
    ]:  # fmt: skip
        with pytest.raises(RuleViolation, match=code):
            step(house, work, "technician run_over", when, ends=ends)
    entry = step(house, work, "technician run_over", "2026-10-15 11:00", ends="2026-10-15 15:00")
    work.refresh_from_db()
    assert (entry.facts["until"], str(iso_local(work.ends_at))[:16]) == (
        "2026-10-15T07:00:00.000000Z",
        "2026-10-15T15:00",
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"ends": STARTS}, "work.ends_first"), ({"starts": "2026-10-01 09:00", "ends": NOW}, "work.over"),
        ({"starts": "2029-01-01 09:00", "ends": "2029-01-01 10:00"}, "work.too_far"), ({"place": " "}, "work.no_place"),
        ({"words": ""}, "work.no_words"), ({"words": "长" * 2001}, "work.too_long"), ({"kind": "party"}, "work.unknown_kind"),
        ({"login": "quality"}, "access.denied"), ({"login": "elsewhere"}, "access.denied"),
    ],
)  # fmt: skip
def test_a_refusal_writes_nothing(house: House, asked: dict[str, str], code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        planned(house, **asked)
    assert (
        refused.value.code,
        Work.objects.count(),
        Entry.objects.filter(kind="operation.planned").count(),
    ) == (code, 0, 0)


def test_every_step_that_the_table_lacks_is_refused(house: House) -> None:
    names = {row.name for row in WORK_STEPS.rows}
    allowed = {(row.name, state) for row in WORK_STEPS.rows for state in row.from_states}
    for name, state in product(names, WORK_STEPS.states):
        if (name, state) not in allowed:
            with pytest.raises(RuleViolation, match=r"step\.not_allowed"):
                WORK_STEPS.find(name, state)


def test_every_kind_has_its_clause_and_who_may_step_may_see() -> None:
    assert set(CLAUSE_OF) == set(KINDS)
    assert all("work.view" in held for held in PERMISSIONS_OF.values() if "work.step" in held)


def test_pages_plan_show_move_and_refuse(house: House) -> None:
    desk = client("steward")
    form = {
        "community": str(house.community.id), "kind": "outage", "place": "3栋", "starts": "2030-01-05T09:00",
        "ends": "2030-01-05T12:00", "words": "清洗水箱。", "key": "k1",
    }  # fmt: skip
    wrong = desk.post(reverse("work_new"), {**form, "ends": "2030-01-05T08:00", "key": "k0"})
    assert (wrong.status_code, "结束的时间要晚于开始的时间。" in wrong.content.decode()) == (422, True)
    for _ in range(2):  # pressed twice
        answer = desk.post(reverse("work_new"), {**form, "starts": _soon(9), "ends": _soon(12)})
    work = Work.objects.get()
    assert answer["Location"] == reverse("work", args=[work.id])
    shown = desk.get(reverse("work", args=[work.id])).content.decode()
    assert all(word in shown for word in ("停水停电 · 3栋", "NT-06", "改期", "已立警示牌"))
    stale = {"step": "finish", "version": "9", "words": "好了。", "key": "k2"}
    assert desk.post(reverse("work_step", args=[work.id]), stale).status_code == 422
    assert (
        desk.post(reverse("work_step", args=[work.id]), {**stale, "version": "1", "key": "k3"}).status_code
        == 302
    )
    assert "已结束" in desk.get(reverse("works"), {"state": "all"}).content.decode()
    assert client("elsewhere").get(reverse("work", args=[work.id])).status_code == 404


def _soon(hour: int) -> str:
    return f"{clock.now() + timedelta(days=9):%Y-%m-%d}T{hour:02}:00"


def test_the_list_asks_the_same_for_one_and_for_three(house: House) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            planned(house, "pest_control")
        desk = client("steward")
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(reverse("works")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
