"""A large company's day: the duties that the worker opens for 1,000 communities, and an outbox of 100,000 rows.

python -m bench.daily     prints figures; the database is empty before
"""

import time
from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench import dialects  # noqa: E402
from bench.figures import figure  # noqa: E402
from hemu.duties.models import Duty  # noqa: E402
from hemu.estate.models import Community  # noqa: E402
from hemu.estate.operations import open_community, open_office  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.identity import new_id  # noqa: E402
from hemu.infra.moments import parse_moment  # noqa: E402
from hemu.messaging.models import Outgoing  # noqa: E402
from hemu.messaging.operations import tell_everybody  # noqa: E402
from hemu.service_requests.models import Request  # noqa: E402
from hemu.supervision.tasks import look_around  # noqa: E402

COMMUNITIES, MESSAGES, PLACES = 1_000, 100_000, 50
MORNING = parse_moment("2026-11-23 08:30")


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
    """Tell everybody of fifty communities, 100,000 rows, and write the same rows anew by COPY where there is one."""
    table = Outgoing._meta.db_table
    places = list(Community.objects.order_by("id").values_list("id", flat=True)[:PLACES])
    with connection.cursor() as cursor:
        _people(cursor)
        start = time.perf_counter()
        told = sum(_tell(place) for place in places)
        selected = time.perf_counter() - start
        again = sum(_tell(place) for place in places)
        if (told, again) != (MESSAGES, 0):
            raise RuntimeError(f"told {told}, once more {again}")
        if name != "postgresql":
            figure(f"outbox.{name}.rows", selected, "s", rows=told)
            return
        rows = StringIO()
        with cursor.copy(f"COPY {table} TO STDOUT") as copy:
            for block in copy:
                rows.write(bytes(block).decode())
        cursor.execute(f"TRUNCATE {table} CASCADE")  # who was told by it, too: there is nothing yet
        start = time.perf_counter()
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            copy.write(rows.getvalue())
        figure(f"outbox.{name}.rows", selected, "s", time.perf_counter() - start, rows=told, limit_ratio=3)


def _tell(place: UUID) -> int:
    return tell_everybody(
        community=place, on=MORNING.date(), topic="notice", subject="notice:1", key="notice:1", now=MORNING,
        not_before=MORNING, facts={},
    )  # fmt: skip


def _people(cursor: "dialects.Cursor") -> None:
    """Give each of the fifty communities homes, and each home an owner with a number."""
    dialects.let_name_ids()
    each = MESSAGES // PLACES
    person, home, phone, tie = (
        dialects.named_id(f"'{word}:' || place.n || ':' || h.n")
        for word in ("person", "home", "phone", "tie")
    )
    places = (
        "(SELECT id, row_number() OVER (ORDER BY id) AS n FROM estate_community ORDER BY id"
        f" LIMIT {PLACES}) AS place CROSS JOIN {dialects.series(each)} AS h"
    )
    number = "'199' || substr(CAST(100000000 + place.n * 10000 + h.n AS text), 2)"
    room = "CAST(h.n AS text)"
    blank = f"'1', '1', {room}, '1-1-' || {room}, 'occupied', '[]', '{{}}', '', ''"
    for into, values in (
        ("estate_home (id, community_id, building, unit, room, written, occupancy, flags, imported, parking, remark)",
         f"{home}, place.id, {blank}"),
        ("estate_person (id, name, initials, is_company)", f"{person}, '', '', {dialects.no()}"),
        ("estate_phone (id, person_id, number, position)", f"{phone}, {person}, {number}, 0"),
        ("estate_tie (id, person_id, home_id, kind)", f"{tie}, {person}, {home}, 'owner'"),
    ):  # fmt: skip
        cursor.execute(f"INSERT INTO {into} SELECT {values} FROM {places}")
    dialects.settle(cursor)


if __name__ == "__main__":
    measure()
