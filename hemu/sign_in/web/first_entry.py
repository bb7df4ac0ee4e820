"""The first entry: a code from a slip of paper, and a password of one's own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, needs
from hemu.sign_in.operations import note_failure, seconds_to_wait
from hemu.sign_in.operations_codes import account_by_code, choose_password
from hemu.sign_in.web.entering import enter
from hemu.sign_in.web.waiting import told_when

GUESSED = "entry code"
"""Guesses at codes are counted by address, as failures of this one name."""


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def first_entry(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for the code and a new password (GET), or choose the password and go in (POST: code, password, again)."""
    code = request.POST.get("code", code)
    if request.method == "GET" and not code:
        return _page(request, code)
    now, address = clock.now(), request.META["REMOTE_ADDR"]
    if seconds := seconds_to_wait(login=GUESSED, address=address, now=now):
        refusal = RuleViolation("factor.wait", seconds=seconds)
        return told_when(_page(request, code, refusal=refusal, status=429), seconds)
    try:
        account = account_by_code(code, now=now)
        if request.method == "GET":
            return _page(request, code, name=account.staff.name, login=account.login)
        password = request.POST.get("password", "")
        if password != request.POST.get("again", ""):
            raise RuleViolation("account.passwords_differ")
        account = choose_password(code=code, password=password, now=now)
    except RuleViolation as refusal:
        if refusal.code == "account.code_not_valid":
            note_failure(login=GUESSED, address=address, now=now)
        return _page(request, code, refusal=refusal, status=422)
    return enter(request, account, "/", now=now)


def _page(
    request: HttpRequest,
    code: str,
    *,
    name: str = "",
    login: str = "",
    refusal: RuleViolation | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = {
        "account.code_not_valid": "code",
        "account.passwords_differ": "again",
        "account.weak_password": "password",
    }
    words = words_for(refusal) if refusal else ""
    field = wrong.get(refusal.code, "") if refusal else ""
    context = {
        "code": code, "name": name, "login": login, "errors": {field: words} if field else {},
        "refusal": "" if field else words,
    }  # fmt: skip
    return render(request, "sign_in/first_entry.html", context, status=status)
