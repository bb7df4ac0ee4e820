"""The second factor on the page: its code at the door, enrolling one, the recovery codes."""

import io
from collections.abc import Callable
from datetime import date
from typing import cast

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.models import Account
from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, SIGNED_IN, needs
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.sign_in.operations_factor import (
    begin_enrolment,
    check_factor,
    confirm_enrolment,
    enrolment_address,
    remove_factor,
    renew_recovery_codes,
)
from hemu.sign_in.queries import factor_due_for, has_factor
from hemu.sign_in.rules import shown_code
from hemu.sign_in.web.account import account_page
from hemu.sign_in.web.entering import BY_CODE, half_in, let_in
from hemu.sign_in.web.waiting import told_when
from hemu.sign_in.web.ways import safe


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def log_in_code(request: HttpRequest) -> HttpResponse:
    """Ask who has given the password for the code of their authenticator, or a recovery code (POST: code)."""
    now = clock.now()
    account, target = half_in(request, now=now)
    if account is None:
        return redirect("log_in")
    if request.method == "POST":
        try:
            check_factor(account=account, typed=request.POST.get("code", ""), act=_act(account))
        except RuleViolation as no:
            return _code_refused(request, no)
        return let_in(request, account, target, by_code=True)
    return render(request, "sign_in/code.html", {"refusal": ""})


def _code_refused(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    seconds = refusal.params.get("seconds")
    context, status = {"refusal": words_for(refusal)}, 429 if seconds else 422
    answer = render(request, "sign_in/code.html", context, status=status)
    return told_when(answer, cast("int", seconds)) if seconds else answer


def _act(account: Account) -> Act:
    now = clock.now()
    return Act(account.staff.key, at=now, recorded_at=now, proof=Proof.DEVICE)


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the QR code (GET) and take the authenticator's first code (POST: code, next).

    Open to who is logged in, and to who has given the password and whose post asks for a second factor.
    """
    now = clock.now()
    signed_in = isinstance(request.user, Account)
    account, target = (request.user, "") if signed_in else half_in(request, now=now)
    if not isinstance(account, Account):
        return redirect("log_in")
    target = (
        target or safe(request.POST.get("next", request.GET.get("next", "")), request) or reverse("account")
    )
    try:
        key, refusal = begin_enrolment(account=account, now=now), ""
    except RuleViolation:  # enrolled on another device meanwhile
        return redirect("account" if signed_in else "log_in")
    if request.method == "POST":
        try:
            codes = confirm_enrolment(account=account, typed=request.POST.get("code", ""), act=_act(account))
        except RuleViolation as no:
            refusal = words_for(no)
        else:
            if signed_in:
                request.session[BY_CODE] = True
            else:
                let_in(request, account, target, by_code=True)
            return recovery_page(request, codes, target)
    context = {
        "qr": qr(enrolment_address(account, key)), "key": _grouped(key), "refusal": refusal, "next": target,
        "skip_url": target if signed_in else "", "days": _days_left(account),
    }  # fmt: skip
    return render(request, "sign_in/enrol.html", context, status=422 if refusal else 200)


def _days_left(account: Account) -> int | None:
    due = factor_due_for(account.staff, now=clock.now())
    today: date = office_day(clock.now())
    return max((due - today).days, 0) if due else None


def _grouped(key: str) -> str:
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def qr(text: str) -> SafeString:
    """Return a QR code as inline SVG."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", scale=4, border=3, xmldecl=False, svgns=True, omitsize=True, light="#fff", nl=False
    )
    return mark_safe(out.getvalue().decode())


def recovery_page(request: HttpRequest, codes: list[str], target: str) -> HttpResponse:
    """Show the recovery codes, this once."""
    return render(
        request, "sign_in/recovery.html", {"codes": [shown_code(code) for code in codes], "next": target}
    )


@needs(SIGNED_IN)
@never_cache
@require_POST
def recovery(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, against a code of the authenticator (POST: code)."""
    return _against_code(request, lambda account: renew_recovery_codes(account=account, act=_act(account)))


@needs(SIGNED_IN)
@never_cache
@require_POST
def factor_off(request: HttpRequest) -> HttpResponse:
    """Take one's own second factor away, against one of its codes, where no post of one's asks for it (POST: code)."""

    def remove(account: Account) -> list[str]:
        if factor_due_for(account.staff, now=clock.now()):
            raise RuleViolation("factor.required")
        remove_factor(account=account, act=_act(account))
        return []

    return _against_code(request, remove)


def _against_code(request: HttpRequest, do: Callable[[Account], list[str]]) -> HttpResponse:
    account = cast("Account", request.user)
    try:
        if not has_factor(account):
            raise RuleViolation("factor.none")
        check_factor(account=account, typed=request.POST.get("code", ""), act=_act(account))
        codes = do(account)
    except RuleViolation as refusal:
        return account_page(request, refusal=refusal)
    return recovery_page(request, codes, reverse("account")) if codes else redirect("account")
