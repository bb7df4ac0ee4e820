"""Nothing acknowledged is lost: the short form of `make proof`, on the database of this run."""

import os

from tests.proof.__main__ import drill

DATABASE = os.environ.get("HEMU_TEST_DB", "sqlite")
SEED = 2026
KILLS = 15


def test_nothing_acknowledged_is_lost_when_web_and_worker_are_killed() -> None:
    report = drill(DATABASE, kills=KILLS, seed=SEED)
    assert report["problems"] == []
    assert report["kills"] == KILLS


def test_without_its_transaction_a_killed_operation_leaves_something_half_done() -> None:
    report = drill(DATABASE, kills=KILLS, seed=SEED, without_transaction=True)
    assert [text for text in report["problems"] if "no answer" not in text and "refused" not in text] != []
