"""A large company's day: the duties that the worker opens for 1,000 communities, and an outbox of 100,000 rows.

python -m bench.daily     prints figures; the database is empty before
"""

import time
from datetime import datetime, timedelta
from io import StringIO

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.figures import figure  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.estate.models import Community  # noqa: E402
from hemu.estate.operations import open_community, open_office  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.infra.moments import parse_moment  # noqa: E402
from hemu.messaging.models import Outgoing  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402
from hemu.supervision.tasks import look_around  # noqa: E402

COMMUNITIES, MESSAGES = 1_000, 100_000
MORNING = parse_moment("2026-11-23 08:30")
COLUMNS = ("id", "key", "recipient", "address", "channel", "topic", "subject", "facts", "state", "not_before",
           "tries", "error", "provider_id", "asked_count")  # fmt: skip


def measure() -> None:
    """Print how long the day's duties and sheets take, and the outbox against the database's own floor."""
    name = connection.vendor
    with clock.standing_at(MORNING):
        _company(MORNING - timedelta(days=3))
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            done = look_around(MORNING)
        seconds = time.perf_counter() - start
    duties = Duty.objects.filter(clause="RQ-13").count()
    figure(f"day.{name}.duties", seconds, "s", duties=duties, done=done, communities=COMMUNITIES)
    figure(f"day.{name}.statements", len(asked.captured_queries) / COMMUNITIES, "statements/community")
    _outbox(name)


def _company(since: datetime) -> None:
    for number in range(COMMUNITIES):
        open_community(name=f"量{number}区", office=open_office(name=f"量{number}处", now=since), now=since)
    Request.objects.bulk_create(
        Request(
            id=new_id(since), number=f"{each.code}-2026-00001", community=each, state="received", type="complaint",
            channel="phone", text="楼道的灯不亮", happened_at=since, registered_at=since,
        )
        for each in Community.objects.all()
    )  # fmt: skip


def _outbox(name: str) -> None:
    """Make an outbox of 100,000 rows by INSERT … SELECT, and the same rows anew by COPY where there is one."""
    table, columns = Outgoing._meta.db_table, ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {_row(name)}")
        selected = time.perf_counter() - start
        if name != "postgresql":
            figure(f"outbox.{name}.rows", selected, "s", rows=MESSAGES)
            return
        rows = StringIO()
        with cursor.copy(f"COPY {table} ({columns}) TO STDOUT") as copy:
            for block in copy:
                rows.write(bytes(block).decode())
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"VACUUM {table}")
        start = time.perf_counter()
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write(rows.getvalue())
        figure(
            f"outbox.{name}.rows", selected, "s", time.perf_counter() - start, rows=MESSAGES, limit_ratio=3
        )


def _row(name: str) -> str:
    moment = f"'{MORNING.isoformat(sep=' ')}'"
    if name == "postgresql":
        own = "gen_random_uuid(), 'notice:1:' || n, 'owner', '199' || lpad(n::text, 8, '0')"
        facts, moment = "'{}'::jsonb", f"{moment}::timestamptz"
        rows = f"generate_series(1, {MESSAGES}) AS n"
    else:
        own, facts = "lower(hex(randomblob(16))), 'notice:1:' || n, 'owner', '199' || n", "'{}'"
        rows = f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {MESSAGES}) SELECT n FROM s)"
    return f"{own}, 'sms', 'notice', 'notice:1', {facts}, 'waiting', {moment}, 0, '', '', 0 FROM {rows}"


if __name__ == "__main__":
    measure()
