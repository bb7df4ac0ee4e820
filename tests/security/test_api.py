"""The interface as every role's token: operations from its own description × things × relation (B3)."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemu.access.models import Token
from hemu.access.operations import make_token
from hemu.access.roles import PERMISSIONS_OF
from hemu.estate.models import Community
from hemu.infra import clock
from hemu.interface.web import limits
from hemu.interface.web.api import description
from tests.security.addresses import none_like
from tests.security.answers import Answer, answer_of, kept_out
from tests.security.city import CALLED, NOW, City, signed_in
from tests.security.figures import Tried

CELLS = "cells: tokens × operations × relation"
THINGS = {
    "number": "request",
    "entry_id": "entry",
    "community_id": "community",
    "home_id": "home",
    "import_id": "roster",
    "webhook_id": "webhook",
}
"""What a name in a path of the description names."""
BODY = {"expected_version": 1, "words": "写明。", "values": {}}
BODIES: dict[str, Any] = {"/api/v1/rosters/{import_id}/write": {}}
SURE = sorted(role for role, held in PERMISSIONS_OF.items() if held)
_NAME = re.compile(r"{(\w+)}")


def operations() -> list[tuple[str, str]]:
    """Return (method, path) of every operation that names a thing."""
    paths = description()["paths"]
    found = [(method, path) for path, methods in paths.items() for method in methods]
    return sorted((method, path) for method, path in found if set(_NAME.findall(path)) - {"step"})


def test_every_operation_that_names_a_thing_is_in_the_matrix() -> None:
    named = {name for _method, path in operations() for name in _NAME.findall(path)} - {"step"}
    assert named <= set(THINGS)
    assert operations()


def token_of(role: str, *communities: Community) -> str:
    limits.forget()
    token, secret = make_token(
        name=f"{role} {len(communities)} {Token.objects.count()}", role=role, communities=list(communities),
        now=CALLED, ends_at=None,
    )  # fmt: skip
    Token.objects.filter(id=token.id).update(last_used_at=NOW)
    return secret


def ask(secret: str, method: str, url: str, body: Any = None) -> Answer:
    """Call the interface, and keep nothing of what it may have written."""
    limits.forget()
    headers = {"Idempotency-Key": "k-1"} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    with clock.standing_at(NOW), kept_out(), CaptureQueriesContext(connection) as statements:
        found = getattr(Client(raise_request_exception=False), method)(
            f"/api/v1{url}", headers=headers, **more
        )
    return answer_of(found, [each["sql"] for each in statements.captured_queries])


def addresses(city_side: Any, path: str) -> tuple[str, str]:
    """Return the address of a side's thing and of nothing."""
    there = nowhere = path.removeprefix("/api/v1").replace("{step}", "urge")
    for name in _NAME.findall(path):
        if name != "step":
            value = city_side.things.get(THINGS[name], "00000000-0000-7000-8000-00000000000a")
            there = there.replace(f"{{{name}}}", value)
            nowhere = nowhere.replace(f"{{{name}}}", none_like(value))
    return there, nowhere


def test_what_is_not_yours_answers_like_what_is_not_there(city: City, tried: Tried) -> None:
    wrong, cells = [], 0
    for role in SURE:
        secret = token_of(role, city.mine.community)
        for method, path in operations():
            url, no_url = addresses(city.theirs, path)
            body = BODIES.get(path, BODY) if method == "post" else None
            theirs, nowhere = ask(secret, method, url, body), ask(secret, method, no_url, body)
            cells += 2
            if theirs != nowhere or theirs.status not in (403, 404, 422) or city.theirs.phone in theirs.body:
                wrong.append((role, method, path, theirs.status, theirs.statements, nowhere.statements))
    assert not wrong, "\n".join(map(str, wrong))
    tried(CELLS, cells)


def test_ones_own_is_there(city: City, tried: Tried) -> None:
    """The control."""
    secret = token_of("cs_supervisor", city.mine.community)
    for method, path in operations():
        if "webhook" in path:
            continue
        url, no_url = addresses(city.mine, path)
        body = BODIES.get(path, BODY) if method == "post" else None
        assert ask(secret, method, url, body) != ask(secret, method, no_url, body), (method, path)
    tried(CELLS, 2 * len(operations()))


def test_a_list_holds_only_ones_own(city: City, tried: Tried) -> None:
    paths = description()["paths"]
    lists = [path for path, methods in paths.items() if "get" in methods and not _NAME.search(path)]
    for role in SURE:
        secret = token_of(role, city.mine.community)
        for path in lists:
            answer = ask(secret, "get", path.removeprefix("/api/v1"))
            things = {each for each in city.theirs.things.values() if len(each) > 6}
            for canary in (*things, city.theirs.phone, city.theirs.owner.name):
                assert canary not in answer.body, (role, path, canary)
    tried(CELLS, len(SURE) * len(lists))


@pytest.mark.parametrize("how", ["none", "wrong", "revoked", "ended", "cookie"])
def test_without_a_token_that_counts_nothing_opens(city: City, tried: Tried, how: str) -> None:
    cells = 0
    secret = (
        {"none": "", "wrong": "x" * 40, "cookie": ""}.get(how) if how in ("none", "wrong", "cookie") else None
    )
    if secret is None:
        secret = token_of("cs_supervisor", city.mine.community)
        Token.objects.update(**({"revoked_at": CALLED} if how == "revoked" else {"ends_at": CALLED}))
    clerk = signed_in("cs_supervisor")
    for path, methods in description()["paths"].items():
        for method in methods:
            url, _no = addresses(city.mine, path)
            if how == "cookie":
                answer = getattr(clerk, method)(f"/api/v1{url}")
                status = answer.status_code
            else:
                status = ask(secret, method, url, BODY if method == "post" else None).status
            assert status == 401, (how, method, path)
            cells += 1
    tried(CELLS, cells)
