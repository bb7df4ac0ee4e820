"""The office's page of other systems: their tokens, a new one shown once, and stopping one."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hemu.access.models import Token
from hemu.access.web.gate import StaffRequest
from hemu.estate.models import Community
from hemu.estate.wording import ROLES
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import needs
from hemu.infra.wording import Status
from hemu.interface.operations_tokens import grant_token, withdraw_token
from hemu.interface.queries_tokens import KEEP, may_withdraw, roles_to_grant, token_for, tokens_reaching

DAYS = (("90", _("三个月")), ("365", _("一年")), ("1095", _("三年")))
IN_USE = Status(_("在用"), "pine", "dot")
ENDED = Status(_("已到期"), "neutral", "ring")
REVOKED = Status(_("已停用"), "neutral", "ring")


@needs(KEEP)
@never_cache
@require_http_methods(["GET", "POST"])
def systems(request: HttpRequest) -> HttpResponse:
    """Show the tokens (GET), or make one and show its secret once (POST: name, role, communities, everywhere, days)."""
    staff = cast("StaffRequest", request)
    if request.method == "GET":
        return _page(staff)
    try:
        token, secret = _granted(staff)
    except RuleViolation as refusal:
        return _page(staff, refusal=refusal)
    return _page(staff, made={"name": token.name, "secret": secret})


def _granted(staff: StaffRequest) -> tuple[Token, str]:
    days = staff.POST.get("days", "")
    if days not in dict(DAYS):
        raise RuleViolation("request.unknown_value", field="days", value=days[:20], known=list(dict(DAYS)))
    role = staff.POST.get("role", "")
    if role not in roles_to_grant(staff.actor):
        raise RuleViolation("token.unknown_role", role=role[:30], known=roles_to_grant(staff.actor))
    return grant_token(
        name=staff.POST.get("name", ""),
        role=role,
        communities=None if staff.POST.get("everywhere") else _chosen(staff),
        by=staff.actor,
        act=staff.actor.act(now=staff.now),
        ends_at=staff.now + timedelta(days=int(days)),
    )


def _chosen(staff: StaffRequest) -> list[Community]:
    asked = set(staff.POST.getlist("communities"))
    return [each for each in staff.actor.communities(KEEP) if str(each.id) in asked]


def _page(
    staff: StaffRequest, refusal: RuleViolation | None = None, made: dict[str, str] | None = None
) -> HttpResponse:
    actor = staff.actor
    own = {each.id: each.name for each in actor.communities(KEEP).order_by("name")}
    typed = staff.POST if refusal else {}
    context: dict[str, Any] = {
        "made": made,
        "rows": [_line(staff, token, own) for token in tokens_reaching(actor)],
        "roles": [(role, ROLES[role]) for role in roles_to_grant(actor)],
        "communities": [(str(key), name) for key, name in own.items()],
        "days": DAYS,
        "may_everywhere": actor.offices_with(KEEP) is None,
        "typed": {name: typed.get(name, "") for name in ("name", "role", "days", "everywhere")},
        "chosen": staff.POST.getlist("communities") if refusal else [str(key) for key in list(own)[:1]],
        "refusal": words_for(refusal) if refusal else "",
        "code": refusal.code if refusal else "",
    }
    return render(staff, "interface/systems.html", context, status=status_of(refusal) if refusal else 200)


def _line(staff: StaffRequest, token: Token, own: dict[UUID, str]) -> dict[str, Any]:
    places = [each.id for each in token.communities.all()]
    return {
        "id": token.id,
        "name": token.name,
        "role": ROLES[token.role],
        "everywhere": token.everywhere,
        "communities": [own[each] for each in places if each in own],
        "elsewhere": sum(each not in own for each in places),
        "made_at": token.made_at,
        "used_at": token.last_used_at,
        "ends_at": token.ends_at,
        "revoked_at": token.revoked_at,
        "status": _status(staff, token),
        "may_revoke": token.revoked_at is None and may_withdraw(staff.actor, token),
    }


def _status(staff: StaffRequest, token: Token) -> Status:
    if token.revoked_at is not None:
        return REVOKED
    return ENDED if token.ends_at is not None and token.ends_at <= staff.now else IN_USE


@needs(KEEP)
@require_POST
def revoke(request: HttpRequest, system: UUID) -> HttpResponse:
    """Stop a token at once."""
    staff = cast("StaffRequest", request)
    try:
        token = token_for(staff.actor, system)
    except RuleViolation as unknown:
        raise Http404(str(system)) from unknown
    try:
        withdraw_token(name=token.name, by=staff.actor, act=staff.actor.act(now=staff.now))
    except RuleViolation as refusal:
        return _page(staff, refusal=refusal)
    return redirect("systems")
