"""How duties stand is counted again after whatever changed them, by whichever path, and lateness shows by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from hemu.access.tests.house import House, at, found_house
from hemu.duties.models import Duty
from hemu.duties.operations import look_after, open_between
from hemu.duty_wall import triggers
from hemu.duty_wall.models import AreaStanding, Standing, Touched
from hemu.duty_wall.operations import fold
from hemu.duty_wall.queries import clauses_level
from hemu.duty_wall.rules import Cell
from hemu.estate.operations import switch_clauses
from hemu.infra.identity import new_id

NOW = at("2026-11-09 09:00")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
OPEN = {"state": "open", "fulfilled_at": None, "ended_by": None}


@pytest.fixture
def house(db: None) -> House:
    return found_house()


def duty(house: House, clause: str = "HO-02", due: str = "2026-11-20 18:00", **more: object) -> Duty:
    made = Duty(
        id=new_id(NOW), key=f"{clause}:{new_id(NOW).hex}", clause=clause, book_id=house.community.book_id,
        office=house.office, subject="clause:x", role="steward", start_at=NOW, due_at=at(due) if due else None, **more,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def count(now: datetime = NOW) -> None:
    while fold(now=now):
        pass


def rows() -> list[tuple[object, ...]]:
    found = Standing.objects.order_by("month", "clause")
    return list(found.values_list("clause", "month", "late", "open", "met", "met_late"))


def test_whatever_changes_a_duty_is_counted_again(house: House) -> None:
    first, second = duty(house), duty(house)
    undated = duty(house, "RQ-11", due="", late_at=None)
    count()
    assert rows() == [("HO-02", NOVEMBER, 0, 2, 0, 0), ("RQ-11", NOVEMBER, 0, 1, 0, 0)]
    ended = {"state": "fulfilled", "fulfilled_at": NOW, "ended_by": new_id(NOW)}
    Duty.objects.filter(id=first.id).update(**ended)
    Duty.objects.filter(id=second.id).update(**ended, late_at=NOW)
    Duty.objects.filter(id=undated.id).update(state="void", ended_by=new_id(NOW))
    count()
    assert rows() == [("HO-02", NOVEMBER, 0, 0, 1, 1)]
    Duty.objects.filter(id=first.id).update(**OPEN, due_at=at("2026-12-01 00:00"))
    count()
    assert rows() == [("HO-02", NOVEMBER, 0, 0, 0, 1), ("HO-02", DECEMBER, 0, 1, 0, 0)]
    Duty.objects.filter(id=second.id).update(due_at=at("2026-11-30 23:59:59"))
    Duty.objects.filter(id=first.id).delete()
    count()
    assert rows() == [("HO-02", NOVEMBER, 0, 0, 0, 1)]
    assert list(AreaStanding.objects.values_list("area", "by_hand", "month", "met_late")) == [
        ("HO", True, NOVEMBER, 1)
    ]
    assert Touched.objects.count() == 0


def test_what_the_worker_alone_does_to_a_duty_is_not_counted_again(house: House) -> None:
    made = duty(house)
    count()
    Duty.objects.filter(id=made.id).update(next_at=NOW, rung=2, warn_at=NOW, pauses=[])
    assert (Touched.objects.count(), fold(now=NOW)) == (0, 0)


def test_what_was_rolled_back_leaves_nothing(house: House) -> None:
    with transaction.atomic():
        duty(house)
        transaction.set_rollback(True)
    assert Touched.objects.count() == 0


def test_births_and_lateness(house: House) -> None:
    """A period's duties are born in bulk; once its due time is past it is late, before the worker has looked."""
    switch_clauses(community=house.community, what=["RQ-11"], since=date(2026, 11, 9), on=True, now=NOW)
    open_between(first=date(2026, 11, 9), last=date(2026, 11, 16), now=NOW)
    count()
    dues = list(Duty.objects.order_by("due_at").values_list("due_at", flat=True))
    assert [(len(dues), *rows())] == [(2, ("RQ-11", NOVEMBER, 0, 2, 0, 0))]

    def shown(now: datetime) -> Cell:
        return clauses_level(house.community.book_id, last=NOVEMBER, now=now)[1]["RQ-11"].cells[NOVEMBER]

    assert dues[0] is not None
    last_second, past = dues[0], dues[0] + timedelta(seconds=1)
    assert shown(last_second - timedelta(days=1)) == Cell(open=2)
    assert shown(last_second) == Cell(open=2, today=True)
    assert shown(past) == Cell(late=1, open=2)  # nobody has counted since
    assert (fold(now=last_second), fold(now=past), fold(now=past)) == (0, 1, 0)
    assert rows() == [("RQ-11", NOVEMBER, 1, 2, 0, 0)]
    look_after(now=past)
    count(past)
    assert rows() == [("RQ-11", NOVEMBER, 1, 2, 0, 0)]


def dropped() -> None:
    on = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in triggers.statements():
            cursor.execute(f"DROP TRIGGER {name}{on}")


def backfilled() -> None:
    import_module("hemu.duty_wall.migrations.0003_count_those_of_before").note_months(
        apps, connection.schema_editor()
    )


@pytest.mark.parametrize("mend", [triggers.put_back, backfilled])
def test_duties_of_before_the_triggers_are_counted(house: House, mend: Callable[[], None]) -> None:
    """Negative control too: without the triggers nothing is noted."""
    dropped()
    duty(house)
    assert (fold(now=NOW), len(triggers.missing())) == (0, 3)
    mend()
    count()
    assert rows() == [("HO-02", NOVEMBER, 0, 1, 0, 0)]


def test_a_month_is_counted_however_many_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hemu.duty_wall.operations.AT_A_TIME", 1)
    duty(house)
    duty(house, due="2026-12-05 18:00")
    assert [fold(now=NOW), fold(now=NOW), fold(now=NOW)] == [1, 1, 0]
    assert [row[1] for row in rows()] == [NOVEMBER, DECEMBER]
