"""What is late, by person: one page to print for the morning meeting."""

from collections.abc import Sequence
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
PAPER_LINES = 50
"""Lines of the size of this sheet on one page of A4, its head left out."""


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
    most_first = sorted(people.items(), key=lambda each: (-len(each[1]), each[0]))
    paper = printed([len(rows) for _, rows in most_first])
    context = {
        "day_words": date_words(office_day(staff.now)),
        "people": [
            {
                "name": name,
                "post": post,
                "count": len(rows),
                "rows": rows,
                "on_paper": shown,
                "off_paper": len(rows) - shown,
            }
            for ((name, post), rows), shown in zip(most_first, paper, strict=True)
        ],
        "duties_url": reverse("duties"),
    }
    return render(request, "console/late.html", context)


def printed(counts: Sequence[int]) -> list[int]:
    """Return how many lines of each person one page of A4 holds: as many for everybody as fit, those who have least all.

    A person takes two lines for the name and one for what is left out; the counts of all stand on top, four in a line.
    """
    room = PAPER_LINES - -(-len(counts) // 4)
    for most in range(max(counts, default=0), 0, -1):
        if sum(2 + min(each, most) + (each > most) for each in counts) <= room:
            return [min(each, most) for each in counts]
    some = max(0, room // 4)
    return [1] * min(some, len(counts)) + [0] * max(0, len(counts) - some)


def _whose(duty: Duty) -> tuple[str, str]:
    """Return the name of the person with whom a duty lies, and the post that owes it; no name: it lies with the post."""
    return (duty.staff.name if duty.staff else "", str(ROLES[duty.role]))
