"""The first visit to an empty house: a code from whoever started it, and the first administrator is in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemu.foundation.errors import RuleViolation
from hemu.infra import clock
from hemu.infra.refusals import words_for
from hemu.infra.web.needs import PUBLIC, needs
from hemu.setting_up.operations import begin, check_start_code
from hemu.setting_up.queries import nobody_yet
from hemu.sign_in.operations import note_failure, seconds_to_wait
from hemu.sign_in.web.entering import enter
from hemu.sign_in.web.waiting import told_when

GUESSED = "start code"
FIELDS = ("code", "company", "office", "community", "name", "login")
OF_FIELD = {
    "setup.wrong_code": "code",
    "account.weak_password": "password",
    "account.passwords_differ": "again",
}


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the start code, the names and one's own log-in (GET), or begin (POST)."""
    if not nobody_yet():
        return redirect("log_in")
    if request.method == "GET":
        return _page(request)
    now, address = clock.now(), request.META["REMOTE_ADDR"]
    if seconds := seconds_to_wait(login=GUESSED, address=address, now=now):
        return told_when(_page(request, RuleViolation("factor.wait", seconds=seconds), status=429), seconds)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        check_start_code(typed["code"])
        if request.POST.get("password", "") != request.POST.get("again", ""):
            raise RuleViolation("account.passwords_differ")
        account = begin(**typed, password=request.POST.get("password", ""), now=now)
    except RuleViolation as refusal:
        if refusal.code == "setup.wrong_code":
            note_failure(login=GUESSED, address=address, now=now)
        return _page(request, refusal, status=422)
    return enter(request, account, reverse("setup"), now=now)


def _page(request: HttpRequest, refusal: RuleViolation | None = None, status: int = 200) -> HttpResponse:
    words = words_for(refusal) if refusal else ""
    field = OF_FIELD.get(refusal.code, "") if refusal else ""
    typed = {name: request.POST.get(name, request.GET.get(name, "")) for name in FIELDS}
    context = {"typed": typed, "errors": {field: words} if field else {}, "refusal": "" if field else words}
    return render(request, "setting_up/start.html", context, status=status)
