"""What SQLite's planner is told, and which plans come of it."""

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.lookups import IsNull

from hemu.duties.models import Duty
from hemu.infra.indexes import Unsought
from hemu.infra.planner import facts
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.queries import WAITS
from hemu.service_requests.models import Request
from hemu.service_requests.queries import in_states
from hemu.service_requests.rules import State

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers its own"),
]

ANYBODY = UUID(int=7)


def test_each_fact_is_of_an_index_that_there_is() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL ORDER BY 1, 2")
        laid = {(table, index): numbers for table, index, numbers in cursor.fetchall()}
        for table, index, numbers in facts():
            cursor.execute(f"SELECT name FROM pragma_index_info('{index}')")
            columns = [name for (name,) in cursor.fetchall()]
            assert len(numbers.split()) == 1 + len(columns), (index, columns)
            assert laid[table, index] == numbers


def test_the_plans_are_those_that_were_measured() -> None:
    newest = Request.objects.order_by("-id")
    closed = in_states(newest, {State.CLOSED}).values_list("id")
    waiting = ReturnVisit.objects.filter(state__in=WAITS).order_by("due_at", "id").values_list("id")
    duties = Duty.objects.filter(state=Duty.State.OPEN, due_at__lte="2026-01-01T00:00:00+08:00")
    nobody = duties.filter(IsNull(Unsought(F("staff_id")), True), role="steward", office=ANYBODY)
    asked = {
        "sqlite_autoindex_service_requests_request_1": closed[:31],
        "request_open_anywhere": in_states(newest, {State.CLASSIFIED}).values_list("id")[:31],
        "return_visit_queue_anywhere": waiting[:31],
        "duty_open_by_role": nobody.values_list("id")[:100],
        "duty_open_of_person": duties.filter(staff=ANYBODY).values_list("id")[:100],
        "duty_due_anywhere": duties.order_by("due_at", "id").values_list("due_at", "id")[:200],
    }
    plans = {index: rows.explain() for index, rows in asked.items()}
    assert {index: index in plan for index, plan in plans.items()} == dict.fromkeys(asked, True), plans
