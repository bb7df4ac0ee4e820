"""Rows chosen in the list are sent at once: each by its own act, one refused keeps no other back."""

import pytest

from hemu.access.tests.house import House, at, client, standing_at
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk, kinds
from hemu.supervision.tests.browser import page

NOW = "2026-10-08 10:00"
SORTED = {"trade": "repair", "nature": "routine", "urgency": "normal"}


_standing = standing_at(at(NOW), autouse=True)


def case(desk: Desk, *lines: str) -> Request:
    made = desk.register("repair_home", "2026-10-08 09:30")
    for line in lines:
        values = SORTED if line.endswith("classify") else {"to": "technician"}
        made = desk.step(made, line, "2026-10-08 09:31", **values)
    return made


def standing(made: Request) -> tuple[str, object]:
    now = Request.objects.get(pk=made.pk)
    return str(now.state), now.handler_id


def test_the_rows_chosen_are_sent_and_each_says_what_became_of_it(house: House, desk: Desk) -> None:
    waiting, held = (
        case(desk, "frontdesk classify"),
        case(desk, "frontdesk classify", "cs_supervisor dispatch"),
    )
    unsorted, left = case(desk), case(desk, "frontdesk classify")
    body = {"number": [waiting.number, held.number, unsorted.number], "to": "security", "key": "k"}
    desk_of = client("cs_supervisor")
    first = desk_of.post("/requests/send/?state=open", body)
    html = first.content.decode()
    security = house.by("security").staff_id
    assert first.status_code == 200
    assert html.count("已派给示例security") == 1
    assert html.count("没派成") == 2  # no reason given for the one in hand; the other is not sorted
    assert standing(waiting) == ("dispatched", security)
    assert standing(held) == ("dispatched", house.by("technician").staff_id)
    assert (standing(unsorted), standing(left)) == (("received", None), ("classified", None))
    again = desk_of.post("/requests/send/?state=open", body | {"number": [waiting.number]})
    assert "已派给示例security" in again.content.decode()  # a second press does nothing again
    assert kinds(waiting).count("request.dispatched") == 1
    desk_of.post("/requests/send/", body | {"number": [held.number], "reason": "换班", "key": "k2"})
    assert standing(held) == ("dispatched", security)


@pytest.mark.parametrize(
    ("chosen", "more", "words"),
    [
        (True, {}, "请选派给哪个人或哪个部门。"),
        (False, {"to": "security"}, "还没有选要派的诉求。"),
    ],
)
def test_a_refused_press_keeps_what_was_chosen(
    desk: Desk, chosen: bool, more: dict[str, str], words: str
) -> None:
    made = case(desk, "frontdesk classify")
    number = [made.number] if chosen else []
    refused = client("cs_supervisor").post("/requests/send/", {"number": number, "reason": "忙", **more})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert words in html
    assert 'value="忙"' in html
    assert (f'value="{made.number}" checked' in html) == chosen
    assert standing(made) == ("classified", None)


@pytest.mark.parametrize("login", ["frontdesk", "technician", "elsewhere"])
def test_who_sends_nothing_has_no_boxes_and_sends_nothing(desk: Desk, login: str) -> None:
    made = case(desk, "frontdesk classify")
    assert "派给……" not in page(login, "/requests/")
    client(login).post("/requests/send/", {"number": [made.number], "to": "security"})
    assert standing(made) == ("classified", None)


def test_whom_a_case_names_neither_sees_nor_sends_it(desk: Desk) -> None:
    made = desk.step(
        desk.register(), "frontdesk classify", "2026-10-08 09:31", **SORTED, named="cs_supervisor"
    )
    assert made.number not in page("cs_supervisor", "/requests/")
    refused = client("cs_supervisor").post("/requests/send/", {"number": [made.number], "to": "security"})
    assert refused.status_code == 422
    assert standing(made) == ("classified", None)
