"""The picture of a member of staff: set, replaced, erased."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from hemu.access.web.gate import StaffRequest
from hemu.attachments.web.taking import files_brought
from hemu.estate.models import Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.staffing.operations_portrait import remove_portrait, set_portrait
from hemu.staffing.queries import offices_of
from hemu.staffing.rules import Authority
from hemu.staffing.web.person import do_for


@needs("staff.change")
@require_POST
def portrait(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Set the picture (POST: files or file.photo), or erase it (POST: act=remove)."""

    def do(staff: StaffRequest, member: Staff, by: Authority) -> None:
        by.require(offices_of(member, today=office_day(staff.now)))
        act = staff.actor.act(now=staff.now)
        if request.POST.get("act") == "remove":
            remove_portrait(staff=member, act=act)
            return
        files = files_brought(request, by=staff.actor.key, now=staff.now)
        if not files.ids:
            raise RuleViolation("file.none_chosen")
        set_portrait(staff=member, file=files.ids[-1], act=act)

    return do_for(request, staff_id, "portrait", do)
