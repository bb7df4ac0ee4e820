from datetime import timedelta
from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.dispatching.operations import add_rule
from hemu.estate.models import Post, Shift
from hemu.ledger.operations import Act
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

NOW = at("2026-09-30 16:10")


class Exchange(Desk):
    """A desk with people on duty and rules."""

    def on_duty(self, *logins: str, begins: str = "2026-09-30 08:00", hours: int = 12) -> None:
        Shift.objects.bulk_create(
            Shift(
                office=self.house.office,
                staff_id=self.house.by(login).staff_id,
                role=login,
                begins_at=at(begins),
                ends_at=at(begins) + timedelta(hours=hours),
            )
            for login in logins
        )

    def belongs(self, *logins: str) -> None:
        """Let people belong to the department 工程部."""
        ids = [self.house.by(login).staff_id for login in logins]
        Post.objects.filter(staff__in=ids).update(department=self.house.department)

    def act(self, login: str, when: str = "2026-09-30 16:10") -> tuple[Any, Act]:
        by = self.house.by(login)
        return by, by.act(now=at(when))

    def rule(self, **values: Any) -> str:
        by, act = self.act("cs_supervisor", "2026-09-29 09:00")
        return str(add_rule(office=self.house.office, act=act, by=by, **values).id)

    def sorted(self, type: str = "repair_home", trade: str = "repair", **more: Any) -> Request:
        case = self.register(type, **more)
        return self.step(case, "frontdesk classify", "2026-09-30 16:05", type=type, trade=trade)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Exchange:
    return Exchange(house)
