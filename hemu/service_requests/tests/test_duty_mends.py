"""What becomes of duties when facts are mended, a case is paused, ended or opened again."""

import pytest

from hemu.access.tests.house import House, at
from hemu.duties.models import Duty
from hemu.duties.operations import look_after
from hemu.estate.operations import set_office_day, set_profile_value
from hemu.foundation.errors import RuleViolation
from hemu.ledger.models import Entry
from hemu.service_requests.models import Request
from hemu.service_requests.operations.stepping import end_pauses
from hemu.service_requests.rules import fold
from hemu.service_requests.tests.desk import Desk, duties, entries

BY_18 = "2026-10-01T16:00:00+08:00"


def last(request: Request) -> Entry:
    return entries(request)[-1]


def test_a_complaint_that_is_none_loses_its_clock_and_gets_it_back(desk: Desk) -> None:
    request = desk.register("complaint")
    desk.step(request, "frontdesk classify", "2026-09-30 16:10", type="inquiry")
    void = Duty.objects.get(subject=request.subject, clause="RQ-18")
    assert (void.state, void.ended_by) == ("void", last(request).id)
    assert duties(request, "open").keys() == {"RQ-04", "RQ-06", "RQ-12"}

    desk.step(request, "frontdesk resort", "2026-09-30 18:00", type="complaint")
    assert duties(request)["RQ-18"] == ("open", BY_18)
    assert Duty.objects.filter(subject=request.subject, clause="RQ-18").count() == 2
    desk.step(request, "frontdesk resort", "2026-09-30 18:10", type="inquiry")
    desk.step(request, "frontdesk resort", "2026-09-30 18:20", type="complaint")
    assert [duty.state for duty in Duty.objects.filter(subject=request.subject, clause="RQ-18").order_by("id")] == [
        "void", "void", "open",
    ]  # fmt: skip
    assert duties(request)["RQ-18"] == ("open", BY_18)


def test_a_duty_born_of_a_mended_fact_finds_its_evidence_in_the_book(desk: Desk) -> None:
    request = desk.go(
        desk.register("inquiry"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("frontdesk resolve", "2026-10-02 10:00"),
        ("frontdesk resort", "2026-10-02 11:00", {"type": "complaint"}),
    )
    duty = Duty.objects.get(subject=request.subject, clause="RQ-18")
    assert (duty.state, duty.fulfilled_at, duty.is_late) == ("fulfilled", at("2026-10-02 10:00"), True)
    late = Entry.objects.get(subject=request.subject, kind="duty.late")
    assert (late.at, late.recorded_at) == (at("2026-10-01 16:00:01"), at("2026-10-02 11:00"))


def test_a_home_repair_that_is_a_public_one_gets_its_limit(desk: Desk) -> None:
    request = desk.go(
        desk.register("repair_home"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician"}),
        ("technician accept", "2026-09-30 16:30"),
    )
    assert "RQ-21" not in duties(request)
    desk.step(request, "frontdesk resort", "2026-09-30 17:00", type="repair_public")
    assert duties(request)["RQ-21"] == ("open", "2026-10-10T23:59:59+08:00")
    desk.step(request, "frontdesk resort", "2026-09-30 17:10", limit="supply")
    assert duties(request)["RQ-21"] == ("open", "2026-10-01T16:30:00+08:00")
    desk.step(request, "technician pause", "2026-09-30 18:30", cause="parts", resume_on="2026-09-30")
    assert duties(request)["RQ-21"] == ("open", "2026-10-01T21:59:59+08:00")
    desk.step(request, "frontdesk resort", "2026-10-01 09:10", type="repair_home")
    assert duties(request)["RQ-21"] == ("void", "2026-10-01T21:59:59+08:00")


PAUSES = [
    # what, limit, resume on, resumed early at, due of RQ-21
    ("within a day's limit", "supply", "2026-10-03", "", "2026-10-04T15:59:59"),
    ("over days that do not count anyway", "fitting", "2026-10-07", "", "2026-10-10T23:59:59"),
    # The day to resume counts again: its last second runs.
    ("over working days", "fitting", "2026-10-09", "", "2026-10-12T23:59:59"),
    ("ended early", "supply", "2026-10-03", "2026-10-01 08:00", "2026-10-02T00:00:00"),
]


@pytest.mark.parametrize(("what", "limit", "until", "early", "due"), PAUSES, ids=[row[0] for row in PAUSES])
def test_a_pause_moves_only_the_clocks_that_may_stand_still(
    desk: Desk, what: str, limit: str, until: str, early: str, due: str
) -> None:
    # Accepted at 08:00, paused at 16:00: 8 of 24 hours have run off, 16 are left.
    request = desk.go(
        desk.register("repair_public", "2026-09-30 07:30"),
        ("frontdesk classify", "2026-09-30 07:40", {"limit": limit}),
        ("cs_supervisor dispatch", "2026-09-30 07:50", {"to": "technician"}),
        ("technician accept", "2026-09-30 08:00"),
    )
    before = duties(request)
    desk.step(request, "technician pause", "2026-09-30 16:00", cause="parts", resume_on=until)
    if early:
        desk.step(request, "technician resume", early)
    after = duties(request)
    assert after.pop("RQ-21") == ("open", f"{due}+08:00")
    before.pop("RQ-21")
    assert after == before


def test_the_shift_stands_still_too(desk: Desk) -> None:
    request = desk.go(
        desk.register("repair_home"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician", "shift": "on_duty"}),
        ("technician accept", "2026-09-30 16:30"),
        ("technician pause", "2026-09-30 18:00", {"cause": "owner", "resume_on": "2026-10-01"}),
    )
    assert duties(request)["RQ-15"] == ("open", "2026-10-02T01:59:59+08:00")


PAUSED = (
    ("frontdesk classify", "2026-09-30 16:10", {"limit": "supply"}),
    ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician"}),
    ("technician accept", "2026-09-30 16:30"),
    ("technician pause", "2026-09-30 17:00", {"cause": "parts", "resume_on": "2026-10-03"}),
)


def folded(request: Request, when: str) -> tuple[str, str]:
    """Return the stored state of a case and that to which its entries lead by then."""
    book = [(entry.kind, entry.facts, entry.recorded_at) for entry in entries(request)]
    request.refresh_from_db()
    return str(request.state), str(fold(book, now=at(when)))


def test_a_case_is_at_work_again_when_the_day_of_its_pause_is_over(desk: Desk) -> None:
    request = desk.go(desk.register("repair_public"), *PAUSED)
    before = duties(request), len(entries(request))
    assert (end_pauses(now=at("2026-10-03 23:59")), folded(request, "2026-10-03 23:59")) == (
        0,
        ("paused", "paused"),
    )
    assert (end_pauses(now=at("2026-10-04 00:00")), folded(request, "2026-10-04 00:00")) == (
        1, ("accepted", "accepted"),
    )  # fmt: skip
    assert (end_pauses(now=at("2026-10-04 00:00")), request.resume_at) == (0, None)
    assert (duties(request), len(entries(request))) == before
    desk.step(request, "technician arrive", "2026-10-04 08:00")
    assert folded(request, "2026-10-04 08:00") == ("accepted", "accepted")


def test_a_step_finds_the_pause_over_before_the_worker_does(desk: Desk) -> None:
    request = desk.go(desk.register("repair_public"), *PAUSED)
    desk.step(request, "technician arrive", "2026-10-04 08:00")
    assert folded(request, "2026-10-04 08:00") == ("accepted", "accepted")


def test_a_pause_entered_days_later_undoes_nothing(desk: Desk) -> None:
    request = desk.go(
        desk.register("repair_public"),
        ("frontdesk classify", "2026-09-30 16:10", {"limit": "supply"}),
        ("cs_supervisor dispatch", "2026-09-30 16:20", {"to": "technician"}),
        ("technician accept", "2026-09-30 16:30"),
    )
    desk.step(
        request,
        "technician pause",
        "2026-09-30 17:00",
        entered="2026-10-09 09:00",
        cause="parts",
        resume_on="2026-10-12",
    )
    assert duties(request)["RQ-21"] == ("open", "2026-10-01T16:30:00+08:00")


REFUSED_PAUSES = [
    ({"cause": "parts", "resume_on": "2026-09-29"}, "pause.in_past"),
    ({"cause": "parts", "resume_on": "2026-10-15"}, "pause.too_long"),
    ({"cause": "parts", "resume_on": "9999-12-31"}, "request.unreadable_date"),
    ({"cause": "parts", "resume_on": "0001-01-01"}, "request.unreadable_date"),
    ({"cause": "parts"}, "request.unreadable_date"),
    ({"cause": "parts", "resume_on": "明天"}, "request.unreadable_date"),
    ({"cause": "tired", "resume_on": "2026-10-08"}, "request.unknown_value"),
]


@pytest.mark.parametrize(("values", "code"), REFUSED_PAUSES)
def test_a_pause_names_a_cause_and_a_near_day(desk: Desk, values: dict[str, str], code: str) -> None:
    request = desk.go(
        desk.register("repair_public"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("cs_supervisor dispatch", "2026-09-30 16:20"),
        ("technician accept", "2026-09-30 16:30"),
    )
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "technician pause", "2026-09-30 17:00", words="", **values)
    assert refusal.value.code == code


def test_reopening_starts_the_clocks_again_and_leaves_the_first_times(desk: Desk) -> None:
    request = desk.go(
        desk.register("complaint"),
        ("frontdesk classify", "2026-09-30 16:10"),
        ("frontdesk resolve", "2026-09-30 17:00"),
        ("frontdesk inform", "2026-09-30 17:10"),
        ("frontdesk confirm", "2026-09-30 17:20"),
        ("frontdesk close", "2026-09-30 17:30"),
    )
    first = duties(request)
    assert {clause: state for clause, (state, _) in first.items()} == {
        "RQ-03": "fulfilled", "RQ-04": "void", "RQ-05": "fulfilled", "RQ-06": "fulfilled", "RQ-07": "void",
        "RQ-12": "fulfilled", "RQ-18": "fulfilled",
    }  # fmt: skip
    desk.step(request, "owner reopen", "2026-10-09 10:00", because="unsatisfied")
    assert duties(request, "open") == {
        "RQ-06": ("open", "2026-10-13T23:59:59+08:00"),
        "RQ-07": ("open", None),
        "RQ-12": ("open", None),
        "RQ-18": ("open", "2026-10-10T10:00:00+08:00"),
    }
    assert duties(request, "fulfilled") == {
        clause: duty for clause, duty in first.items() if duty[0] == "fulfilled"
    }
    desk.step(request, "frontdesk resort", "2026-10-09 10:10", type="inquiry")
    assert duties(request, "open") == {
        "RQ-06": ("open", "2026-10-13T23:59:59+08:00"),
        "RQ-12": ("open", None),
    }
    desk.step(request, "frontdesk resort", "2026-10-09 10:20", type="complaint")
    assert duties(request, "open").keys() == {"RQ-06", "RQ-07", "RQ-12", "RQ-18"}
    assert duties(request, "open")["RQ-18"] == ("open", "2026-10-10T10:00:00+08:00")
    assert Duty.objects.filter(subject=request.subject, state="open").count() == 4


ENDINGS = [
    # what, history after registering a complaint, clauses open afterwards, clauses void
    ("withdrawn", (("frontdesk withdraw", "2026-09-30 16:20"),), set(),
     {"RQ-03", "RQ-06", "RQ-07", "RQ-12", "RQ-18"}),
    ("void", (("office_director void", "2026-09-30 16:20"),), set(), {"RQ-03", "RQ-06", "RQ-07", "RQ-12", "RQ-18"}),
    ("referred", (("frontdesk classify", "2026-09-30 16:05"), ("frontdesk refer", "2026-09-30 16:10", {"to": "街道办"}),
                  ("frontdesk inform", "2026-09-30 16:15"), ("frontdesk close", "2026-09-30 16:20")), set(),
     {"RQ-04", "RQ-07", "RQ-18"}),
    ("own matter", (("frontdesk classify", "2026-09-30 16:05"),
                    ("frontdesk judge", "2026-09-30 16:10", {"owner_to_handle": "true"}),
                    ("frontdesk reply", "2026-09-30 16:12"), ("frontdesk close", "2026-09-30 16:20")), set(),
     {"RQ-04", "RQ-18"}),
    ("told", (("frontdesk classify", "2026-09-30 16:05"), ("steward judge", "2026-09-30 16:07", {"major": "true"}),
              ("frontdesk resolve", "2026-09-30 16:10"), ("frontdesk inform", "2026-09-30 16:15"),
              ("frontdesk confirm", "2026-09-30 16:16"), ("frontdesk close", "2026-09-30 16:20")), {"RQ-09"},
     {"RQ-04"}),
]  # fmt: skip


@pytest.mark.parametrize(("what", "history", "still_open", "void"), ENDINGS, ids=[row[0] for row in ENDINGS])
def test_what_is_still_owed_when_a_case_ends(
    desk: Desk, what: str, history: tuple[tuple[str, str], ...], still_open: set[str], void: set[str]
) -> None:
    request = desk.go(desk.register("complaint"), *history)
    assert (request.state, set(duties(request, "open")), set(duties(request, "void"))) == (
        "closed", still_open, void,
    )  # fmt: skip
    assert {duty.ended_by for duty in Duty.objects.filter(subject=request.subject, state="void")} == {
        last(request).id
    }


def test_merging_ends_the_one_and_leaves_the_other(desk: Desk) -> None:
    one, other = desk.register("complaint"), desk.register("complaint")
    desk.step(other, "frontdesk merge", "2026-09-30 16:20", into=one.number.lower())
    assert duties(other, "open") == {}
    assert duties(one, "open").keys() == {"RQ-03", "RQ-06", "RQ-07", "RQ-12", "RQ-18"}


def test_what_was_promised_earlier_stays_promised_when_the_older_case_is_merged(desk: Desk) -> None:
    older, newer = desk.register("complaint", "2026-09-30 10:00"), desk.register("complaint")
    promised = duties(older, "open")
    assert promised["RQ-18"] == ("open", "2026-10-01T10:00:00+08:00")
    desk.step(older, "frontdesk merge", "2026-09-30 16:20", into=newer.number)
    assert duties(newer, "open") == promised
    desk.step(newer, "frontdesk classify", "2026-09-30 16:30", type="inquiry")
    desk.step(newer, "frontdesk resort", "2026-09-30 16:40", type="complaint")
    assert duties(newer, "open")["RQ-06"] == promised["RQ-06"]


def test_a_late_mark_outlives_the_duty(desk: Desk) -> None:
    request = desk.register("complaint")
    look_after(now=at("2026-09-30 16:31"))
    desk.step(request, "frontdesk withdraw", "2026-09-30 16:40")
    assert duties(request)["RQ-03"] == ("void, late", "2026-09-30T16:30:00+08:00")


def test_major_repairs_ask_for_both_entries_and_a_promise(desk: Desk) -> None:
    request = desk.go(desk.register("repair_home"), ("frontdesk classify", "2026-09-30 16:05"))
    with pytest.raises(RuleViolation) as refusal:
        desk.step(request, "technician judge", "2026-09-30 16:10", size="major_repair")
    assert (refusal.value.code, refusal.value.params) == ("due.needs_fact", {"fact": "promised_at"})
    desk.step(
        request, "technician judge", "2026-09-30 16:10", size="major_repair", promised_at="2026-10-20 12:00"
    )
    desk.step(request, "technician escalate", "2026-09-30 16:20", role="department_head")
    assert duties(request)["RQ-26"] == ("open", "2026-10-20T12:00:00+08:00")
    desk.step(request, "technician resolve", "2026-10-20 12:00")
    assert duties(request)["RQ-26"] == ("fulfilled", "2026-10-20T12:00:00+08:00")


def override(house: House, key: str, value: object, *, own: bool = True, since: str = "2026-09-30") -> None:
    day = at(f"{since} 00:00").date()
    office = house.office if own else None
    set_profile_value(office=office, key=key, value=value, since=day, now=at("2026-09-01 09:00"))
    look_again(house)


def works(house: House, day: str, working: bool, reason: str, *, own: bool = True) -> None:
    office = house.office if own else None
    when = at(f"{day} 00:00").date()
    set_office_day(office=office, day=when, working=working, reason=reason, now=at("2026-09-01 09:00"))
    look_again(house)


def look_again(house: House) -> None:
    """Load the offices anew, as every request does."""
    for community in (house.community, house.elsewhere):
        community.office.refresh_from_db()


def test_an_office_has_its_own_times_from_a_day_on(desk: Desk, house: House) -> None:
    override(house, "RQ-06", "+2 working days")
    assert duties(desk.register("inquiry", "2026-09-29 16:00"))["RQ-06"][1] == "2026-10-09T23:59:59+08:00"
    assert duties(desk.register("inquiry", "2026-09-30 16:00"))["RQ-06"][1] == "2026-10-09T23:59:59+08:00"
    elsewhere = desk.register("inquiry", "2026-09-30 16:00", community=house.elsewhere, home=house.other_home)
    assert duties(elsewhere)["RQ-06"][1] == "2026-10-10T23:59:59+08:00"


def test_the_offices_own_word_wins_over_the_companys(desk: Desk, house: House) -> None:
    override(house, "RQ-06", "+1 working day")
    override(house, "RQ-06", "+5 working days", own=False)
    assert duties(desk.register("inquiry"))["RQ-06"][1] == "2026-10-08T23:59:59+08:00"
    elsewhere = desk.register("inquiry", "2026-09-30 16:00", community=house.elsewhere, home=house.other_home)
    assert duties(elsewhere)["RQ-06"][1] == "2026-10-13T23:59:59+08:00"


def test_days_of_the_office_and_of_the_company(desk: Desk, house: House) -> None:
    works(house, "2026-10-08", False, "停电", own=False)
    works(house, "2026-10-07", True, "值班")
    assert duties(desk.register("inquiry"))["RQ-06"][1] == "2026-10-10T23:59:59+08:00"
    works(house, "2026-10-08", True, "来电了")
    assert duties(desk.register("inquiry"))["RQ-06"][1] == "2026-10-09T23:59:59+08:00"


def test_a_transferred_job_lies_with_the_new_person_and_a_returned_one_with_the_post(
    desk: Desk, house: House
) -> None:
    request = desk.go(
        desk.register("repair_public", "2026-09-28 09:00"),
        ("frontdesk classify", "2026-09-28 09:05"),
        ("cs_supervisor dispatch", "2026-09-28 09:10", {"to": "technician"}),
        ("technician accept", "2026-09-28 09:15"),
    )
    limit = Duty.objects.get(subject=request.subject, clause="RQ-21")
    assert limit.staff_id == house.by("technician").staff_id
    desk.step(request, "cs_supervisor transfer", "2026-09-28 09:20", to="steward")
    limit.refresh_from_db()
    assert limit.staff_id == house.by("steward").staff_id
    desk.step(request, "steward send_back", "2026-09-28 09:25")
    limit.refresh_from_db()
    assert limit.staff is None
    assert limit.state == "open"
