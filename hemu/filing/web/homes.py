"""The owner's file of a home: its table of contents, and what is missing."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.operations import log_read
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Home
from hemu.filing.operations.printing import print_home_file
from hemu.filing.queries_homes import home_file
from hemu.filing.web.items import row_of
from hemu.filing.wording import PIECES
from hemu.infra.web.needs import needs
from hemu.papers.web.forms import PDF, answer


@needs("archive.view")
@require_GET
def home_page(request: HttpRequest, home: UUID) -> HttpResponse:
    """Show the file of a home; that it was opened is in the read log."""
    staff = cast("StaffRequest", request)
    found = _home(staff, home)
    holds = home_file(found, by=staff.actor)
    may_file = staff.actor.may("archive.keep", found.community.office_id)
    asked = {"community": str(found.community_id), "room": found.written}
    log_read(by=staff.actor, subject=f"home:{found.id.hex}", what="file", now=staff.now)
    context = {
        "home": found,
        "rows": [row_of(each) for each in holds.items],
        "missing": [
            {
                "words": PIECES[each],
                "url": f"{reverse('archive_new')}?{urlencode({**asked, 'piece': each})}" if may_file else "",
            }
            for each in holds.missing
        ],
        "new_url": f"{reverse('archive_new')}?{urlencode(asked)}" if may_file else "",
        "list_url": f"{reverse('archive')}?{urlencode({'scope': str(found.community_id)})}",
    }
    return render(staff, "filing/home.html", context)


@needs("archive.view")
@never_cache
@require_GET
def home_contents(request: HttpRequest, home: UUID) -> HttpResponse:
    """Return the table of contents as PDF, to be put into the bag."""
    staff = cast("StaffRequest", request)
    found = _home(staff, home)
    made = print_home_file(found, home_file(found, by=staff.actor), by=staff.actor, now=staff.now)
    return answer(f"{found.written}.pdf", made, PDF)


def _home(staff: StaffRequest, home: UUID) -> Home:
    rows = Home.objects.filter(staff.actor.within("archive.view")).select_related("community__office")
    found = rows.filter(id=home).first()
    if found is None:
        raise Http404(str(home))
    return found
