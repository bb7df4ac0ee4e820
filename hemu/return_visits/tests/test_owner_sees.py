"""What an owner reads of the return visit on their own page: a promised answer, and the answer."""

from django.test import Client

from hemu.access.tests.house import at
from hemu.infra import clock
from hemu.return_visits.tests.conftest import HEARD, Visitors
from hemu.service_requests.operations import make_owner_link


def test_a_promised_answer_stands_on_the_page_until_it_is_given(desk: Visitors) -> None:
    case = desk.repaired()
    visit = desk.visit(case)
    desk.ask(visit, "steward done", "2026-10-08 10:00", "电梯什么时候换？", **HEARD)
    desk.ask(visit, "steward promise", "2026-10-08 10:05", "电梯什么时候换？", promised_at="2026-10-09T17:00")
    url = f"/o/{make_owner_link(request=case, now=at('2026-10-08 10:00'))}/"
    with clock.standing_at(at("2026-10-08 11:00")):
        page = Client().get(url).content.decode()
    assert "明天 17:00 前" in page
    assert "再答复" in page
    desk.ask(visit, "steward answer", "2026-10-09 09:00", "维保单位说十一月换。")
    with clock.standing_at(at("2026-10-09 11:00")):
        page = Client().get(url).content.decode()
    assert "维保单位说十一月换。" in page
    assert "再答复" not in page
