"""What one request asks of the database, counted in a process of its own with Django.

python -m bench.statements register WHO     {"statements": n}
"""

import json
import sys
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from hemu.access.models import Account  # noqa: E402
from tests.proof.desk import REGISTER, form_of_registration  # noqa: E402

WARM_UPS = 2


def client_of(who: dict[str, str]) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(Account.objects.get(login=who["login"]))
    return client


def captured(ask: Any, status: tuple[int, ...]) -> list[dict[str, str]]:
    """Return the statements of one request, after others that fill the caches."""
    for _ in range(WARM_UPS):
        ask()
    with CaptureQueriesContext(connection) as found:
        answer: HttpResponse = ask()
    if answer.status_code not in status:
        raise RuntimeError(f"{answer.status_code}: {answer.content.decode()[:2000]}")
    return found.captured_queries


def register(who: dict[str, str]) -> dict[str, int]:
    client = client_of(who)

    def ask() -> Any:
        return client.post(
            REGISTER, form_of_registration(who, marker="bench", type="complaint", key=str(uuid4()))
        )

    return {"statements": len(captured(ask, (302, 303)))}


if __name__ == "__main__":
    print(json.dumps({"register": register}[sys.argv[1]](json.loads(sys.argv[2]))))
