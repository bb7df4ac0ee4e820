from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.operations import step_return_visit
from hemu.service_requests.models import Request
from hemu.service_requests.tests.desk import Desk

HEARD = {"result": "satisfied", "attitude": "good", "timely": "in_time"}


class Visitors(Desk):
    """A desk that also does return visits."""

    def repaired(self, resolved: str = "2026-09-30 16:30", by: str = "technician") -> Request:
        request = self.register("repair_home", "2026-09-30 16:00")
        self.step(request, "frontdesk classify", "2026-09-30 16:05")
        return self.step(request, f"{by} resolve", resolved)

    def complaint(self, closed: str = "2026-09-30 17:30", judged: dict[str, str] | None = None) -> Request:
        request = self.register("complaint", "2026-09-30 16:00")
        self.step(request, "frontdesk classify", "2026-09-30 16:05")
        if judged:
            self.step(request, "security judge", "2026-09-30 16:20", **judged)
        self.step(request, "security resolve", "2026-09-30 16:30")
        self.step(request, "frontdesk inform", "2026-09-30 17:00", channel="phone")
        self.step(request, "frontdesk confirm", "2026-09-30 17:10")
        return self.step(request, "frontdesk close", closed)

    def visit(self, request: Request) -> ReturnVisit:
        return ReturnVisit.objects.filter(request=request).latest("id")

    def ask(
        self,
        visit: ReturnVisit,
        line: str,
        when: str,
        words: str = "写明。",
        entered: str = "",
        **values: Any,
    ) -> ReturnVisit:
        """Take one step written ``login step``."""
        login, name = line.split()
        by = self.house.by(login)
        act = by.act(now=at(entered or when), at=at(when))
        return step_return_visit(number=visit.number, step=name, act=act, by=by, words=words, values=values)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Visitors:
    return Visitors(house)
