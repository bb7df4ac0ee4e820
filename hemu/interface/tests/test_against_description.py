"""Every operation against its own description, as five roles, with data that fits it and data that does not.

Nothing here is left to chance: the examples are the same in every run, the clock stands, and what a call writes is
taken back before the next.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hemu.access.tests.house import House, at
from hemu.infra.clock import standing_at
from hemu.interface.tests.caller import NOW, Caller
from hemu.interface.web.api import description
from hemu.ledger.models import Entry

ROLES = ("frontdesk", "technician", "cs_supervisor", "office_director", "finance")
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 8 if connection.vendor == "sqlite" else 3
OPERATIONS = {
    found["operationId"]: (method.upper(), address)
    for address, methods in description()["paths"].items()
    for method, found in methods.items()
}
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@pytest.fixture
def operations(house: House) -> Iterator[dict[str, Any]]:
    for signal in (request_started, request_finished):  # the connection is the test's, no call closes it
        signal.disconnect(close_old_connections)
    yield _operations()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def _operations() -> dict[str, Any]:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found: list[Any] = [cast("Any", result).ok() for result in schema.get_all_operations()]
    return {each.definition.raw["operationId"]: each for each in found}


@pytest.fixture
def callers(house: House, settings: Any) -> Iterator[dict[str, Caller]]:
    settings.API_CALLS_A_MINUTE = 1_000_000
    with standing_at(at(NOW)):
        yield {role: Caller.of(role, house.community, name=role) for role in ROLES}


def there(house: House, callers: dict[str, Caller]) -> dict[str, str]:
    """Return what is there to be asked for; half of the examples ask for it."""
    number = callers["frontdesk"].register(key="there").json()["number"]
    return {
        "number": number,
        "entry_id": str(Entry.objects.get(kind="request.registered").id),
        "community_id": str(house.community.id),
        "home_id": str(house.home.id),
    }


@pytest.mark.parametrize("name", sorted(OPERATIONS))
@pytest.mark.parametrize("mode", [POSITIVE, NEGATIVE], ids=["fits", "does_not_fit"])
def test_every_operation_as_five_roles(
    house: House, callers: dict[str, Caller], operations: dict[str, Any], name: str, mode: GenerationMode
) -> None:
    known, ran = there(house, callers), 0

    def one(case: Any) -> None:
        nonlocal ran
        ran += 1
        if mode is POSITIVE and ran % 2:
            _ask_for_what_is_there(case, known)
        for role in ROLES:
            answer = _called(case, f"Bearer {callers[role].secret}")
            checks = CHECKS if mode is POSITIVE or role == "finance" else [*CHECKS, negative_data_rejection]
            case.validate_response(answer, checks=checks)
            if mode is POSITIVE and case.method == "GET":
                assert answer.status_code in (200, 403, 404), answer.text

    _with_examples(operations[name].as_strategy(generation_mode=mode), one)
    assert ran >= 1


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_operation_answers_without_a_token(
    house: House, callers: dict[str, Caller], operations: dict[str, Any], name: str
) -> None:
    def one(case: Any) -> None:
        for header in (None, "Bearer hemu_wrong", "Basic YTpi", f"Token {callers['frontdesk'].secret}"):
            answer = _called(case, header)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"][0].startswith("Bearer")

    _with_examples(operations[name].as_strategy(generation_mode=POSITIVE), one, examples=1)


def _with_examples(strategy: Any, run: Callable[[Any], None], examples: int = EXAMPLES) -> None:
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def drawn(case: Any) -> None:
        run(case)

    drawn()


def _ask_for_what_is_there(case: Any, known: dict[str, str]) -> None:
    asked = case.path_parameters or {}
    asked.update({name: known[name] for name in asked if name in known})
    if isinstance(case.body, dict):
        case.body.update({"community": "和风花园"} if "community" in case.body else {})
        if "expected_version" in case.body:
            case.body["expected_version"] = 1


def _called(case: Any, authorization: str | None) -> Any:
    """Call, and take back what the call wrote: no example stands on the one before."""
    case.headers.pop("Authorization", None)
    with transaction.atomic():
        try:
            return case.call(headers={"Authorization": authorization} if authorization else {})
        finally:
            transaction.set_rollback(True)
