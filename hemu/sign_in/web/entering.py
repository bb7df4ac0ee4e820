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
HALF_IN_FOR = timedelta(minutes=10)
BACKEND = "hemu.access.backend.AccountBackend"


def enter(request: HttpRequest, account: Account, target: str, *, now: datetime) -> HttpResponse:
    """Let in who has given a password or a code of entry, or ask for what is still needed."""
    if has_factor(account):
        return _half_in(request, account, target, now, "log_in_code")
    due = factor_due_for(account.staff, now=now)
    if due is None:
        return let_in(request, account, target)
    if due <= office_day(now):
        return _half_in(request, account, target, now, "factor_enrol")
    auth.login(request, account, BACKEND)
    return HttpResponseRedirect(f"{reverse('factor_enrol')}?{urlencode({'next': target})}")


def _half_in(
    request: HttpRequest, account: Account, target: str, now: datetime, following: str
) -> HttpResponse:
    request.session.flush()
    request.session[HALF_IN] = {
        "account": account.pk,
        "until": (now + HALF_IN_FOR).isoformat(),
        "next": target,
    }
    return HttpResponseRedirect(reverse(following))


def half_in(request: HttpRequest, *, now: datetime) -> tuple[Account | None, str]:
    """Return who has given the password and nothing more yet, ten minutes ago at most, and where they want to go."""
    noted = request.session.get(HALF_IN)
    if not noted or datetime.fromisoformat(noted["until"]) < now:
        return None, ""
    account = Account.objects.select_related("staff").filter(pk=noted["account"]).first()
    return (account, noted["next"]) if account and may_enter(account) else (None, "")


def let_in(request: HttpRequest, account: Account, target: str, *, by_code: bool = False) -> HttpResponse:
    """Begin the session, under a new key.

    Args:
        by_code: whether a code of the second factor has just been given.
    """
    request.session.pop(HALF_IN, None)
    auth.login(request, account, BACKEND)
    request.session[BY_CODE] = by_code
    return HttpResponseRedirect(target or "/")
