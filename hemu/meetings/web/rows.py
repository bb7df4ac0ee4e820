"""Meetings, plans, topics and outcomes as rows that several pages show."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemu.infra.moments import office_day
from hemu.infra.wording import Status
from hemu.meetings.models import Meeting, Outcome
from hemu.meetings.queries_minutes import stands
from hemu.meetings.rules import State
from hemu.meetings.rules_planning import Plan, PlanStep
from hemu.meetings.wording import (
    MEETING_KINDS,
    MEETING_STATES,
    MINUTES_STATES,
    NOT_REPORTED,
    OUTCOMES,
    RESULTS,
    TO_REPORT,
    WHAT,
)


def meeting_row(each: Meeting, url: str = "meeting") -> dict[str, Any]:
    """Return a meeting as lists show it; once held, where its minutes stand is what matters."""
    minutes = MINUTES_STATES[stands(each)] if each.state == State.HELD else None
    return {
        "url": reverse(url, args=[each.id]),
        "kind": MEETING_KINDS[each.kind],
        "starts_at": each.starts_at,
        "place": each.place,
        "status": minutes or MEETING_STATES[each.state],
    }


def plan_rows(plan: Plan, *, today: date) -> list[dict[str, Any]]:
    """Return the days of a plan, each with what is due on it and how far off it is."""
    days: dict[date, list[PlanStep]] = {}
    for each in plan.steps:
        days.setdefault(each.date, []).append(each)
    return [
        {
            "day": day,
            "away": _away((day - today).days, all(each.done_on for each in steps)),
            "tone": _tone(steps),
            "missed": all(not each.possible for each in steps),
            "done": all(each.done_on for each in steps),
            "steps": [_step(each) for each in steps],
        }
        for day, steps in days.items()
    ]


def _step(each: PlanStep) -> dict[str, Any]:
    url = reverse("clause", args=[each.clause])
    return {
        "what": WHAT[each.what],
        "clause": each.clause,
        "url": url,
        "missed": not each.possible,
        "done": each.done_on,
    }


def _tone(steps: list[PlanStep]) -> str:
    if any(not each.possible for each in steps):
        return "brick"
    return "own" if all(each.done_on for each in steps) else ""


def _away(days: int, done: bool) -> str:
    if done:
        return ""
    if days < 0:
        return ngettext("过了 %(n)d 天", "过了 %(n)d 天", -days) % {"n": -days}
    return ngettext("还有 %(n)d 天", "还有 %(n)d 天", days) % {"n": days} if days else _("就是今天")


def outcome_row(each: Outcome, *, passed_over: bool = False) -> dict[str, Any]:
    """Return a resolution or a suggestion with who answers for it, until when, and what was reported back."""
    status: Status = RESULTS[each.result] if each.result else NOT_REPORTED if passed_over else TO_REPORT
    return {
        "id": str(each.id),
        "kind": OUTCOMES[each.kind],
        "text": each.text,
        "who": each.responsible.name,
        "do_by": office_day(each.do_by),
        "action": reverse("action", args=[each.action.number]) if each.action else "",
        "number": each.action.number if each.action else "",
        "status": status,
        "report": each.report,
        "topic": str(each.topic_id or ""),
    }
