"""The daily stock-take (RQ-13): a finding for each open complaint, one signature, and a duty that watches it."""

from typing import Any

import pytest

from hemu.access.tests.house import House, at, client, standing_at
from hemu.duties.models import Duty
from hemu.duties.operations import look_after
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import iso_local
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, kinds
from hemu.supervision.operations_review import review_case, sign_review
from hemu.supervision.queries_review import stock, subject_of
from hemu.supervision.rules_review import ROOTS, check_covered, check_finding
from hemu.supervision.tasks import look_around
from hemu.supervision.tests.browser import page
from hemu.supervision.wording import ROOTS as WORDS

THURSDAY = "2026-10-08 10:00"


def find(
    house: House, case: Request, login: str = "cs_supervisor", when: str = THURSDAY, **more: Any
) -> Entry:
    by = house.by(login)
    given = {"to": house.by("technician").key, "root": "parts", "measure": "周五到货，当天装。", **more}
    return review_case(number=case.number, by=by, act=by.act(now=at(when)), **given)


def sign(house: House, login: str = "cs_supervisor", when: str = THURSDAY) -> Entry:
    by = house.by(login)
    return sign_review(office=house.office, by=by, act=by.act(now=at(when)))


def refusal(act: Any) -> str:
    before = Entry.objects.count()
    with pytest.raises(RuleViolation) as refused:
        act()
    assert Entry.objects.count() == before
    return refused.value.code


@pytest.mark.parametrize(
    ("root", "measure", "late", "code"),
    [
        ("on_track", "", False, ""),
        ("parts", "周五到货", True, ""),
        ("", "", False, "review.no_root"),
        ("bad", "", False, "review.unknown_root"),
        ("on_track", "", True, "review.late_needs_root"),
        ("parts", "", False, "review.needs_measure"),
    ],
)
def test_what_a_finding_needs(root: str, measure: str, late: bool, code: str) -> None:
    if not code:
        check_finding(root=root, measure=measure, late=late)
        return
    with pytest.raises(RuleViolation) as refused:
        check_finding(root=root, measure=measure, late=late)
    assert refused.value.code == code


def test_what_a_signature_needs() -> None:
    check_covered([], set())
    check_covered(["A"], {"A", "B"})
    with pytest.raises(RuleViolation) as refused:
        check_covered(["A", "B", "C"], {"B"})
    assert (refused.value.code, refused.value.params) == (
        "review.not_covered", {"count": 2, "numbers": ["A", "C"]},
    )  # fmt: skip
    assert set(WORDS) == set(ROOTS)


def test_a_day_is_signed_when_every_open_complaint_was_looked_at(house: House, desk: Desk) -> None:
    late = desk.register("complaint", "2026-09-30 16:00")
    fresh = desk.register("complaint", "2026-10-08 09:30")
    desk.register("repair_home", "2026-10-08 09:40")
    desk.register("complaint", "2026-10-08 09:45", community=house.elsewhere, home=house.other_home)
    assert [each.case.number for each in stock(house.by("cs_supervisor"), house.office, now=at(THURSDAY))] == [
        late.number, fresh.number,
    ]  # fmt: skip
    assert refusal(lambda: sign(house)) == "review.not_covered"
    finding = find(house, late)
    assert (finding.kind, finding.clause, finding.facts, words_of(finding)) == (
        "request.reviewed", "RQ-13",
        {"to": house.by("technician").key, "root": "parts", "day": "2026-10-08", "late": True},
        {"remark": "周五到货，当天装。"},
    )  # fmt: skip
    assert refusal(lambda: sign(house)) == "review.not_covered"
    find(house, fresh, root="on_track", measure="")
    signed = sign(house)
    assert (signed.subject, signed.book_id, signed.facts) == (
        f"review:{house.office.id.hex}:2026-10-08",
        house.office.book_id,
        {"day": "2026-10-08", "open": 2, "late": 1, "cases": [late.number, fresh.number],
         "roots": {"on_track": 1, "parts": 1}},
    )  # fmt: skip
    assert kinds(fresh)[-1] == "request.reviewed"


def test_one_more_complaint_must_be_looked_at_too(house: House, desk: Desk) -> None:
    find(house, desk.register("complaint", "2026-10-08 09:30"))
    desk.register("complaint", "2026-10-08 09:50")
    assert refusal(lambda: sign(house)) == "review.not_covered"


def test_yesterdays_finding_does_not_count_today(house: House, desk: Desk) -> None:
    find(house, desk.register("complaint", "2026-10-08 09:30"))
    sign(house)
    assert refusal(lambda: sign(house, when="2026-10-09 10:00")) == "review.not_covered"


def test_what_is_refused(house: House, desk: Desk) -> None:
    case, repair = (
        desk.register("complaint", "2026-10-08 09:30"),
        desk.register("repair_home", "2026-10-08 09:30"),
    )
    found = {
        "review.unknown_person": {"to": house.by("elsewhere").key},
        "review.unknown_root": {"root": "laziness"},
        "review.needs_measure": {"measure": " "},
    }
    for code, given in found.items():
        assert refusal(lambda given=given: find(house, case, **given)) == code
    assert refusal(lambda: find(house, repair)) == "review.not_open"
    for login in ("frontdesk", "technician", "elsewhere", "quality"):
        assert refusal(lambda login=login: find(house, case, login)) == "request.not_found"
        assert refusal(lambda login=login: sign(house, login)) == "access.denied"
    find(house, case, "office_director")


# ── the duty ─────────────────────────────────────────────────────────────────


def watched(house: House, day: str) -> list[tuple[str, str, str | None, bool]]:
    rows = Duty.objects.filter(clause="RQ-13", subject=subject_of(house.office, at(f"{day} 00:00").date()))
    return [(each.role, str(each.state), iso_local(each.due_at), each.is_late) for each in rows]


def test_the_worker_opens_the_duty_where_there_is_something_to_review(house: House, desk: Desk) -> None:
    assert look_around(at("2026-10-08 00:01")) == 0
    desk.register("complaint", "2026-10-08 09:30")
    look_around(at("2026-10-08 09:31"))
    look_around(at("2026-10-08 09:32"))
    open_duty = ("cs_supervisor", "open", "2026-10-08T23:59:59+08:00", False)
    assert watched(house, "2026-10-08") == [open_duty]
    assert look_around(at("2026-10-11 10:00")) == 0  # a Sunday of rest; Saturday the 10th works
    assert watched(house, "2026-10-11") == []
    look_around(at("2026-10-10 07:00"))
    assert len(watched(house, "2026-10-10")) == 1
    assert Duty.objects.filter(clause="RQ-13").count() == 2  # the other office has no complaint


def test_a_signature_fulfils_it(house: House, desk: Desk) -> None:
    case = desk.register("complaint", "2026-10-08 09:30")
    look_around(at("2026-10-08 09:31"))
    find(house, case)
    sign(house)
    assert watched(house, "2026-10-08") == [
        ("cs_supervisor", "fulfilled", "2026-10-08T23:59:59+08:00", False)
    ]


def test_a_signature_before_the_worker_came_opens_and_fulfils_it(house: House, desk: Desk) -> None:
    find(house, desk.register("complaint", "2026-10-08 09:30"))
    sign(house)
    look_around(at("2026-10-08 10:01"))
    assert [each[1] for each in watched(house, "2026-10-08")] == ["fulfilled"]


def test_a_missing_one_is_late_and_climbs(house: House, desk: Desk) -> None:
    desk.register("complaint", "2026-10-08 09:30")
    look_around(at("2026-10-08 09:31"))
    look_after(now=at("2026-10-08 18:01"))
    look_after(now=at("2026-10-09 00:01"))
    assert watched(house, "2026-10-08")[0][3] is True
    look_after(now=at("2026-10-10 00:01"))
    subject = subject_of(house.office, at("2026-10-08 00:00").date())
    written = Entry.objects.filter(subject=subject).order_by("seq").values_list("kind", "facts__role")
    assert list(written) == [
        ("duty.late", None), ("duty.escalated", "cs_supervisor"), ("duty.escalated", "office_director"),
    ]  # fmt: skip


# ── the page ─────────────────────────────────────────────────────────────────


_standing = standing_at(at(THURSDAY))


@pytest.mark.usefixtures("_standing")
def test_the_page_goes_through_them(house: House, desk: Desk) -> None:
    late, fresh = (
        desk.register("complaint", "2026-09-30 16:00"),
        desk.register("complaint", "2026-10-08 09:30"),
    )
    html = page("cs_supervisor", "/wall/review/")
    assert f'name="number" value="{late.number}"' in html
    assert 'value="on_track"' not in html  # it is late: a root must be said
    form = {
        "office": str(house.office.id),
        "number": late.number,
        "to": house.by("technician").key,
        "key": "1",
    }
    refused = client("cs_supervisor").post("/wall/review/found/", {**form, "root": "parts"})
    assert (refused.status_code, "写明怎么办、几时办完。" in refused.content.decode()) == (422, True)
    done = client("cs_supervisor").post(
        "/wall/review/found/", {**form, "root": "parts", "measure": "等货", "key": "2"}
    )
    assert done.status_code == 302
    assert f'name="number" value="{fresh.number}"' in page("cs_supervisor", done.headers["Location"])
    assert "签下今天的盘点" not in page("cs_supervisor", "/wall/review/")
    refused = client("cs_supervisor").post("/wall/review/sign/", {"office": str(house.office.id)})
    assert (refused.status_code, fresh.number in refused.content.decode()) == (422, True)
    client("cs_supervisor").post(
        "/wall/review/found/", {**form, "number": fresh.number, "root": "on_track", "key": "3"}
    )
    for _twice in range(2):
        answer = client("cs_supervisor").post(
            "/wall/review/sign/", {"office": str(house.office.id), "key": "4"}
        )
        assert answer.status_code == 302
    assert Entry.objects.filter(kind="request.daily_review.done").count() == 1
    assert "今天已经签过" in page("cs_supervisor", "/wall/review/")
    assert "等货" in page("cs_supervisor", f"/requests/{late.number}/")
