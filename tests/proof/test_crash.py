"""Nothing acknowledged is lost: the short form of `make proof`, on the database of this run."""

import os
from collections.abc import Iterator

import pytest

from tests.proof.catalogue import FAULTS
from tests.proof.faults import Run
from tests.proof.ground import clear_away

DATABASE = os.environ.get("HEMU_TEST_DB", "sqlite")
SEED, KILLS = 2026, 8
F1 = FAULTS["F1"]
CONTROLS = range(3)
"""So often a control is tried: where the kills fall is chance, and that none of them leaves a trace is possible."""


@pytest.fixture(scope="module", autouse=True)
def _ground() -> Iterator[None]:
    yield
    clear_away()


def test_nothing_acknowledged_is_lost_when_web_and_worker_are_killed() -> None:
    assert F1.run(Run(DATABASE, KILLS, SEED, strict=False)).problems == []


def test_without_its_transaction_a_killed_operation_leaves_something_half_done() -> None:
    runs = (Run(DATABASE, F1.again, SEED + each, control=True, strict=False) for each in CONTROLS)
    assert any(F1.run(run).problems for run in runs)
