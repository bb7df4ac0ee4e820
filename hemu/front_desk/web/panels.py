"""What the desk has to show on a case's page."""

from django.utils.html import format_html

from hemu.access.web.gate import StaffRequest
from hemu.front_desk.web import group, photos
from hemu.service_requests.models import Request


def desk_panels(staff: StaffRequest, found: Request) -> str:
    return format_html("{}{}", group.panel(staff, found), photos.panel(staff, found))


PANELS = {"request": desk_panels}
