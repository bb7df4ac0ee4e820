"""Writing return visits: born with the end of the work or the case, taken through the steps of their table."""

from hemu.return_visits.operations.opening import (
    open_after_complaint,
    open_after_work,
    open_return_visit,
    void_return_visit,
)
from hemu.return_visits.operations.stepping import step_return_visit

__all__ = [
    "open_after_complaint",
    "open_after_work",
    "open_return_visit",
    "step_return_visit",
    "void_return_visit",
]
