"""What a month's return visits of home repairs come to (RV-07)."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from hemu.duties.models import Duty
from hemu.estate.models import Community
from hemu.foundation.due import Period
from hemu.return_visits.models import ReturnVisit
from hemu.return_visits.rules import State


@dataclass(frozen=True)
class VisitFigures:
    """The return visits of home repairs that came up in a month, and what owners said (RV-03, RV-07)."""

    opened: int
    done: int
    in_time: int
    unreachable: int
    waiting: int
    satisfied: int
    partly: int
    unsatisfied: int
    attitude_poor: int
    not_in_time: int
    not_independent: int

    def plain(self) -> dict[str, int]:
        """Return the figures by name."""
        return asdict(self)


def visit_figures(community: Community, month: Period) -> VisitFigures:
    """Return what became of the repair visits opened in a month; what waits counts as not done.

    *In time* are those done by when their duty was due: one working day after the work.
    """
    rows = ReturnVisit.objects.filter(
        community=community, kind="repair", opened_at__gte=month.start, opened_at__lt=month.end
    ).exclude(state=State.VOID)
    visits = list(rows.values("state", "result", "attitude", "timely", "independent", "trigger"))
    late = _late_triggers([each["trigger"] for each in visits])
    done = [each for each in visits if each["result"]]
    results = Counter(each["result"] for each in done)
    return VisitFigures(
        opened=len(visits),
        done=len(done),
        in_time=sum(each["trigger"] not in late for each in done),
        unreachable=sum(each["state"] == State.UNREACHABLE for each in visits),
        waiting=sum(each["state"] == State.OPEN for each in visits),
        satisfied=results["satisfied"],
        partly=results["partly"],
        unsatisfied=results["unsatisfied"],
        attitude_poor=sum(each["attitude"] == "poor" for each in done),
        not_in_time=sum(each["timely"] == "late" for each in done),
        not_independent=sum(each["independent"] is False for each in done),
    )


def _late_triggers(triggers: list[Any]) -> set[Any]:
    late = Duty.objects.filter(key__in=[f"RV-03:{each.hex}" for each in triggers], late_at__isnull=False)
    return set(late.values_list("trigger", flat=True))
