import pytest

from hemu.access.tests.house import House, found_house
from hemu.estate.roster import staging
from hemu.infra import clock
from tests.security.city import NOW, City, build


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PAUSE_SECONDS", 0)


@pytest.fixture
def house(db: None) -> House:
    return found_house()


@pytest.fixture
def city(house: House) -> City:
    with clock.standing_at(NOW):
        return build(house)
