"""The steps around a visit as the case page offers and takes them."""

from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import House, at
from hemu.infra import clock
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk
from hemu.service_requests.tests.test_steps_taken import ASKED, SENT, SORTED, TAKEN

NOW = at("2026-09-30 17:00")


@pytest.fixture
def request_in_hand(desk: Desk) -> Request:
    return desk.go(desk.register("repair_home"), SORTED, SENT, TAKEN)


def offered(client: Client, request: Request) -> dict[str, list[str]]:
    """Return the steps of the page with the names of what each asks for."""
    with clock.standing_at(NOW):
        steps = client.get(f"/requests/{request.number}/").context["steps"]
    return {step["name"]: [field["name"] for field in step["fields"]] for step in steps}


def sign_in(login: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login))
    return client


def take(client: Client, request: Request, step: str, **values: Any) -> int:
    with clock.standing_at(NOW):
        answer = client.post(f"/requests/{request.number}/step/", {"step": step, "key": step, **values})
    return answer.status_code


def test_each_step_asks_for_what_it_needs(house: House, request_in_hand: Request) -> None:
    steps = offered(sign_in("technician"), request_in_hand)
    around = ("appoint", "set_out", "arrive", "nobody_home", "quote")
    assert {name: steps[name] for name in around} == {
        "appoint": ["from", "until"],
        "set_out": [],
        "arrive": [],
        "nobody_home": ["words"],
        "quote": ["amount", "words"],
    }
    assert offered(sign_in("frontdesk"), request_in_hand)["second"] == ["home"]


def test_a_price_is_answered_only_where_one_stands(
    desk: Desk, house: House, request_in_hand: Request
) -> None:
    client, answers = sign_in("frontdesk"), {"accept_quote", "decline_quote"}
    assert answers & offered(client, request_in_hand).keys() == set()
    desk.step(request_in_hand, ASKED[0], ASKED[1], **ASKED[2])
    assert answers & offered(client, request_in_hand).keys() == answers
    desk.step(request_in_hand, "owner accept_quote", "2026-09-30 16:50")
    assert answers & offered(client, request_in_hand).keys() == {"decline_quote"}


def test_a_slot_and_a_price_are_taken_as_a_browser_sends_them(house: House, request_in_hand: Request) -> None:
    client = sign_in("technician")
    slot = {"from": "2026-10-01T09:00", "until": "2026-10-01T10:30"}
    assert take(client, request_in_hand, "appoint", **slot) == 302
    assert take(client, request_in_hand, "quote", amount="80.50", words="换水龙头一个") == 302
    found = Request.objects.get(pk=request_in_hand.pk)
    assert (found.appointed_from, found.quote_fen) == (at("2026-10-01 09:00"), 8050)
    with clock.standing_at(NOW):
        shown = client.get(f"/requests/{request_in_hand.number}/").context["timeline"]
    facts = {str(name): str(value) for entry in shown[-2:] for name, value in entry["facts"]}
    assert facts == {"从": "2026-10-01 09:00", "到": "2026-10-01 10:30", "金额": "¥80.50"}
    assert shown[-1]["words"] == "换水龙头一个"
