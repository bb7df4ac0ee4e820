"""What the registering page says of pads."""

from django.template.loader import render_to_string

from hemu.access.web.gate import StaffRequest


def about_registering(request: StaffRequest, nothing: object) -> str:
    """Return the way to the pads, for the day when all is down and the day after."""
    return render_to_string("paper_pads/panel.html", {}, request)


PANELS = {"register": about_registering}
