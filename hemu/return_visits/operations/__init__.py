"""Writing return visits: born with the end of the work or the case, taken through the steps of their table."""

from hemu.return_visits.operations.opening import (
    follow_duties,
    open_after_complaint,
    open_return_visit,
    void_return_visits,
)
from hemu.return_visits.operations.stepping import step_return_visit

__all__ = [
    "follow_duties",
    "open_after_complaint",
    "open_return_visit",
    "step_return_visit",
    "void_return_visits",
]
