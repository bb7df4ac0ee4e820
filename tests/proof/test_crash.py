"""Nothing acknowledged is lost: the short form of `make proof`, on the database of this run."""

import os
from collections.abc import Iterator

import pytest

from tests.proof.catalogue import FAULTS
from tests.proof.faults import Run
from tests.proof.ground import clear_away

DATABASE = os.environ.get("HEMU_TEST_DB", "sqlite")
SEED = 2026
SHORT = {"F1": 8, "F9": 10} if DATABASE == "sqlite" else {"F1": 8}


@pytest.fixture(scope="module", autouse=True)
def _ground() -> Iterator[None]:
    yield
    clear_away()


@pytest.mark.parametrize("name", SHORT)
def test_it_holds(name: str) -> None:
    found = FAULTS[name].run(Run(DATABASE, SHORT[name], SEED, strict=False))
    assert found.problems == []


@pytest.mark.parametrize("name", SHORT)
def test_without_its_protection_the_fault_is_found(name: str) -> None:
    found = FAULTS[name].run(Run(DATABASE, 3, SEED, control=True, strict=False))
    assert found.problems != []
