"""From the first factor to the session: straight in, by a second factor, or by enrolling one first."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hemu.access.backend import may_enter
from hemu.access.models import Account
from hemu.infra.moments import office_day
from hemu.sign_in.queries import factor_due_for, has_factor

HALF_IN = "half_in"
BY_CODE = "by_code"
"""Marks a session whose holder has given a code of the second factor in it."""
BY_PIN = "by_pin"
"""Marks a session that began with the PIN of a known phone in place of the password."""
HALF_IN_FOR = timedelta(minutes=10)
BACKEND = "hemu.access.backend.AccountBackend"


def enter(
    request: HttpRequest, account: Account, target: str, *, now: datetime, by_pin: bool = False
) -> HttpResponse:
    """Let in who has given a password, a code of entry or a PIN, or ask for what is still needed."""
    if has_factor(account):
        return _half_in(request, account, target, now, "log_in_code", by_pin)
    due = factor_due_for(account.staff, now=now)
    if due is None:
        return let_in(request, account, target, by_pin=by_pin)
    if due <= office_day(now):
        return _half_in(request, account, target, now, "factor_enrol", by_pin)
    let_in(request, account, target, by_pin=by_pin)
    return HttpResponseRedirect(f"{reverse('factor_enrol')}?{urlencode({'next': target})}")


def _half_in(
    request: HttpRequest, account: Account, target: str, now: datetime, following: str, by_pin: bool
) -> HttpResponse:
    request.session.flush()
    request.session[HALF_IN] = {
        "account": account.pk,
        "until": (now + HALF_IN_FOR).isoformat(),
        "next": target,
        BY_PIN: by_pin,
    }
    return HttpResponseRedirect(reverse(following))


def half_in(request: HttpRequest, *, now: datetime) -> tuple[Account | None, str]:
    """Return who has given the password and nothing more yet, ten minutes ago at most, and where they want to go."""
    noted = request.session.get(HALF_IN)
    if not noted or datetime.fromisoformat(noted["until"]) < now:
        return None, ""
    account = Account.objects.select_related("staff").filter(pk=noted["account"]).first()
    return (account, noted["next"]) if account and may_enter(account) else (None, "")


def let_in(
    request: HttpRequest, account: Account, target: str, *, by_code: bool = False, by_pin: bool = False
) -> HttpResponse:
    """Begin the session, under a new key.

    Args:
        by_code: whether a code of the second factor has just been given.
        by_pin: whether a PIN stood in for the password; half way in it is known from there.
    """
    noted = request.session.pop(HALF_IN, None) or {}
    auth.login(request, account, BACKEND)
    request.session[BY_CODE] = by_code
    request.session[BY_PIN] = by_pin or (noted.get("account") == account.pk and bool(noted.get(BY_PIN)))
    return HttpResponseRedirect(target or "/")
