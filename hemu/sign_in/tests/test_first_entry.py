"""The first entry by a code from a slip, and the password of one's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hemu.access.models import Account
from hemu.access.tests.house import BEGAN, PASSWORD, House, found_house
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.ledger.models import ClosedWords, Entry
from hemu.sign_in.models import EntryCode
from hemu.sign_in.operations_codes import give_entry_code, shut_out

pytestmark = pytest.mark.django_db
OWN = "a word of my own"


@pytest.fixture
def house() -> House:
    return found_house()


@pytest.fixture
def account(house: House) -> Account:
    return Account.objects.select_related("staff").get(login="steward")


def code_for(account: Account, house: House) -> str:
    return give_entry_code(account=account, act=house.by("office_director").act(now=BEGAN))


def post(client: Client, path: str, seconds: float = 0, **data: Any) -> Any:
    with clock.standing_at(BEGAN + timedelta(seconds=seconds)):
        return client.post(path, data)


def test_a_code_opens_once_for_a_password_of_ones_own(house: House, account: Account) -> None:
    code, client = code_for(account, house), Client()
    assert code not in str(list(EntryCode.objects.values())) + str(list(Entry.objects.values())) + str(
        list(ClosedWords.objects.values())
    )
    with clock.standing_at(BEGAN):
        page = client.get(f"/enter/{code}/")
    assert account.staff.name in page.content.decode()
    assert page.headers["Referrer-Policy"] == "same-origin"  # the address holds the code
    data: Any = {"code": code.lower(), "password": OWN, "again": OWN}
    assert post(client, "/enter/", **{**data, "again": "another"}).status_code == 422
    assert post(client, "/enter/", **{**data, "password": "1234", "again": "1234"}).status_code == 422
    assert EntryCode.objects.count() == 1
    answer = post(client, "/enter/", **data)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert "_auth_user_id" in client.session
    assert post(Client(), "/enter/", **data).status_code == 422
    assert post(Client(), "/log-in/", login="steward", password=OWN).status_code == 302
    assert [(entry.kind, entry.facts) for entry in Entry.objects.order_by("seq")] == [
        ("account.code_given", {"ends_on": "2026-01-19"}), ("account.password_set", {"means": "code"}),
    ]  # fmt: skip


def test_a_new_code_voids_the_old_and_all_run_out(house: House, account: Account) -> None:
    old, new = code_for(account, house), code_for(account, house)
    day = 24 * 3600
    assert post(Client(), "/enter/", code=old, password=OWN, again=OWN).status_code == 422
    late = Client(REMOTE_ADDR="10.0.0.9")
    assert post(late, "/enter/", 14 * day + 1, code=new, password=OWN, again=OWN).status_code == 422
    assert post(Client(), "/enter/", 14 * day - 1, code=new, password=OWN, again=OWN).status_code == 302


def test_guessing_at_codes_slows_down(house: House) -> None:
    guess: Any = {"code": "2222-2222-2222", "password": OWN, "again": OWN}
    answers = [post(Client(), "/enter/", **guess) for _ in range(5)]
    assert [each.status_code for each in answers] == [422] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "1"


def test_nobody_gets_a_code_for_a_closed_account(house: House, account: Account) -> None:
    code = code_for(account, house)
    shut_out(account)
    assert post(Client(), "/enter/", code=code, password=OWN, again=OWN).status_code == 422
    with pytest.raises(RuleViolation) as refused:
        code_for(account, house)
    assert refused.value.code == "account.closed"


def test_changing_the_password_puts_other_devices_out(account: Account) -> None:
    account.set_password(PASSWORD)
    account.save()
    here, there = Client(), Client()
    for client in (here, there):
        assert post(client, "/log-in/", login="steward", password=PASSWORD).status_code == 302
    data: Any = {"old": PASSWORD, "new": OWN, "again": OWN}
    for wrong in ({"old": "no"}, {"again": "no"}, {"new": "1", "again": "1"}):
        assert post(here, "/account/password/", **{**data, **wrong}).status_code == 422
    assert post(here, "/account/password/", **data).headers["Location"] == "/account/?changed=1"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
