"""A technician's day: whose jobs are seen, in which order, and what one press writes in the book."""

from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account, ReadLog
from hemu.access.tests.house import House, at
from hemu.estate.models import Post
from hemu.field_work.operations import AtTheDoor, take_job_step
from hemu.field_work.operations.stepping import LATE_REASON
from hemu.field_work.queries import jobs_of
from hemu.field_work.rules import Material, Stage
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.service_requests.models import Helper, Named, Request
from hemu.service_requests.tests.desk import Desk, entries, kinds, written

NOW = at("2026-09-30 16:40")
SENT = [
    ("frontdesk classify", "2026-09-30 16:05", {"trade": "repair"}),
    ("cs_supervisor dispatch", "2026-09-30 16:10", {"to": "technician"}),
]
TAKEN = [*SENT, ("technician accept", "2026-09-30 16:15")]
ARRIVED = [*TAKEN, ("technician arrive", "2026-09-30 16:30")]
DONE = [*ARRIVED, ("technician resolve", "2026-09-30 16:35")]


def job(desk: Desk, *history: Any, type: str = "repair_home", **more: Any) -> Request:
    return desk.go(desk.register(type, "2026-09-30 16:00", **more), *history)


def seen(house: House, login: str = "technician") -> list[tuple[str, Stage, bool]]:
    return [(each.case.number[-1], each.stage, each.offered) for each in jobs_of(house.by(login), now=NOW)]


def go(desk: Desk, request: Request, step: str, words: str = "", when: str = "", **more: Any) -> Request:
    by = desk.house.by("technician")
    act = by.act(now=NOW, at=at(when) if when else None)
    return take_job_step(number=request.number, step=step, act=act, by=by, words=words, **more)


def test_one_sees_ones_own_jobs_in_order_of_promise(desk: Desk, house: House) -> None:
    job(desk, *SENT)
    slot = {"from": "2026-09-30 17:00", "until": "2026-09-30 18:00"}
    job(desk, *TAKEN, ("technician appoint", "2026-09-30 16:20", slot))
    job(desk, *ARRIVED, type="complaint")
    job(desk)  # not dispatched yet
    job(desk, *SENT, ("cs_supervisor transfer", "2026-09-30 16:12", {"to": "security"}))
    assert seen(house) == [
        ("2", Stage.TO_SET_OUT, False),
        ("3", Stage.AT_WORK, False),
        ("1", Stage.TO_TAKE, False),
    ]
    assert [number for number, *_ in seen(house, "security")] == ["5"]
    assert seen(house, "elsewhere") == []


def test_what_waits_in_ones_department_can_be_taken_once(desk: Desk, house: House) -> None:
    Post.objects.filter(role__in=("technician", "security")).update(department=house.department)
    request = job(
        desk, SENT[0], ("cs_supervisor dispatch", "2026-09-30 16:10", {"department": house.department.name})
    )
    assert seen(house) == seen(house, "security") == [("1", Stage.TO_TAKE, True)]
    go(desk, request, "accept")
    assert (seen(house, "security"), seen(house)[0][2]) == ([], False)
    by = house.by("security")
    with pytest.raises(RuleViolation) as refused:
        take_job_step(number=request.number, step="accept", act=by.act(now=NOW), by=by)
    assert (refused.value.code, refused.value.params) == ("field.not_yours", {"name": "示例technician"})


def test_a_price_is_worked_out_from_its_lines(desk: Desk) -> None:
    request = job(desk, *ARRIVED)
    door = AtTheDoor([Material("角阀", 2000, "piece", 3550), Material("软管", 1500, "metre", 800)], 8000)
    go(desk, request, "quote", "换两个角阀", door=door)

    quoted, priced = entries(request)[-2:]
    assert (quoted.kind, quoted.facts) == ("request.quoted", {"amount_fen": 16300})
    assert quoted.words_row.words == {
        "offer": "换两个角阀；角阀 2个 × 35.5 元；软管 1.5米 × 8 元；人工 80 元"
    }
    assert (priced.kind, priced.words_row.words) == (
        "work.priced",
        {"materials": ["角阀", "软管"], "text": "角阀 2个 × 35.5 元；软管 1.5米 × 8 元"},
    )
    assert priced.facts == {
        "lines": [
            {"quantity_milli": 2000, "unit": "piece", "price_fen": 3550},
            {"quantity_milli": 1500, "unit": "metre", "price_fen": 800},
        ],
        "materials_fen": 8300,
        "labour_fen": 8000,
        "amount_fen": 16300,
    }


def test_done_with_materials_and_a_further_wish(desk: Desk, house: House) -> None:
    request = job(desk, *ARRIVED)
    go(desk, request, "resolve", "换了角阀。",
       door=AtTheDoor([Material("角阀", 1000, "piece", 3550)], wishes_asked=True, wish="阳台的灯也不亮了。"))  # fmt: skip

    assert kinds(request)[-3:] == ["request.resolved", "work.materials_used", "work.wishes_asked"]
    wish = Request.objects.exclude(pk=request.pk).get()
    assert entries(request)[-1].facts == {"any": True, "into": wish.number}
    assert (wish.text, wish.channel, wish.home, wish.person_id) == (
        "阳台的灯也不亮了。", "visit", request.home, request.person_id,
    )  # fmt: skip
    assert wish.first_asked_id == house.by("technician").staff_id


def test_asked_and_nothing_wished(desk: Desk) -> None:
    request = job(desk, *ARRIVED)
    go(desk, request, "resolve", door=AtTheDoor(wishes_asked=True))
    assert (kinds(request)[-1], entries(request)[-1].facts) == ("work.wishes_asked", {"any": False})


def test_the_owners_own_matter_is_judged_before_it_goes_back(desk: Desk) -> None:
    request = go(
        desk, job(desk, *ARRIVED), "send_back", "自己改过的管子。", values={"cause": "owner_to_handle"}
    )
    assert kinds(request)[-2:] == ["request.judged", "request.sent_back"]
    assert (request.state, request.own_matter) == ("classified", True)


def test_what_the_phone_kept_until_the_next_day_says_why(desk: Desk) -> None:
    request = job(desk, *TAKEN)
    by = desk.house.by("technician")
    act = by.act(now=at("2026-10-09 09:00"), at=at("2026-09-30 17:00"))
    take_job_step(number=request.number, step="arrive", act=act, by=by)
    last = entries(request)[-1]
    assert (last.at, last.words_row.words) == (at("2026-09-30 17:00"), {"late_reason": LATE_REASON})


REFUSED: list[tuple[str, list[Any], str, dict[str, Any]]] = [
    ("field.unknown_step", TAKEN, "void", {}),
    ("signature.missing", DONE, "confirm", {}),
    ("step.not_allowed", TAKEN, "resume", {}),
    ("quote.unreadable", ARRIVED, "quote", {"words": "换阀"}),
    ("step.needs_words", TAKEN, "send_back", {}),
]


@pytest.mark.parametrize(("code", "history", "step", "more"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refused_step_writes_nothing(
    desk: Desk, code: str, history: list[Any], step: str, more: dict[str, Any]
) -> None:
    request = job(desk, *history)
    before = written()
    with pytest.raises(RuleViolation) as refused:
        go(desk, request, step, **more)
    assert (refused.value.code, written()) == (code, before)


# ── pages ──


@pytest.fixture
def phone(house: House) -> Client:
    phone = Client()
    phone.force_login(Account.objects.get(login="technician"))
    return phone


def test_a_step_from_the_phone_is_taken_once_and_when_it_happened(desk: Desk, phone: Client) -> None:
    request = job(desk, *TAKEN)
    form = {"step": "set_out", "key": "k1", "age": "600"}
    with clock.standing_at(NOW):
        first = phone.post(f"/field/{request.number}/step/", form, headers={"accept": "application/json"})
        again = phone.post(
            f"/field/{request.number}/step/", form | {"age": "900"}, headers={"accept": "application/json"}
        )
    assert first.json() == again.json() == {"url": f"/field/{request.number}/"}
    assert kinds(request).count("request.set_out") == 1
    assert entries(request)[-1].at == at("2026-09-30 16:30")


def test_a_refusal_is_said_in_words_to_page_and_phone(desk: Desk, phone: Client) -> None:
    request = job(desk, *TAKEN)
    address, words = f"/field/{request.number}/step/", "请业主在屏幕上签字。"
    with clock.standing_at(NOW):
        page = phone.post(address, {"step": "confirm"})
        kept = phone.post(address, {"step": "confirm"}, headers={"accept": "application/json"})
        odd = phone.post(address, {"step": "arrive", "age": "-5"}, headers={"accept": "application/json"})
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert (kept.status_code, kept.json()) == (422, {"words": words, "code": "signature.missing"})
    assert (odd.status_code, odd.json()["code"]) == (422, "field.unreadable_age")


def test_the_number_is_on_the_page_of_who_has_the_job_and_the_look_is_recorded(
    desk: Desk, phone: Client
) -> None:
    request = job(desk, *SENT)
    with clock.standing_at(NOW):
        assert "19900001234" not in phone.get(f"/field/{request.number}/").content.decode()
        go(desk, request, "accept")
        for _ in range(2):
            assert "tel:19900001234" in phone.get(f"/field/{request.number}/").content.decode()
    assert ReadLog.objects.filter(subject=request.subject, what="phone").count() == 1

    other = Client()
    other.force_login(Account.objects.get(login="security"))
    page = other.get(f"/field/{request.number}/").content.decode()
    assert ("19900001234" in page, "示例technician" in page) == (False, True)


def test_the_list_costs_the_same_for_one_job_and_for_three(
    desk: Desk, phone: Client, django_assert_num_queries: Any
) -> None:
    with clock.standing_at(NOW):
        job(desk, *TAKEN)
        with django_assert_num_queries(10):
            phone.get("/field/")
        for _ in range(2):
            job(desk, *TAKEN)
        with django_assert_num_queries(10):
            page = phone.get("/field/").content.decode()
    assert page.count('class="job"') == 3


def test_a_step_stays_within_the_limit_of_statements(desk: Desk, django_assert_max_num_queries: Any) -> None:
    request = job(desk, *TAKEN)
    with django_assert_max_num_queries(18):  # 15 of the step, 3 of the gate
        go(desk, request, "arrive")


def test_who_helps_with_a_job_sees_it_and_may_go_on_with_it(desk: Desk, house: House) -> None:
    request = job(desk, *ARRIVED)
    Helper.objects.create(request=request, staff_id=house.by("security").staff_id)
    assert seen(house, "security") == [("1", Stage.AT_WORK, False)]
    by = house.by("security")
    take_job_step(number=request.number, step="nobody_home", act=by.act(now=NOW), by=by)
    assert entries(request)[-1].actor == by.key


def test_whom_a_complaint_names_has_no_job_of_it(desk: Desk, house: House) -> None:
    request = job(desk, *ARRIVED)
    Named.objects.create(request=request, staff_id=house.by("technician").staff_id)
    assert seen(house) == []
    with pytest.raises(RuleViolation, match=r"request\.not_found"):
        go(desk, request, "resolve")
