"""The slips with which people come in for the first time: made, shown once, printed, cut apart."""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.infra.moments import office_day
from hemu.infra.web.needs import needs
from hemu.sign_in.operations_codes import give_entry_code
from hemu.sign_in.rules import ENTRY_CODE_DAYS, shown_code
from hemu.sign_in.web.factor import qr
from hemu.staffing.queries import authority_of, offices_of, staff_seen_by

MOST = 300


@needs("staff.change")
@never_cache
@require_POST
def slips(request: HttpRequest) -> HttpResponse:
    """Make and show slips (POST: staff, several; none: everybody who has not been in yet)."""
    staff = cast("StaffRequest", request)
    accounts = _chosen(staff)
    if not accounts:
        return redirect("staff")
    act = staff.actor.act(now=staff.now)
    base = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    rows: list[dict[str, Any]] = []
    for account in accounts:
        code = give_entry_code(account=account, act=act)
        link = f"{base}{reverse('first_entry_code', args=[code])}"
        rows.append(
            {"name": account.staff.name, "login": account.login, "code": shown_code(code), "qr": qr(link)}
        )
    context = {"rows": rows, "address": f"{base}{reverse('first_entry')}", "days": ENTRY_CODE_DAYS}
    return render(request, "staffing/slips.html", context)


def _chosen(request: StaffRequest) -> list[Account]:
    """Return the accounts to make slips for: those asked for, or all that were never in, as far as one may."""
    today, authority = office_day(request.now), authority_of(request.actor)
    seen = (
        staff_seen_by(request.actor, today=today)
        .filter(left_on__isnull=True)
        .exclude(id=request.actor.staff_id)
    )
    accounts = (
        Account.objects.select_related("staff").filter(staff__in=seen, is_active=True).order_by("staff__name")
    )
    asked = request.POST.getlist("staff")
    if asked:
        accounts = accounts.filter(staff__in=[UUID(each) for each in asked if _is_id(each)])
    else:
        accounts = accounts.filter(password__startswith="!", staff__posts__isnull=False).distinct()
    return [
        account
        for account in accounts[:MOST]
        if all(authority.covers(office) for office in offices_of(account.staff, today=today))
    ]


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
