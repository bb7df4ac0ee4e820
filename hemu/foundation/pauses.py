"""Clocks that stand still: what a pause does to time that runs off."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from hemu.foundation.hours import OfficeTime

Pause = tuple[datetime, datetime]
"""From (inclusive) to (exclusive). A pause that still lasts carries the moment it is planned to end."""


def merged(pauses: Sequence[Pause], begun: datetime, time: OfficeTime) -> list[Pause]:
    """Return what of the pauses lies after ``begun``, in order; those that touch or overlap are one."""
    found: list[Pause] = []
    for stops, resumes in sorted((time.local(stops), time.local(resumes)) for stops, resumes in pauses):
        stops = max(stops, begun)
        if found and stops <= found[-1][1]:
            found[-1] = (found[-1][0], max(resumes, found[-1][1]))
        elif resumes > stops:
            found.append((stops, resumes))
    return found


def stands_still(moment: datetime, pauses: Iterable[Pause]) -> bool:
    """Tell whether the clock stands at ``moment``."""
    return any(stops <= moment < resumes for stops, resumes in pauses)


def run_off(
    begun: datetime,
    left: timedelta,
    pauses: Iterable[Pause],
    add: Callable[[datetime, timedelta], datetime] = lambda moment, span: moment + span,
    between: Callable[[datetime, datetime], timedelta] = lambda earlier, later: later - earlier,
) -> datetime:
    """Return when ``left`` has run off since ``begun``, standing still in the (merged) pauses.

    ``add`` and ``between`` measure time; by default every minute counts.
    """
    now = begun
    for stops, resumes in pauses:
        if add(now, left) <= stops:
            break
        left -= between(now, stops)
        now = resumes
    return add(now, left)
