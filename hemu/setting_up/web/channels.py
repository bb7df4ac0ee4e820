"""The ways out to owners: which are set up, and a real test message."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hemu.access.web.gate import StaffRequest
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.messaging.channels import CHANNELS, ready_channels
from hemu.setting_up.operations import set_profile, try_channel
from hemu.setting_up.queries import facts_of, last_tests
from hemu.setting_up.web.forms import back, back_url
from hemu.setting_up.web.overview import PERMISSION, chosen_community
from hemu.setting_up.wording import CHANNEL_NAMES, TEST_TEXT, TEST_TITLE

NEEDED = {
    "sms": ("HEMU_SMS_URL", "HEMU_SMS_SECRET"),
    "email": ("EMAIL_URL", "HEMU_EMAIL_FROM"),
    "wecom": ("HEMU_WECOM_URL",),
}


@needs(PERMISSION)
@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """Show each channel: whether it is set up, how its last test went."""
    return _page(cast("StaffRequest", request))


def _page(staff: StaffRequest, refusal: RuleViolation | None = None, channel: str = "") -> HttpResponse:
    community = chosen_community(staff)
    if community is None:
        return redirect("setup_another")
    ready, tests = ready_channels(), last_tests()
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "words": CHANNEL_NAMES[name],
            "ready": name in ready,
            "test": tests.get(name),
            "needs": NEEDED[name],
            "typed": staff.POST.get("to", "") if name == channel else "",
            "refusal": words_for(refusal) if refusal and name == channel else "",
        }
        for name in CHANNELS
    ]
    context = {
        "rows": rows,
        "community": community,
        "back_url": back_url(community),
        "public_url": settings.PUBLIC_URL,
        "none_ready": not any(row["ready"] for row in rows),
        "copy_only": facts_of(community, now=staff.now).copy_only,
    }
    return render(staff, "setting_up/channels.html", context, status=status_of(refusal) if refusal else 200)


@needs(PERMISSION)
@require_POST
def send_test(request: HttpRequest) -> HttpResponse:
    """Send one real message (POST: channel, to)."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    channel = request.POST.get("channel", "")
    if community is None:
        return redirect("setup_another")
    to = request.POST.get("to", "").strip()[:100]
    try:
        try_channel(
            channel=channel,
            to=to if channel == "email" else to.replace(" ", "").replace("-", ""),
            title=str(TEST_TITLE),
            text=str(TEST_TEXT) % {"office": community.office.name},
            book=community.book_id,
            act=staff.actor.act(now=staff.now),
        )
    except RuleViolation as refusal:
        return _page(staff, refusal, channel)
    return redirect(f"{request.path.removesuffix('test/')}?community={community.id}")


@needs(PERMISSION)
@require_POST
def copy_only(request: HttpRequest) -> HttpResponse:
    """Tell owners by copied text for now, from today on."""
    staff = cast("StaffRequest", request)
    community = chosen_community(staff)
    if community is None:
        return redirect("setup_another")
    values = {"messages.owner_channels": ["copy"]}
    since = office_day(staff.now)
    set_profile(office=community.office, values=values, since=since, act=staff.actor.act(now=staff.now))
    return back(community)
