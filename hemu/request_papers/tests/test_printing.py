"""Printing from the database: who may, what is masked, what is written down, how many statements it takes."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hemu.access.models import ReadLog
from hemu.access.tests.house import House, at, client, found_house
from hemu.attachments.operations import keep_file
from hemu.attachments.queries import bytes_of
from hemu.attachments.tests.samples import picture
from hemu.foundation.errors import RuleViolation
from hemu.request_papers.operations import Printing, form_of, print_case, print_period
from hemu.request_papers.queries import cases_on_paper, visits_on_paper
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import step_return_visit
from hemu.service_requests.models import Request
from hemu.service_requests.operations import take_step
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-10-12 10:00")


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def done(desk: Desk, type: str = "repair_home") -> Request:
    case = desk.register(type, "2026-09-30 16:00")
    return desk.go(
        case,
        ("frontdesk classify", "2026-09-30 16:05", {"type": type, "trade": "repair", "nature": "routine", "urgency": "soon"}),
        ("cs_supervisor dispatch", "2026-09-30 16:08", {"to": "technician"}),
        ("technician accept", "2026-09-30 16:10"),
        ("technician resolve", "2026-09-30 16:30"),
        ("frontdesk inform", "2026-09-30 17:00", {"channel": "phone"}),
    )  # fmt: skip


def test_a_case_on_paper(desk: Desk) -> None:
    [case] = cases_on_paper([done(desk)], phones=False)
    assert (case.number, case.channel, case.room, case.name) == (
        "HFHY-2026-00001",
        "来电",
        "1-2-301",
        "示例业主",
    )
    assert (case.phone, case.happened, case.entered) == ("199****1234", "2026-09-30 16:00", "")
    assert (case.nature, case.urgency, case.result, case.told) == ("常规", "较急", "写明。", "写明。")
    assert (case.resolved, case.told_at) == ("2026-09-30 16:30", "2026-09-30 17:00")
    assert (case.received_by, case.handler) == ("", "示例technician")
    assert len(case.digest) == 64
    assert cases_on_paper([done(desk)], phones=True)[0].phone == "19900001234"


def test_late_entries_bear_both_times_and_nobody_is_named_where_anonymous(desk: Desk) -> None:
    from hemu.service_requests.operations import Caller

    desk.register("complaint", entered="2026-10-12 09:00", caller=Caller(anonymous=True))
    [case] = cases_on_paper(
        list(Request.objects.select_related("community__office", "home", "department")), phones=True
    )
    assert (case.entered, case.late_reason, case.name, case.phone) == ("2026-10-12 09:00", "停电", "匿名", "")


def test_statements_do_not_grow_with_the_cases(desk: Desk, django_assert_num_queries: Any) -> None:
    cases = [done(desk) for _ in range(3)]
    rows = Request.objects.select_related("community__office", "home", "department").order_by("id")
    cases_on_paper(list(rows), phones=False)  # the office's rules are read once
    for some in (cases[:1], cases):
        found = list(rows.filter(number__in=[each.number for each in some]))
        with django_assert_num_queries(3):
            assert len(cases_on_paper(found, phones=False)) == len(some)


def test_a_return_visit_on_paper(desk: Desk) -> None:
    case = done(desk)
    visit = ReturnVisit.objects.get(request=case)
    by = desk.house.by("steward")
    step_return_visit(
        number=visit.number, step="done", by=by, act=by.act(now=at("2026-10-08 09:00")), words="修得不错。",
        values={"result": "satisfied", "attitude": "good", "timely": "in_time", "channel": "phone"},
    )  # fmt: skip
    visits = ReturnVisit.objects.select_related(
        "request__community__office", "request__home", "request__department", "done_by"
    )
    [found] = visits_on_paper(list(visits), phones=False)
    assert (found.number, found.kind, found.way, found.result) == (visit.number, "维修回访", "电话", "满意")
    assert (found.attitude, found.timely, found.told, found.done_by) == (
        "好",
        "及时",
        "修得不错。",
        "示例steward",
    )
    assert print_case(form_of("F-36"), case, printing=Printing(NOW, by))[:5] == b"%PDF-"


REFUSED = [
    ("F-36", "paper.no_visit"),
    ("F-35", "paper.not_for_type"),
]


@pytest.mark.parametrize(("form", "code"), REFUSED)
def test_a_form_that_does_not_fit_is_refused_and_nothing_is_noted(desk: Desk, form: str, code: str) -> None:
    case = desk.register("complaint")
    with pytest.raises(RuleViolation) as refused:
        print_case(form_of(form), case, printing=Printing(NOW, desk.house.by("frontdesk")))
    assert (refused.value.code, ReadLog.objects.count()) == (code, 0)


DAYS = [
    (date(2026, 9, 30), date(2026, 9, 29), "paper.days_reversed"),
    (date(2026, 9, 1), date(2026, 10, 2), "paper.too_long"),
]


@pytest.mark.parametrize(("since", "until", "code"), DAYS)
def test_days_that_no_paper_takes(house: House, since: date, until: date, code: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        print_period(
            form_of("F-04"), community=house.community, since=since, until=until, printing=Printing(NOW)
        )
    assert refused.value.code == code


def test_a_sheet_for_each_case_of_the_days_needs_a_case(house: House) -> None:
    day = date(2026, 9, 30)
    register = print_period(
        form_of("F-11"), community=house.community, since=day, until=day, printing=Printing(NOW)
    )
    assert register[:5] == b"%PDF-"  # a register may be empty
    with pytest.raises(RuleViolation) as refused:
        print_period(form_of("F-12"), community=house.community, since=day, until=day, printing=Printing(NOW))
    assert refused.value.code == "paper.nothing"


def test_who_may_see_may_print_and_it_is_written_down(desk: Desk) -> None:
    case = done(desk)
    address = reverse("paper_case", args=[case.number, "F-35"])
    found = {}
    for login in ("technician", "frontdesk", "elsewhere", "finance"):
        answer = client(login).get(address, {"phones": "1"})
        found[login] = (answer.status_code, answer.content[:5] == b"%PDF-")
    assert found == {
        "technician": (200, True),
        "frontdesk": (200, True),
        "elsewhere": (404, False),
        "finance": (403, False),
    }
    noted = set(ReadLog.objects.filter(subject=case.subject).values_list("staff__name", "what"))
    # Whoever may not see the number in full gets it masked, and the log says which it was.
    assert noted == {("示例technician", "print"), ("示例frontdesk", "print+phone")}


def test_the_pages(desk: Desk) -> None:
    done(desk)
    desk.register("complaint")
    mine = client("frontdesk")
    page = mine.get(reverse("papers"))
    assert (page.status_code, "空白表格" in page.content.decode()) == (200, True)
    blank = mine.get(reverse("paper_blank", args=["F-11"]))
    assert (blank.status_code, blank["Content-Type"], "inline" in blank["Content-Disposition"]) == (
        200,
        "application/pdf",
        True,
    )
    days = {
        "from": "2026-09-30",
        "to": "2026-09-30",
        "form": "F-04",
        "community": str(desk.house.community.id),
    }
    assert mine.get(reverse("paper_days"), days).content[:5] == b"%PDF-"
    assert mine.get(reverse("paper_days"), days | {"to": "2026-09-01"}).status_code == 422
    assert mine.get(reverse("paper_days"), days | {"from": "gestern"}).status_code == 422
    assert (
        mine.get(reverse("paper_days"), days | {"community": str(desk.house.elsewhere.id)}).status_code == 404
    )
    assert mine.get(reverse("paper_blank", args=["F-99"])).status_code == 404
    case = mine.get(reverse("request", args=["HFHY-2026-00002"])).content.decode()
    assert [
        name for name in ("业主投诉登记表", "业主投诉处理通知单", "来电来访记录表", "维修单") if name in case
    ] == [
        "业主投诉登记表",
        "业主投诉处理通知单",
        "来电来访记录表",
    ]


def test_the_signature_given_on_the_glass_is_printed(desk: Desk) -> None:
    case, by = done(desk), desk.house.by("technician")
    signed = keep_file(data=picture("PNG"), use="signature", by=by.key, now=NOW)
    act = by.act(now=NOW)
    take_step(number=case.number, step="confirm", act=act, by=by, words="签了字。", files=[str(signed.id)])
    [found] = cases_on_paper([case], phones=False)
    assert (found.signed_at, found.signature) == ("2026年10月12日", bytes_of(signed.shown_name))
    plain, printed = Printing(NOW), print_case(form_of("F-35"), case, printing=Printing(NOW, by))
    assert printed[:5] == b"%PDF-"
    assert b"/Image" in printed
    assert b"/Subtype /Image" not in print_case(form_of("F-35"), done(desk), printing=plain)
