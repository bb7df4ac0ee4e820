"""One's own account: who one is, the password, the second factor, the language."""

from typing import Any, cast

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemu.access.models import Account
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Post
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.refusals import words_for
from hemu.infra.terms import in_force
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import SIGNED_IN, needs
from hemu.sign_in.operations_codes import change_password
from hemu.sign_in.queries import factor_due_for, has_factor, recovery_codes_left


@needs(SIGNED_IN)
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    return account_page(request)


def account_page(request: HttpRequest, *, refusal: RuleViolation | None = None) -> HttpResponse:
    """Return the page, with why something was refused where it was."""
    staff, account = cast("StaffRequest", request), cast("Account", request.user)
    due = factor_due_for(account.staff, now=staff.now)
    context: dict[str, Any] = {
        "person": {"name": account.staff.name, "login": account.login, "phone": account.staff.phone},
        "posts": _posts(staff),
        "factor": {
            "on": has_factor(account),
            "left": recovery_codes_left(account),
            "due": due,
            "required": due is not None,
        },
        "refusal": words_for(refusal) if refusal else "",
        "refused": refusal.code if refusal else "",
    }
    return render(request, "sign_in/account.html", context, status=status_of(refusal) if refusal else 200)


def _posts(staff: StaffRequest) -> list[dict[str, Any]]:
    today = office_day(staff.now)
    rows = Post.objects.filter(in_force(today), staff_id=staff.actor.staff_id)
    return [
        {"role": ROLES[post.role], "office": post.office.name if post.office else "", "since": post.since,
         "until": post.until}
        for post in rows.select_related("office").order_by("id")
    ]  # fmt: skip


@needs(SIGNED_IN)
@never_cache
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password (POST: old, new, again); other devices are logged out."""
    staff, account = cast("StaffRequest", request), cast("Account", request.user)
    new = request.POST.get("new", "")
    try:
        if new != request.POST.get("again", ""):
            raise RuleViolation("account.passwords_differ")
        act = staff.actor.act(now=staff.now)
        change_password(account=account, old=request.POST.get("old", ""), new=new, act=act)
    except RuleViolation as refusal:
        return account_page(request, refusal=refusal)
    auth.update_session_auth_hash(request, account)
    return redirect(f"{reverse('account')}?changed=1")
