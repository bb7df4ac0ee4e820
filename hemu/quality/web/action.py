"""The page of one corrective action, which prints as the notice that is handed over, and its steps."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.acting import UNTRIED, Tried, try_act
from hemu.duties.queries import duties_of
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.steps import Step
from hemu.infra.moments import iso_local, office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import needs
from hemu.ledger.queries import timeline
from hemu.quality.models import CorrectiveAction
from hemu.quality.operations import take_step
from hemu.quality.queries import action_for, checkers_of, workers_of
from hemu.quality.rules import BOARD, FIGURES, LEADERS, ROUNDS, STEPS, is_independent
from hemu.quality.web.fields import NAMES, deadline, form_of
from hemu.quality.web.lines import figure_words, line, source_url
from hemu.quality.wording import COLUMNS, FACTS, SOURCES
from hemu.quality.wording import FIGURES as FIGURE_WORDS
from hemu.quality.wording import ROUNDS as ROUND_WORDS
from hemu.service_requests.web.panels import duty_rows, entry_rows

UNSAID = ("kind", "about")
"""Facts of the timeline that stand in the head of the page."""


@needs("action.view")
@require_GET
def action_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one, with the steps that this person may take."""
    staff = cast("StaffRequest", request)
    return _page(staff, _found(staff, number))


@needs("action.step")
@require_POST
def action_step(request: HttpRequest, number: str) -> HttpResponse:
    """Take a step (POST: step, version, words, what it asks for, files, key) and show the action again."""
    staff = cast("StaffRequest", request)
    found, step = _found(staff, number), staff.POST.get("step", "")
    body = {name: staff.POST.get(name, "") for name in ("step", "version", "words", *NAMES)}
    tried = try_act(
        staff,
        by=staff.actor.key,
        now=staff.now,
        typed=body | {"number": found.number},
        act=lambda files: _taken(staff, found, body, files),
    )
    if tried.refusal:
        return _page(staff, _found(staff, number), tried, body | {"refused": step})
    return redirect("action", found.number)


def _taken(
    staff: StaffRequest, found: CorrectiveAction, body: Mapping[str, str], files: list[str]
) -> dict[str, Any]:
    values = {name: body[name] for name in NAMES}
    if values["do_by"]:
        values["do_by"] = iso_local(deadline(values["do_by"])) or ""
    entry = take_step(
        number=found.number,
        step=body["step"],
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        words=body["words"],
        values=values,
        files=files,
        version=int(body["version"]) if body["version"].isdecimal() and len(body["version"]) < 10 else None,
    )
    return {"entry": str(entry.id)}


def _found(staff: StaffRequest, number: str) -> CorrectiveAction:
    try:
        return action_for(staff.actor, number)
    except RuleViolation as refusal:
        raise Http404(number) from refusal


def _page(
    staff: StaffRequest,
    found: CorrectiveAction,
    tried: Tried = UNTRIED,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    office, today = found.community.office, office_day(staff.now)
    rows, barred = _steps(staff, found)
    people = workers_of(found.community, on=today, about=found.about)
    entries = entry_rows(timeline(found.subject), office_rules(office, on=staff.now).time)
    hidden = {str(FACTS.get(name, name)) for name in UNSAID}
    context = {
        "action": found,
        "line": line(found, staff.now),
        "source": SOURCES[found.source],
        "about_url": source_url(found.about),
        "about_number": found.about.partition(":")[2] if source_url(found.about) else "",
        "figure": figure_words(found),
        "path": _path(found),
        "forms": [form_of(row, found, typed or {}) for row in rows],
        "barred": barred,
        "people": [each for each in people if each[0] != f"staff:{found.responsible_id}"],
        "figures": [(code, FIGURE_WORDS[code]) for code in FIGURES],
        "rounds": [(code, ROUND_WORDS[code]) for code in ROUNDS],
        "today": today.isoformat(),
        **tried.form(staff.actor.key, now=staff.now),
        "list_url": reverse("actions"),
        **_duties(found),
        "timeline": [
            {**each, "facts": [fact for fact in each["facts"] if str(fact[0]) not in hidden]}
            for each in entries[::-1]
        ],
    }
    return render(staff, "quality/action.html", context, status=tried.status)


def _steps(staff: StaffRequest, found: CorrectiveAction) -> tuple[list[Step], str]:
    """Return the steps this person may take, and why the others are for somebody else."""
    office = found.community.office_id
    roles = staff.actor.roles_at(office) if staff.actor.may("action.step", office) else frozenset()
    rows = STEPS.allowed(found.state, roles)
    mine = found.responsible_id == staff.actor.staff_id or bool(roles & LEADERS)
    rows = [row for row in rows if mine or not row.extras.get("own")]
    if not any(row.extras.get("second") for row in rows):
        return rows, ""
    hands = {f"staff:{each}" for each in (found.responsible_id, found.done_by_id) if each}
    there = checkers_of(found.community, on=office_day(staff.now), about=found.about)
    try:
        is_independent(by=staff.actor.key, hands=hands, checkers=there)
    except RuleViolation as refusal:
        barred = words_for(refusal) if found.state in ("done", "verified") else ""
        return [row for row in rows if not row.extras.get("second")], barred
    return rows, ""


def _duties(found: CorrectiveAction) -> dict[str, Any]:
    rows = duty_rows(duties_of(found.subject))
    ended = [each for each in rows if each["state"] != "open"]
    return {
        "duties": [each for each in rows if each["state"] == "open"],
        "ended": ended,
        "ended_late": sum(
            bool(each["met_at"] and each["due"] and each["met_at"] > each["due"]) for each in ended
        ),
    }


def _path(found: CorrectiveAction) -> list[dict[str, str]]:
    columns = list(BOARD)
    stands = next((at for at, column in enumerate(columns) if found.state in BOARD[column]), len(columns))
    words = [*(str(COLUMNS[column][0]) for column in columns), _("了结")]
    states = ["done"] * stands + ["current"] + ["todo"] * len(words)
    if found.state == "ended":
        states = ["done"] * len(words)
    return [{"word": word, "state": state} for word, state in zip(words, states, strict=False)]
