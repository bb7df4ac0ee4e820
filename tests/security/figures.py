"""Figures of the attacks tried: how many cells, payloads, cases; printed at the end of a run.

A pytest plugin. A test says ``tried("cells of the staff matrix", 1234)``; what several workers say adds up.
"""

from collections import Counter
from collections.abc import Callable

import pytest

Tried = Callable[[str, int], None]
_counts: Counter[str] = Counter()


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Tried:
    """Return the function by which a test says how much it tried."""

    def say(what: str, count: int) -> None:
        request.node.user_properties.append((f"tried: {what}", count))

    return say


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        for name, value in report.user_properties:
            if name.startswith("tried: ") and isinstance(value, int):
                _counts[name.removeprefix("tried: ")] += value


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _counts:
        return
    terminalreporter.section("nobody in · 攻不进来")
    for what, count in sorted(_counts.items()):
        terminalreporter.write_line(f"{count:7} {what}")
