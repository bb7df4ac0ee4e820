from typing import Any

import pytest

from hemu.access.tests.house import House, at, found_house
from hemu.paper_pads.models import Pad
from hemu.paper_pads.operations import register_sheet, reserve_pad
from hemu.service_requests.models import Request
from hemu.service_requests.operations import Caller
from hemu.service_requests.tests.desk import Desk

RESERVED, CALLED, ENTERED = at("2026-09-30 09:00"), "2026-09-30 10:00", "2026-10-08 09:00"


class PadDesk(Desk):
    """A desk with pads of paper."""

    def reserve(self, count: int = 3, login: str = "frontdesk") -> Pad:
        by = self.house.by(login)
        return reserve_pad(community=self.house.community, count=count, by=by, act=by.act(now=RESERVED))

    def type_in(self, number: str, login: str = "frontdesk", **more: Any) -> Request:
        by = self.house.by(login)
        act = by.act(now=at(more.pop("entered", ENTERED)), at=at(more.pop("when", CALLED)))
        values: dict[str, Any] = {
            "community": self.house.community,
            "home": self.house.home,
            "type": "complaint",
            "text": "楼道的灯不亮。",
            "caller": Caller(self.house.owner.id, "示例业主", "19900001234"),
            "late_reason": "停电",
            **more,
        }
        return register_sheet(number=number, by=by, act=act, **values)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> PadDesk:
    return PadDesk(house)
