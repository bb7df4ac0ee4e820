"""What one request asks of the database, counted in a process of its own with Django.

python -m bench.statements register WHO     {"statements": n}
python -m bench.statements pages WHO        {page: {"statements": n, "blocks": n}}; blocks on PostgreSQL only
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
from hemu.service_requests.models import Request  # noqa: E402
from tests.proof.desk import CASES, REGISTER, form_of_registration  # noqa: E402

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


def pages(who: dict[str, str]) -> dict[str, dict[str, int]]:
    """Count the list and its usual filters, one case of the middle, the duties and the first page."""
    client = client_of(who)
    middle = Request.objects.order_by("id")[Request.objects.count() // 2].number
    addresses = {
        "list": CASES,
        "list_open": f"{CASES}?state=open",
        "list_late": f"{CASES}?late=1",
        "list_type": f"{CASES}?type=complaint",
        "list_trade": f"{CASES}?trade=cleaning&state=open",
        "list_rare": f"{CASES}?channel=fax&since=2020-01-01",
        "list_person": f"{CASES}?person=nobody&state=waiting",
        "list_urged": f"{CASES}?urged=1&state=open",
        "list_building": f"{CASES}?building=1",
        "list_search": f"{CASES}?q=楼道",
        "case": f"{CASES}{middle}/",
        "wall": "/wall/",
        "morning": "/wall/morning/",
        "duties": "/duties/",
        "today": "/",
    }
    found = {}
    for name, address in addresses.items():
        queries = captured(lambda address=address: client.get(address), (200,))
        found[name] = {"statements": len(queries), "blocks": sum(blocks(query["sql"]) for query in queries)}
    found["floor"] = {"statements": 1, "blocks": blocks(str(Request.objects.order_by("-id")[:50].query))}
    return found


def blocks(sql: str) -> int:
    """Return the blocks that a statement touches, in memory or not, on PostgreSQL."""
    if connection.vendor != "postgresql" or not sql.lstrip().upper().startswith("SELECT"):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}".replace("%", "%%"), [])
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


if __name__ == "__main__":
    print(json.dumps({"register": register, "pages": pages}[sys.argv[1]](json.loads(sys.argv[2]))))
