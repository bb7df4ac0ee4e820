"""My day: what one owes today and this week, each with the button that starts the work which yields the evidence."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.access.actors import Actor
from hemu.console.web.lines import cases_of, duty_lines, end_of
from hemu.duties.models import Duty
from hemu.duties.operations.births import SUBJECT
from hemu.duties.queries import is_by_hand
from hemu.duty_calendar.queries import hidden_from, owed_by
from hemu.foundation.due import is_late
from hemu.infra.moments import office_day
from hemu.infra.web.starts import start_for
from hemu.service_requests.models import Request
from hemu.service_requests.rules import STEPS
from hemu.service_requests.wording import STEPS as STEP_WORDS
from hemu.sop.register import load_register

DAYS, MOST, SHOWN = 7, 100, 12


def my_day(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Return what one owes in groups: late, today, this week; the first lines of each, and how many there are."""
    found = owed_by(actor, until=end_of(now, days=DAYS - 1), most=MOST, on=office_day(now))
    hidden = hidden_from(actor)
    found = [each for each in found if each.subject not in hidden]
    ends = end_of(now, days=0)
    groups: dict[str, list[Duty]] = {"late": [], "today": [], "week": []}
    for each in found:
        assert each.due_at is not None
        late = is_late(now, each.due_at)
        groups["late" if late else "today" if each.due_at <= ends else "week"].append(each)
    cases = cases_of([duty for rows in groups.values() for duty in rows[:SHOWN]])
    words = {"late": _("已逾期"), "today": _("今天之内"), "week": _("这一周")}
    return [
        {
            "key": key,
            "title": words[key],
            "count": f"{MOST}+" if len(found) == MOST else len(rows),
            "rows": started(rows[:SHOWN], actor, cases),
            "more": max(0, len(rows) - SHOWN),
        }
        for key, rows in groups.items()
        if rows
    ]


def started(duties: list[Duty], actor: Actor, cases: dict[str, Request]) -> list[dict[str, Any]]:
    """Return duties as `duty_lines` shows them, each with the button that starts its work."""
    lines = duty_lines(duties, actor, cases)
    return [
        line | {"start": start_of(duty, cases.get(duty.subject), actor)}
        for duty, line in zip(duties, lines, strict=True)
    ]


def start_of(duty: Duty, case: Request | None, actor: Actor) -> dict[str, str] | None:
    """Return the words and the address of the button that starts a duty's work; None where its own page must do.

    A duty kept by hand starts with its form, one on a case with the step that yields the evidence, or where the case
    is not yet so far with the step that comes next; else the room says it that writes the evidence.
    """
    if duty.subject.startswith(f"{SUBJECT}:") and is_by_hand(duty.clause):
        return {"words": _("交凭据"), "url": reverse("duty", args=[duty.id])}
    kinds = load_register().clause(duty.clause).evidence_rule.kinds()
    if case is not None:
        allowed = STEPS.allowed(case.state, actor.roles_at(duty.office_id))
        step = next((each for each in allowed if each.extras["kind"] in kinds), None)
        if step is None and not start_for(kinds):
            step = allowed[0] if allowed else None
        if step is not None:
            url = f"{reverse('request', args=[case.number])}#step-{step.name}"
            return {"words": str(STEP_WORDS[step.name]), "url": url}
    start = None if duty.subject.startswith("rate:") else start_for(kinds)
    return {"words": str(start.words), "url": start.url(duty.subject)} if start else None
