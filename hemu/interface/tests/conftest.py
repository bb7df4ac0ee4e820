from collections.abc import Iterator

import pytest

from hemu.access.tests.house import House, found_house
from hemu.interface.tests.caller import Caller
from hemu.interface.web import limits


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def caller(house: House) -> Caller:
    """Another system with the role of the supervisor of customer service, in the first community."""
    return Caller.of("cs_supervisor", house.community)


@pytest.fixture(autouse=True)
def _counted_anew() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()
