"""What surrounds every operation: tokens, limits, languages, and refusals that machines can read."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hemu.access.models import Account, Token
from hemu.access.operations import make_token, revoke_token
from hemu.access.permissions import declared_permissions
from hemu.access.tests.house import House, at
from hemu.foundation.errors import RuleViolation
from hemu.infra.idempotency import once
from hemu.infra.web.errors import server_error
from hemu.interface.rules import cursor_of, parts_of, share_of
from hemu.interface.tests.caller import NOW, Caller
from hemu.interface.web import limits
from hemu.interface.web.api import api, description
from hemu.interface.web.serving import Need


def test_every_operation_declares_one_permission_and_every_post_takes_a_key() -> None:
    found = [
        operation
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    ]
    needs = [each for operation in found for each in operation.auth_callbacks]
    assert len(needs) == len(found) >= 12
    assert {each.permission for each in needs if isinstance(each, Need)} <= declared_permissions()
    assert all(isinstance(each, Need) for each in needs)
    for methods in description()["paths"].values():
        for method, operation in methods.items():
            assert operation["security"] == [{"token": []}]
            keys = [each["required"] for each in operation["parameters"] if each["name"] == "Idempotency-Key"]
            assert keys == ([True] if method == "post" else [])


def test_the_description_is_open_and_says_its_version(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "token.missing"),
        ("Bearer", "token.missing"),
        ("Basic YTpi", "token.missing"),
        ("Bearer hemu_", "token.not_valid"),
        ("Bearer " + "x" * 500, "token.not_valid"),
        ("Bearer hemu_wrong", "token.not_valid"),
    ],
)
def test_without_a_token_nothing_is_answered(house: House, header: str, code: str) -> None:
    client = Client(headers={"Authorization": header} if header else {})
    client.force_login(Account.objects.get(login="office_director"))  # a session opens nothing here
    answer = client.get("/api/v1/requests")
    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="hemu"')
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_token_ends_and_is_revoked_and_notes_its_last_use(house: House) -> None:
    _token, secret = make_token(
        name="呼叫中心",
        role="frontdesk",
        communities=[house.community],
        now=at(NOW),
        ends_at=at("2026-10-01 09:00"),
    )
    caller = Caller(Token.objects.get(), secret)
    assert secret not in str(list(Token.objects.values()))
    assert caller.get("requests").status_code == 200
    assert Token.objects.get().last_used_at == at(NOW)
    assert caller.get("requests", when="2026-10-01 08:59").status_code == 200
    assert caller.get("requests", when="2026-10-01 09:00").status_code == 401
    revoke_token(name="呼叫中心", now=at(NOW))
    assert caller.get("requests").status_code == 401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "token.no_name"),
        ({"role": "emperor"}, "token.unknown_role"),
        ({"role": "committee_chair"}, "token.unknown_role"),
        ({"communities": []}, "token.no_community"),
        ({"ends_at": at(NOW)}, "token.ended"),
        ({"name": "有了"}, "token.name_taken"),
    ],
)
def test_a_token_that_cannot_be(house: House, change: dict[str, object], code: str) -> None:
    Caller.of("frontdesk", house.community, name="有了")
    given = {"name": "新的", "role": "frontdesk", "communities": None, "ends_at": None, **change}
    with pytest.raises(RuleViolation) as refused:
        make_token(**given, now=at(NOW))  # type: ignore[arg-type]
    assert (refused.value.code, Token.objects.count()) == (code, 1)


def test_too_many_calls_are_told_when_to_come_again(caller: Caller, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 3
    when = "2026-09-30 16:00:20"
    assert [caller.get("requests", when=when).status_code for _ in range(3)] == [200, 200, 200]
    for _ in range(2):
        refused = caller.get("requests", when=when)
        told = (refused.status_code, refused.json()["code"], refused.headers["Retry-After"])
        assert told == (429, "api.too_many", "40")
    assert caller.get("requests", when="2026-09-30 16:01").status_code == 200


@pytest.mark.parametrize(("most", "share"), [(1, 1), (3, 1), (39, 1), (40, 2), (600, 30)])
def test_every_web_process_counts_into_one_minute(
    caller: Caller, settings: Any, most: int, share: int
) -> None:
    """What one process took, the next finds taken; and while a share lasts no statement is asked."""
    settings.API_CALLS_A_MINUTE = most
    token, passed = caller.token.id, 0
    for _process in range(most // share + 5):
        limits.forget()
        for _call in range(share):
            passed += limits.seconds_to_wait(token, now=at(NOW)) == 0
    assert (passed, share_of(most)) == (most, share)
    assert limits.seconds_to_wait(token, now=at(NOW)) == 60
    assert limits.seconds_to_wait(token, now=at("2026-09-30 16:01")) == 0
    limits.forget()
    behind = [limits.seconds_to_wait(token, now=at(NOW)) for _ in range(most - share + 1)]
    assert behind == [0] * (most - share) + [60]  # a clock behind takes from the minute begun elsewhere


def test_a_share_of_calls_costs_one_statement(
    caller: Caller, settings: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.API_CALLS_A_MINUTE = 60
    with django_assert_num_queries(2):
        assert [limits.seconds_to_wait(caller.token.id, now=at(NOW)) for _ in range(6)] == [0] * 6
    settings.API_CALLS_A_MINUTE = 6
    with django_assert_num_queries(1):  # six are taken; refused, the rest of the minute asks nothing more
        assert [limits.seconds_to_wait(caller.token.id, now=at(NOW)) for _ in range(6)] == [60] * 6


def test_cursors() -> None:
    assert parts_of(cursor_of("a", "乙"), 2) == ["a", "乙"]
    for cursor, count in (("", 2), ("YQ", 2), ("*", 1), ("/w", 1), ("4", 1)):
        with pytest.raises(RuleViolation, match=r"page\.unknown_cursor"):
            parts_of(cursor, count)


@pytest.mark.parametrize(
    ("language", "detail"),
    [("zh-CN,zh", "没有这个编号"), ("en", "There is no"), ("fr", "没有")],
)
def test_a_refusal_speaks_the_callers_language(caller: Caller, language: str, detail: str) -> None:
    answer = caller.get("requests/HFHY-2026-99999", headers={"Accept-Language": language})
    assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")
    assert detail[:2] in answer.json()["detail"]


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", ["nothing", "requests/", "../v1/requests/x/y/z"])
def test_what_is_no_address_is_a_problem_too(db: None, method: str, address: str) -> None:
    answer = getattr(Client(), method)(f"/api/v1/{address}")
    assert (answer.status_code, answer.json()["code"]) == (404, "api.not_found")


def test_what_an_address_does_not_do(caller: Caller) -> None:
    answer = caller._call("delete", "requests", NOW, {})
    assert (answer.status_code, answer.json()["code"]) == (405, "api.wrong_method")
    assert sorted(answer.headers["Allow"].split(", ")) == ["GET", "POST"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[1]", b'"x"', b"null", b'{"text": "\\ud800"}', b"1" * 5000]
)
def test_a_body_that_is_none(caller: Caller, body: bytes) -> None:
    answer = caller.post("requests", body)
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_body_that_is_too_large(caller: Caller, settings: object) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]
    answer = caller.register(text="水" * 1000)
    assert (answer.status_code, answer.json()["code"]) == (413, "api.too_large")


@pytest.mark.parametrize("key", [None, "", "钥匙", "x" * 256])
def test_a_post_without_a_key_does_nothing(caller: Caller, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    answer = caller._call("post", "requests", NOW, headers, data={}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "api.invalid")
    assert "header" in str(answer.json()["errors"])


def test_no_other_site_and_no_cache_gets_an_answer(caller: Caller) -> None:
    answer = caller.get("requests", headers={"Origin": "https://elsewhere.example.cn"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_an_error_of_ours_is_no_page(rf: object) -> None:
    request = rf.get("/api/v1/requests")  # type: ignore[attr-defined]
    try:
        raise OperationalError("no")
    except OperationalError:
        answer = server_error(request)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code >= 500


@pytest.mark.django_db(transaction=True)
def test_a_key_that_is_in_use_is_refused_not_waited_for(house: House, caller: Caller) -> None:
    """The second call comes while the first is at work, on a connection of its own; SQLite has one writer at a time."""
    from threading import Thread

    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    answers = []

    def ask() -> None:
        answers.append(caller.register(key="same"))
        connection.close()

    def act() -> dict[str, object]:
        second = Thread(target=ask)
        second.start()
        second.join(120)
        return {}

    once(account=caller.key, key="same", body={}, now=at(NOW), act=act, wait=False)
    assert [(each.status_code, each.json()["code"], each.headers["Retry-After"]) for each in answers] == [
        (409, "key.in_use", "1")
    ]


@pytest.mark.parametrize("address", ["/api/v1/no/such", "/api/v1/rosters/%0A", "/api/v1/rosters/%C2%9F/x"])
def test_an_address_that_is_none_is_answered_as_programs_read_it(db: None, address: str) -> None:
    answer = Client().post(address, "{}", content_type="application/json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
