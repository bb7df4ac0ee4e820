"""What the worker says of work that fails: where the database is away, one line that asks nobody to do anything."""

import pytest
from django.db import OperationalError

from hemu.config.worker import _log

pytestmark = pytest.mark.pure
CASES = [
    (OperationalError("database is locked"), ("WARNING", "round x waits: the database is away", False)),
    (OperationalError("database or disk is full"), ("WARNING", "round x waits: the database is full", False)),
    (ValueError("x"), ("ERROR", "round x failed", True)),
]


@pytest.mark.parametrize(("error", "said"), CASES)
def test_a_round_that_fails(
    error: Exception, said: tuple[str, str, bool], caplog: pytest.LogCaptureFixture
) -> None:
    _log(error, "round x")
    assert [(each.levelname, each.getMessage(), bool(each.exc_info)) for each in caplog.records] == [said]
