"""What is late, by person: one page to print for the morning meeting."""

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.console.web.lines import duty_lines
from hemu.console.web.views import due_for
from hemu.duties.models import Duty
from hemu.estate.wording import ROLES
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.infra.wording import date_words

SECOND = timedelta(seconds=1)


@needs("duty.view")
@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """Show who has what late: the person it lies with, or the post that owes it; the most first."""
    staff = cast("StaffRequest", request)
    found = due_for(staff.actor, until=staff.now - SECOND)
    lines = duty_lines(found, staff.actor)
    people: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for duty, line in zip(found, lines, strict=True):
        people.setdefault(_whose(duty), []).append(line)
    context = {
        "day_words": date_words(office_day(staff.now)),
        "people": [
            {"name": name, "post": post, "count": len(rows), "rows": rows}
            for (name, post), rows in sorted(people.items(), key=lambda each: (-len(each[1]), each[0]))
        ],
        "duties_url": reverse("duties"),
    }
    return render(request, "console/late.html", context)


def _whose(duty: Duty) -> tuple[str, str]:
    """Return the name of the person with whom a duty lies, and the post that owes it; no name: it lies with the post."""
    return (duty.staff.name if duty.staff else "", str(ROLES[duty.role]))
