import pytest

from hemu.access.tests.house import House, found_house
from hemu.service_requests.tests.desk import Desk


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)
