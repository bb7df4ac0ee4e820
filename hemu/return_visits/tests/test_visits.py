"""Return visits through the real engine: their due times, rates, independence, and what goes back to be done."""

from typing import Any

import pytest
from django.db import transaction

from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.duties.operations import look_after
from hemu.duties.queries import rate_in
from hemu.estate.models import Post
from hemu.estate.queries import office_rules
from hemu.foundation.due import period_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import open_return_visit
from hemu.return_visits.queries import visible_to, workers_of
from hemu.return_visits.rules import DOERS, STEPS, State
from hemu.return_visits.tests.conftest import HEARD, Visitors
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import duties, kinds
from hemu.sop.register import load_register

# RV-03: 家庭维修完成后 1 个工作日内. The country rests 1–7 October 2026 and works on Saturday the 10th.
WITHIN = [
    ("2026-09-29 16:30", "2026-09-30"),
    ("2026-09-30 16:30", "2026-10-08"),
    ("2026-10-03 11:00", "2026-10-08"),
    ("2026-10-08 09:00", "2026-10-09"),
    ("2026-10-09 17:00", "2026-10-10"),
    ("2026-10-10 17:00", "2026-10-12"),
    ("2026-10-11 10:00", "2026-10-12"),
]


@pytest.mark.parametrize(("resolved", "day"), WITHIN)
@pytest.mark.parametrize("type", ["repair_home", "repair_public"])
def test_a_repair_is_revisited_in_a_working_day(desk: Visitors, type: str, resolved: str, day: str) -> None:
    request = desk.register(type, "2026-09-29 16:00")
    desk.go(request, ("frontdesk classify", "2026-09-29 16:05"), ("technician resolve", resolved))
    due = f"{day}T23:59:59+08:00"
    assert duties(request)["RV-03"] == ("open", due)
    visit = desk.visit(request)
    assert (visit.kind, visit.state, visit.role, iso_local(visit.due_at)) == (
        "repair",
        "open",
        "steward",
        due,
    )
    desk.ask(visit, "steward done", f"{day} 23:59:59", **HEARD)
    assert duties(request)["RV-03"] == ("fulfilled", due)


def test_a_day_later_is_late_for_good(desk: Visitors) -> None:
    request = desk.repaired()
    desk.ask(desk.visit(request), "steward done", "2026-10-09 09:00", **HEARD)
    assert duties(request)["RV-03"] == ("fulfilled, late", "2026-10-08T23:59:59+08:00")


def test_what_the_book_says_of_a_return_visit(desk: Visitors, house: House) -> None:
    request = desk.repaired()
    visit = desk.ask(
        desk.visit(request), "steward done", "2026-10-08 10:00", "修好了。", channel="visit", **HEARD
    )
    entry = Entry.objects.select_related("words_row").get(kind="return_visit.done")
    assert (entry.subject, entry.clause, entry.actor) == (request.subject, "RV-03", house.by("steward").key)
    assert entry.facts == {
        "visit": visit.number, "class": "repair", "way": "visit", "independent": True, **HEARD,
    }  # fmt: skip
    assert entry.words_row.words == {"told": "修好了。"}
    assert (visit.state, visit.done_at, visit.done_by_id) == (
        "done", at("2026-10-08 10:00"), house.by("steward").staff_id,
    )  # fmt: skip


@pytest.mark.parametrize(("judged", "role"), [(None, "cs_supervisor"), ({"valid": "true"}, "cs_supervisor"),
                                              ({"major": "true"}, "office_director")])  # fmt: skip
def test_every_complaint_is_revisited(desk: Visitors, judged: dict[str, str] | None, role: str) -> None:
    visit = desk.visit(desk.complaint(judged=judged))
    assert (visit.kind, visit.role, iso_local(visit.due_at)) == (
        "complaint",
        role,
        "2026-10-05T23:59:59+08:00",
    )


def test_the_rate_of_complaints_counts_the_visits(desk: Visitors, house: House) -> None:
    clause = load_register().clause("RV-01")
    time = office_rules(house.office, on=at("2026-09-30 12:00")).time
    september = period_of("month", at("2026-09-30 12:00"), time)

    def rate() -> tuple[int, int]:
        return rate_in(clause, book_id=house.community.book_id, period=september)

    first, second = desk.complaint(), desk.complaint()
    desk.repaired()
    assert rate() == (0, 2)
    desk.ask(desk.visit(first), "cs_supervisor done", "2026-10-02 10:00", **HEARD)
    assert rate() == (1, 2)
    look_after(now=at("2026-10-06 00:01"))
    duty = Duty.objects.get(clause="RV-01")
    assert (duty.state, duty.is_late) == ("open", True)
    desk.ask(desk.visit(second), "cs_supervisor done", "2026-10-06 10:00", **HEARD)
    assert rate() == (2, 2)


def test_no_entry_of_the_clock_and_no_reaction_makes_one(desk: Visitors) -> None:
    desk.complaint()
    desk.repaired()
    look_after(now=at("2026-10-20 00:00"))
    assert not Entry.objects.filter(kind__startswith="return_visit.").exists()


# ── independence ─────────────────────────────────────────────────────────────


def test_who_did_the_work_does_not_ask_about_it(desk: Visitors) -> None:
    visit = desk.visit(desk.repaired(by="steward"))
    for line in ("steward done", "steward try"):
        with pytest.raises(RuleViolation) as refusal:
            desk.ask(visit, line, "2026-10-08 10:00", **(HEARD if "done" in line else {}))
        assert refusal.value.code == "return_visit.not_independent"
        assert "示例frontdesk" in refusal.value.params["who"]  # type: ignore[operator]
    assert desk.ask(visit, "frontdesk done", "2026-10-08 10:00", **HEARD).independent is True


def leave(house: House, *roles: str) -> None:
    Post.objects.filter(role__in=roles, office=house.office).update(until="2026-09-01")


def test_a_small_office_goes_to_the_next_rung(desk: Visitors, house: House) -> None:
    visit = desk.visit(desk.repaired(by="steward"))
    leave(house, "frontdesk", "public_affairs", "cs_supervisor", "office_director")
    with pytest.raises(RuleViolation) as refusal:
        desk.ask(visit, "steward done", "2026-10-08 10:00", **HEARD)
    assert refusal.value.params == {"who": ["示例company_leader", "示例general_manager"]}
    assert desk.ask(visit, "company_leader done", "2026-10-08 10:00", **HEARD).independent is True


def test_where_nobody_else_is_it_is_marked(desk: Visitors, house: House) -> None:
    visit = desk.visit(desk.repaired(by="steward"))
    leave(house, "frontdesk", "public_affairs", "cs_supervisor", "office_director")
    Post.objects.filter(role__in=("company_leader", "general_manager")).delete()
    assert desk.ask(visit, "steward done", "2026-10-08 10:00", **HEARD).independent is False
    assert Entry.objects.get(kind="return_visit.done").facts["independent"] is False


# ── unreachable ──────────────────────────────────────────────────────────────


def test_unreachable_after_tries_on_different_days(desk: Visitors) -> None:
    request = desk.repaired()
    visit = desk.visit(request)
    desk.ask(visit, "steward try", "2026-09-30 17:00")
    assert desk.ask(visit, "steward try", "2026-09-30 19:00").tries_count == 1
    assert desk.visit(request).state == "open"
    with pytest.raises(RuleViolation, match=r"return_visit\.try_again"):
        desk.ask(visit, "steward unreachable", "2026-09-30 19:05")
    assert desk.ask(visit, "steward try", "2026-10-08 10:00").state == "unreachable"
    assert kinds(request)[-2:] == ["return_visit.tried", "return_visit.unreachable"]
    assert duties(request)["RV-03"] == ("void", "2026-10-08T23:59:59+08:00")
    assert desk.ask(visit, "steward done", "2026-10-12 10:00", **HEARD).state == "done"


def test_tries_entered_late_count_from_their_entry(desk: Visitors) -> None:
    visit = desk.visit(desk.repaired())
    desk.ask(visit, "steward try", "2026-09-30 17:00", entered="2026-10-09 09:00")
    assert desk.ask(visit, "steward try", "2026-10-08 17:00", entered="2026-10-09 09:05").state == "open"


# ── not right: back to be done ───────────────────────────────────────────────

TOLD = (("steward inform", "2026-09-30 17:00", {"channel": "phone"}),)
CONFIRMED = (*TOLD, ("steward confirm", "2026-09-30 17:10"))
BACK = [
    ((), "unsatisfied", ["request.sent_back"]),
    (TOLD, "partly", ["request.partly_solved"]),
    (CONFIRMED, "unsatisfied", ["request.closed", "request.reopened"]),
    ((*CONFIRMED, ("steward close", "2026-09-30 17:20")), "partly", ["request.reopened"]),
    ((*CONFIRMED, ("steward close", "2026-09-30 17:20")), "unsatisfied", ["request.reopened"]),
]


@pytest.mark.parametrize("login", ["cs_supervisor", "general_manager"])
@pytest.mark.parametrize(("history", "result", "written"), BACK)
def test_what_the_owner_is_not_content_with_goes_back(
    desk: Visitors, house: House, login: str, history: tuple[Any, ...], result: str, written: list[str]
) -> None:
    request = desk.go(desk.repaired(), *history)
    visit = desk.visit(request)
    desk.ask(visit, f"{login} done", "2026-10-08 10:00", "还在漏。", **{**HEARD, "result": result})
    assert kinds(request)[-1 - len(written) :] == ["return_visit.done", *written]
    last = Entry.objects.select_related("words_row").filter(subject=request.subject).latest("seq")
    assert (last.actor, last.words_row.words["reason"]) == (house.by(login).key, "还在漏。")
    if last.kind == "request.reopened":
        assert last.facts["reason"] == "unsatisfied"
    assert Request.objects.get(pk=request.pk).state == "classified"
    assert duties(request)["RV-03"][0] == "fulfilled"
    desk.step(request, "technician resolve", "2026-10-08 12:00")
    again = desk.visit(request)
    assert (again.state, again.pk != visit.pk) == ("open", True)
    assert ReturnVisit.objects.get(pk=visit.pk).state == "done"


@pytest.mark.parametrize(
    "line", ["owner send_back", "owner partly", "steward withdraw", "office_director void"]
)
def test_a_matter_that_goes_back_needs_no_visit_yet(desk: Visitors, line: str) -> None:
    request = desk.repaired()
    desk.step(request, line, "2026-09-30 18:00")
    visit = desk.visit(request)
    assert (visit.state, visit.ended_by is not None) == ("void", True)
    assert duties(request)["RV-03"][0] == "void"


# ── answers promised ─────────────────────────────────────────────────────────


def test_an_answer_promised_is_a_duty(desk: Visitors) -> None:
    request = desk.repaired()
    visit = desk.ask(desk.visit(request), "steward done", "2026-10-08 10:00", "保修多久？",
                     promised_at="2026-10-12 16:00", **HEARD)  # fmt: skip
    assert (visit.state, iso_local(visit.due_at)) == ("promised", "2026-10-12T16:00:00+08:00")
    assert duties(request)["RV-04"] == ("open", "2026-10-12T16:00:00+08:00")
    visit = desk.ask(visit, "steward answer", "2026-10-12 16:00", "一年。")
    assert (visit.state, visit.due_at) == ("answered", None)
    assert duties(request)["RV-04"] == ("fulfilled", "2026-10-12T16:00:00+08:00")
    desk.ask(visit, "steward promise", "2026-10-12 16:10", "能不能延保？", promised_at="2026-10-13 16:00")
    assert duties(request, "open")["RV-04"] == ("open", "2026-10-13T16:00:00+08:00")


# ── by hand, and refusals ────────────────────────────────────────────────────


def test_any_case_whose_work_is_done_may_be_revisited(desk: Visitors, house: House) -> None:
    by = house.by("frontdesk")
    act = by.act(now=at("2026-10-08 10:00"))
    request = desk.register("help", "2026-09-30 16:00")
    with pytest.raises(RuleViolation, match=r"return_visit\.nothing_done"):
        open_return_visit(number=request.number, act=act, by=by)
    desk.go(request, ("frontdesk classify", "2026-09-30 16:05"), ("security resolve", "2026-09-30 16:30"))
    with pytest.raises(RuleViolation, match=r"step\.not_yours"):
        open_return_visit(number=request.number, act=act, by=house.by("technician"))
    first = open_return_visit(number=request.number, act=act, by=by)
    assert (first.kind, first.number, first.due_at) == ("other", f"{request.number}-H1", None)
    assert open_return_visit(number=request.number, act=act, by=by) == first
    desk.ask(first, "frontdesk done", "2026-10-08 10:05", **HEARD)
    assert open_return_visit(number=request.number, act=act, by=by).number == f"{request.number}-H2"


REFUSED: list[tuple[str, str, str, dict[str, str], str]] = [
    ("done", "2026-10-08 10:00", "", HEARD, "step.needs_words"),
    ("done", "2026-10-08 10:00", "好", {}, "return_visit.not_asked"),
    ("done", "2026-10-08 10:00", "好", {**HEARD, "attitude": ""}, "return_visit.not_asked"),
    ("done", "2026-10-08 10:00", "好", {**HEARD, "result": "great"}, "request.unknown_value"),
    ("done", "2026-10-08 10:00", "好", {**HEARD, "stars": "5"}, "step.unknown_value"),
    ("done", "2026-09-30 16:29", "好", HEARD, "return_visit.before_work"),
    ("done", "2026-10-08 10:00", "好\x00", HEARD, "canonical.unsupported"),
    ("done", "2026-10-08 10:00", "好", {**HEARD, "promised_at": "soon"}, "request.unreadable_date"),
    ("done", "2026-10-08 10:00", "好", {**HEARD, "promised_at": "2026-10-08 09:00"}, "return_visit.promise_in_past"),
    ("explode", "2026-10-08 10:00", "好", {}, "step.unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "when", "words", "values", "code"), REFUSED)
def test_a_refused_step_writes_nothing(
    desk: Visitors, step: str, when: str, words: str, values: dict[str, str], code: str
) -> None:
    visit = desk.visit(desk.repaired())
    before = Entry.objects.count()
    with pytest.raises(RuleViolation) as refusal, transaction.atomic():
        desk.ask(visit, f"steward {step}", when, words, **values)
    assert refusal.value.code == code
    assert (Entry.objects.count(), desk.visit(visit.request)) == (before, visit)
    assert (desk.visit(visit.request).state, desk.visit(visit.request).version) == ("open", 1)


def test_every_step_in_every_state_by_every_role(desk: Visitors, house: House) -> None:
    visit = desk.visit(desk.repaired())
    found: dict[tuple[str, str], str] = {}
    for state in State:
        over = state in ("done", "promised", "answered")
        ReturnVisit.objects.filter(pk=visit.pk).update(
            state=state, result="satisfied" if over else "", done_at=at("2026-10-08 09:00") if over else None,
            independent=True if over else None, ended_by=visit.trigger if state == "void" else None,
        )  # fmt: skip
        for name in {row.name for row in STEPS.rows}:
            allowed = any(row.name == name and state in row.from_states for row in STEPS.rows)
            for login in ("technician", "quality", "elsewhere", "nobody", *(() if allowed else DOERS)):
                with pytest.raises(RuleViolation) as refusal:
                    desk.ask(visit, f"{login} {name}", "2026-10-08 10:00")
                found[name, state] = refusal.value.code
            assert found[name, state] == ("step.not_yours" if allowed else "step.not_allowed")
    assert not Entry.objects.filter(kind__startswith="return_visit.").exists()


def test_statements(desk: Visitors, django_assert_max_num_queries: Any) -> None:
    request = desk.repaired()
    visit = desk.visit(request)
    with django_assert_max_num_queries(15):
        desk.ask(visit, "steward try", "2026-09-30 17:00")
    with django_assert_max_num_queries(15):
        desk.ask(visit, "steward done", "2026-10-08 10:00", **HEARD)
    with django_assert_max_num_queries(15):
        desk.ask(visit, "steward promise", "2026-10-08 10:00", promised_at="2026-10-09 10:00")
    with django_assert_max_num_queries(15):
        desk.ask(visit, "steward answer", "2026-10-08 12:00")


def test_whom_a_complaint_names_neither_sees_nor_does_its_return_visit(desk: Visitors, house: House) -> None:
    request = desk.register("complaint", "2026-09-30 16:00")
    desk.step(request, "cs_supervisor classify", "2026-09-30 16:05", named="steward")
    desk.step(request, "security resolve", "2026-09-30 16:30")
    for step, when in (("inform", "17:00"), ("confirm", "17:10"), ("close", "17:30")):
        desk.step(request, f"frontdesk {step}", f"2026-09-30 {when}")
    visit = desk.visit(request)
    assert not visible_to(house.by("steward")).exists()
    with pytest.raises(RuleViolation, match=r"return_visit\.not_found"):
        desk.ask(visit, "steward done", "2026-10-08 09:00", **HEARD)
    with pytest.raises(RuleViolation, match=r"request\.not_found"):
        open_return_visit(number=request.number, act=house.by("steward").act(now=at("2026-10-08 09:00")),
                          by=house.by("steward"))  # fmt: skip
    assert house.by("steward").key in workers_of([visit.subject])[visit.subject]
    desk.ask(visit, "frontdesk done", "2026-10-08 09:00", **HEARD)
