import pytest

from hemu.access.tests.house import House, found_house


@pytest.fixture
def house(db: None) -> House:
    return found_house()
