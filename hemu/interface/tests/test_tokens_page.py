"""The office's page of other systems: who may let one in, how far, and what the book says of it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Account, Token
from hemu.access.queries import integration_by
from hemu.access.roles import PERMISSIONS_OF
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra.clock import standing_at
from hemu.interface.operations_tokens import grant_token, withdraw_token
from hemu.interface.queries_tokens import may_grant, roles_to_grant
from hemu.interface.rules import takes_no_more
from hemu.interface.tests.caller import NOW, Caller
from hemu.ledger.models import ClosedWords, Entry

FORM = {"name": "呼叫中心", "role": "frontdesk", "days": "365"}


def desk(login: str) -> Client:
    client = Client(headers={"Accept-Language": "zh-hans"})
    client.force_login(Account.objects.get(login=login))
    return client


def post(client: Client, address: str, form: dict[str, Any]) -> Any:
    with standing_at(at(NOW)):
        return client.post(address, form)


def test_a_token_is_made_shown_once_and_written_into_the_offices_book(house: House) -> None:
    director = desk("office_director")
    answer = post(director, "/systems/", {**FORM, "communities": [str(house.community.id)]})
    made = answer.context["made"]
    token = Token.objects.get()
    assert (answer.status_code, made["name"]) == (200, "呼叫中心")
    assert made["secret"] in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert made["secret"] not in director.get("/systems/").content.decode()
    system = integration_by(made["secret"], now=at(NOW))
    assert system is not None
    assert (set(system.roles), set(system.community_ids or ())) == ({"frontdesk"}, {house.community.id})
    entry = Entry.objects.get(kind="token.made")
    assert (entry.book_id, entry.subject) == (house.office.book_id, f"token:{token.id}")
    assert entry.actor == f"staff:{house.by('office_director').staff_id}"
    assert entry.facts == {
        "role": "frontdesk",
        "communities": [str(house.community.id)],
        "ends_on": "2027-09-30",
    }
    words = ClosedWords.objects.get(entry=entry).words
    assert words == {"name": "呼叫中心"}
    assert made["secret"] not in str(entry.plain()) + str(words)

    stopped = post(director, f"/systems/{token.id}/revoke/", {})
    assert stopped.status_code == 302
    assert integration_by(made["secret"], now=at(NOW)) is None
    entry = Entry.objects.get(kind="token.revoked")
    assert (entry.subject, entry.facts) == (f"token:{token.id}", {})
    post(director, f"/systems/{token.id}/revoke/", {})
    assert Entry.objects.filter(kind="token.revoked").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "token.no_name"),
        ({"role": "emperor"}, "token.unknown_role"),
        ({"role": "technician"}, "token.unknown_role"),
        ({"communities": []}, "token.no_community"),
        ({"communities": ["elsewhere"]}, "token.no_community"),
        ({"everywhere": "1"}, "token.beyond_own"),
        ({"days": "0"}, "request.unknown_value"),
        ({"name": "有了"}, "token.name_taken"),
    ],
)
def test_what_is_refused_writes_nothing(house: House, change: dict[str, Any], code: str) -> None:
    Caller.of("frontdesk", house.community, name="有了")
    form = {**FORM, "communities": [str(house.community.id)], **change}
    if form["communities"] == ["elsewhere"]:
        form["communities"] = [str(house.elsewhere.id)]
    before = Entry.objects.count(), Token.objects.count()
    answer = post(desk("office_director"), "/systems/", form)
    assert (answer.status_code, answer.context["made"]) == (422, None)
    assert answer.context["code"] == code
    assert (Entry.objects.count(), Token.objects.count()) == before


def test_nobody_lets_a_system_do_more_than_they_may(house: House) -> None:
    """Whatever a role may that somebody cannot do themselves in that office, they cannot hand to a system there."""
    for login, held in PERMISSIONS_OF.items():
        if "token.keep" not in held or not Account.objects.filter(login=login).exists():
            continue
        actor = house.by(login)
        for role, wanted in PERMISSIONS_OF.items():
            if not wanted:
                continue
            less = wanted <= held and takes_no_more(role, actor.roles)
            assert may_grant(actor, role, [house.community]) is less, (login, role)
            whole = actor.offices_with("token.keep") is None
            assert may_grant(actor, role, [house.elsewhere]) is (whole and less), (login, role)
        assert roles_to_grant(actor) == [
            role
            for role, wanted in PERMISSIONS_OF.items()
            if wanted and wanted <= held and takes_no_more(role, actor.roles)
        ]


def test_another_offices_token_is_not_there_and_a_shared_one_is_not_ones_own_to_stop(house: House) -> None:
    theirs = Caller.of("frontdesk", house.elsewhere, name="别处的")
    shared = Caller.of("frontdesk", house.community, house.elsewhere, name="两处的")
    everywhere = Caller.of("frontdesk", name="处处的")
    director = desk("office_director")
    page = director.get("/systems/")
    lines = {
        row["name"]: (row["communities"], row["elsewhere"], row["may_revoke"]) for row in page.context["rows"]
    }
    assert lines == {"两处的": (["和风花园"], 1, False), "处处的": ([], 0, False)}
    assert house.elsewhere.name not in page.content.decode()
    assert post(director, f"/systems/{theirs.token.id}/revoke/", {}).status_code == 404
    for each in (shared, everywhere):
        assert post(director, f"/systems/{each.token.id}/revoke/", {}).status_code == 422
    assert not Token.objects.filter(revoked_at__isnull=False).exists()
    assert post(desk("general_manager"), f"/systems/{shared.token.id}/revoke/", {}).status_code == 302


@pytest.mark.parametrize("login", ["frontdesk", "cs_supervisor", "technician", "hr"])
def test_who_does_not_keep_them(house: House, login: str) -> None:
    assert desk(login).get("/systems/").status_code == 403
    assert post(desk(login), "/systems/", FORM).status_code == 403


def test_the_page_costs_the_same_for_one_and_for_three(house: House) -> None:
    director, counts = desk("office_director"), []
    for more in (1, 2):
        for _ in range(more):
            Caller.of("frontdesk", house.community)
        with CaptureQueriesContext(connection) as statements:
            assert director.get("/systems/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_whoever_runs_the_installation_may_all(house: House) -> None:
    act = house.by("office_director").act(now=at(NOW))
    token, _secret = grant_token(
        name="总部", role="general_manager", communities=None, by=None, act=act, ends_at=None
    )
    entry = Entry.objects.get(kind="token.made")
    assert (entry.facts, entry.book.level) == ({"role": "general_manager"}, "company")
    with pytest.raises(RuleViolation, match=r"token\.beyond_own"):
        withdraw_token(name="总部", by=house.by("office_director"), act=act)
    assert withdraw_token(name=token.name, by=None, act=act).revoked_at == at(NOW)
