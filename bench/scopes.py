"""What each page asks of the database, by how much of the company its reader sees.

python -m bench.scopes ASKED     {scope: {page: [statements, cost]}}; what `bench.filling` printed

The cost is blocks on PostgreSQL, in memory or not, summed over a page's statements; on SQLite hundreds of steps of its
machine. Neither depends on the machine's mood.
"""

import json
import sys
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.sentences import COMMON_WORD, RARE_WORD, SOME_WORD  # noqa: E402
from hemu.access.models import Account  # noqa: E402
from hemu.estate.models import Home  # noqa: E402
from tests.proof.desk import form_of_registration  # noqa: E402

WARM_UPS, REGISTERED = 2, 20
STEPS = 100
SCOPES = ("one", "thirty", "all")
LIST = "/requests/"
PAGES = {
    "list": LIST,
    "list_open": f"{LIST}?state=open",
    "list_closed": f"{LIST}?state=closed",
    "list_waiting": f"{LIST}?state=waiting",
    "list_late": f"{LIST}?late=1",
    "list_type": f"{LIST}?type=complaint",
    "list_type_open": f"{LIST}?type=complaint&state=open",
    "list_trade": f"{LIST}?trade=cleaning",
    "list_channel_never": f"{LIST}?channel=fax",
    "list_nobody": f"{LIST}?person=nobody&state=open",
    "list_urged": f"{LIST}?urged=1",
    "list_reopened": f"{LIST}?reopened=1",
    "list_major": f"{LIST}?major=1",
    "list_outside": f"{LIST}?body=any",
    "list_building": f"{LIST}?building=1",
    "list_days": f"{LIST}?since=2025-11-01&until=2025-11-30",
    "list_second_page": f"{LIST}?after={{number}}",
    "search_common": f"{LIST}?q={COMMON_WORD}",
    "search_some": f"{LIST}?q={SOME_WORD}",
    "search_rare": f"{LIST}?q={RARE_WORD}",
    "search_phrase": f"{LIST}?q=楼道的灯",
    "search_room": f"{LIST}?q=1-1-101",
    "today": "/",
    "duties": "/duties/",
    "wall": "/wall/",
    "wall_screen": "/wall/?screen=1",
    "morning": "/wall/morning/",
    "review": "/wall/review/",
    "return_visits": "/return-visits/",
    "return_visits_late": "/return-visits/?late=1",
    "return_visits_all": "/return-visits/?state=all",
    "dispatch_waiting": "/dispatching/?list=waiting",
    "dispatch_pool": "/dispatching/?list=pool",
    "dispatch_in_hand": "/dispatching/?list=in_hand",
    "messages": "/messages/",
    "case": f"{LIST}{{number}}/",
    "case_open": f"{LIST}{{open_number}}/",
    "register": "/requests/register/",
}


def measure(asked: dict[str, Any]) -> dict[str, dict[str, list[int]]]:
    """Ask for every page as each of the readers."""
    found: dict[str, dict[str, list[int]]] = {}
    for scope in SCOPES:
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
        client.force_login(Account.objects.get(login=scope))
        found[scope] = {
            name: counted for name, path in PAGES.items() if (counted := _page(client, path.format(**asked)))
        }
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(Account.objects.get(login=asked["technician"]))
    found["one"]["field"] = _page(client, "/field/") or []
    found["one"]["registering"] = _registering(asked)
    return found


def _registering(asked: dict[str, Any]) -> list[int]:
    """Return the statements of registering, and the blocks or steps of one, all that it writes among them."""
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(Account.objects.get(login="one"))
    home = Home.objects.filter(community=asked["community"]).order_by("id")[0]
    who = {"community": asked["community"], "home": str(home.id)}

    def register() -> Any:
        form = form_of_registration(who, marker="bench", type="repair_public", key=uuid4().hex)
        return client.post("/requests/register/", form)

    queries, steps = captured(register)
    if connection.vendor == "sqlite":
        return [len(queries), steps]
    before = _touched()
    for _ in range(REGISTERED):
        register()
    return [len(queries), (_touched() - before) // REGISTERED]


def _touched() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def _page(client: Client, address: str) -> list[int] | None:
    """Return statements and cost; None where this reader has no such page."""
    if client.get(address).status_code in (403, 404):
        return None
    queries, steps = captured(lambda: client.get(address))
    if connection.vendor == "postgresql":
        return [len(queries), sum(blocks(query["sql"]) for query in queries)]
    return [len(queries), steps]


def captured(ask: Callable[[], Any]) -> tuple[list[dict[str, str]], int]:
    """Return the statements of one request, and the steps SQLite took, after others that fill the caches."""
    for _ in range(WARM_UPS):
        ask()
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(step, STEPS)
    with CaptureQueriesContext(connection) as found:
        answer: HttpResponse = ask()
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(None, 0)
    if answer.status_code not in (200, 302, 303):
        raise RuntimeError(f"{answer.status_code}: {answer.content.decode()[:2000]}")
    return found.captured_queries, steps


def blocks(sql: str) -> int:
    """Return the blocks that a statement touches, in memory or not, on PostgreSQL."""
    if not sql.lstrip("( ").upper().startswith("SELECT") or " FOR " in sql:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}".replace("%", "%%"), [])
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def explain(who: str, name: str, asked: dict[str, Any]) -> None:
    """Print the dearest statements of a page with their plans, to see why."""
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-CN")
    client.force_login(Account.objects.get(login=who))
    queries, _ = captured(lambda: client.get(PAGES[name].format(**asked)))
    for query in sorted(queries, key=lambda each: -blocks(each["sql"]))[:6]:
        print(f"\n── {blocks(query['sql'])} blocks ── {query['sql'][:1500]}")
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {query['sql']}".replace("%", "%%"), [])
            print("\n".join(row[0][:180] for row in cursor.fetchall()))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        explain(sys.argv[2], sys.argv[3], json.loads(sys.argv[1]))
    else:
        print(json.dumps(measure(json.loads(sys.argv[1]))))
