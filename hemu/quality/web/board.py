"""The board: plan, do, check, act, each a column of cards, what is due first on top."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.infra.web.needs import needs
from hemu.quality.queries import board_of
from hemu.quality.web.lines import choices, chosen, filtered, line, list_url, tabs
from hemu.quality.wording import COLUMNS


@needs("action.view")
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board (GET: community, kind, source, person)."""
    staff = cast("StaffRequest", request)
    filters = chosen(staff)
    columns = board_of(filtered(staff, filters))
    context = choices(staff, filters) | {
        "tabs": tabs(filters, "board"),
        "columns": [
            {
                "key": key,
                "title": COLUMNS[key][0],
                "lead": COLUMNS[key][1],
                "cards": [line(each, staff.now) for each in cards],
                "count": f"{len(cards)}{'+' if more else ''}",
                "more_url": list_url(filters, "open") if more else "",
            }
            for key, (cards, more) in columns.items()
        ],
        "empty": not any(cards for cards, _more in columns.values()),
    }
    return render(staff, "quality/board.html", context)
