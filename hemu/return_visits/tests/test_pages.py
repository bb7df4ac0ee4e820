"""The queue, the page of a return visit, the panel on the case, the command."""

import re
from typing import Any

from hemu.access.models import ReadLog
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at, client, standing_at
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.tests.conftest import HEARD, Visitors

SEE = {role for role, held in PERMISSIONS_OF.items() if "return_visit.view" in held}


_standing = standing_at(at("2026-10-08 10:00"), autouse=True)


def page(login: str, path: str, status: int = 200) -> str:
    answer = client(login).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_who_sees_the_queue(desk: Visitors) -> None:
    visit = desk.visit(desk.repaired())
    for role in PERMISSIONS_OF:
        page(role, "/return-visits/", 200 if role in SEE else 403)
    for role, status in (("quality", 200), ("technician", 403), ("finance", 403)):
        page(role, f"/return-visits/{visit.number}/", status)
    page("elsewhere", f"/return-visits/{visit.number}/", 404)
    assert visit.number not in page("elsewhere", "/return-visits/?state=all")


def numbers(html: str) -> list[str]:
    return re.findall(r'class="strong clamp" href="/return-visits/([^/]+)/"', html)


def test_the_queue_and_its_filters(desk: Visitors) -> None:
    complaint, repair = desk.visit(desk.complaint()), desk.visit(desk.repaired())
    own = desk.visit(desk.repaired("2026-09-30 16:45", by="steward"))
    over = desk.ask(desk.visit(desk.repaired()), "steward done", "2026-10-08 09:00", **HEARD)
    html = page("steward", "/return-visits/")
    assert numbers(html) == [complaint.number, repair.number, own.number]
    assert html.count("您经手过") == 1
    assert numbers(page("steward", "/return-visits/?mine=1")) == [repair.number]
    assert numbers(page("steward", "/return-visits/?late=1")) == [complaint.number]
    assert numbers(page("steward", "/return-visits/?class=complaint")) == [complaint.number]
    assert numbers(page("steward", "/return-visits/?state=done")) == [over.number]
    assert len(numbers(page("steward", "/return-visits/?state=all"))) == 4
    assert numbers(page("steward", "/return-visits/?state=never")) == [
        complaint.number,
        repair.number,
        own.number,
    ]
    assert numbers(page("steward", f"/return-visits/?after={complaint.number}")) == [
        repair.number,
        own.number,
    ]
    assert "没有要回访的" in page("elsewhere", "/return-visits/")


def post(login: str, visit: ReturnVisit, step: str, **values: str) -> Any:
    body = {
        "step": step,
        "version": str(visit.version),
        "key": f"{step}-{len(values)}",
        "words": "修好了。",
        **values,
    }
    return client(login).post(f"/return-visits/{visit.number}/step/", body)


def test_one_tap_calls_and_the_look_is_recorded(desk: Visitors, house: House) -> None:
    visit = desk.visit(desk.repaired())
    html = page("steward", f"/return-visits/{visit.number}/")
    assert 'href="tel:19900001234"' in html
    assert "师傅有没有礼貌" in html
    assert ReadLog.objects.filter(subject=visit.subject, staff=house.by("steward").staff_id).count() == 1
    for login in ("quality", "department_head"):
        html = page(login, f"/return-visits/{visit.number}/")
        assert "19900001234" not in html
        assert 'name="step"' not in html


def test_the_form_is_taken_once_and_what_is_refused_comes_back(desk: Visitors) -> None:
    visit = desk.visit(desk.repaired())
    refused = post("steward", visit, "done", result="satisfied")
    assert refused.status_code in (400, 409, 422)
    assert "修好了。</textarea>" in refused.content.decode()
    for _ in range(2):
        assert post("steward", visit, "done", channel="phone", **HEARD).status_code == 302
    assert ReturnVisit.objects.get(pk=visit.pk).state == "done"
    html = page("quality", f"/requests/{visit.request.number}/")
    assert f'href="/return-visits/{visit.number}/"' in html
    assert "修好了。" in html
    assert "由未经手的人来办" in html


def test_who_did_the_work_finds_no_form(desk: Visitors) -> None:
    visit = desk.visit(desk.repaired(by="steward"))
    html = page("steward", f"/return-visits/{visit.number}/")
    assert "要由别人回访" in html
    assert 'name="step"' not in html
    assert "tel:" not in html
    assert post("steward", visit, "done", **HEARD).status_code >= 400
    assert ReturnVisit.objects.get(pk=visit.pk).state == "open"


def test_a_return_visit_opened_from_the_case(desk: Visitors) -> None:
    request = desk.register("help", "2026-09-30 16:00")
    assert "回访这一件" not in page("frontdesk", f"/requests/{request.number}/")
    desk.go(request, ("frontdesk classify", "2026-09-30 16:05"), ("security resolve", "2026-09-30 16:30"))
    assert "回访这一件" in page("frontdesk", f"/requests/{request.number}/")
    assert "回访这一件" not in page("quality", f"/requests/{request.number}/")
    answer = client("frontdesk").post(f"/return-visits/open/{request.number}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/return-visits/{request.number}-H1/")
    assert client("technician").post(f"/return-visits/open/{request.number}/").status_code == 403
    assert client("elsewhere").post(f"/return-visits/open/{request.number}/").status_code == 404


def counted(login: str, path: str, django_assert_max_num_queries: Any, most: int) -> int:
    browser = client(login)
    browser.get(path)
    with django_assert_max_num_queries(most) as found:
        browser.get(path)
    return len(found)


def test_statements_do_not_grow_with_the_queue(desk: Visitors, django_assert_max_num_queries: Any) -> None:
    desk.repaired()
    one = counted("steward", "/return-visits/", django_assert_max_num_queries, 15)
    desk.repaired()
    visit = desk.visit(desk.complaint())
    assert counted("steward", "/return-visits/", django_assert_max_num_queries, 15) == one
    counted("steward", f"/return-visits/{visit.number}/", django_assert_max_num_queries, 20)
