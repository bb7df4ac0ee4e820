"""A complaint that names a member of staff: neither shown to nor handled by that person (DESIGN §5)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from hemu.access.models import Account
from hemu.estate.models import Post, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.ledger.operations import Act
from hemu.service_requests import rules
from hemu.service_requests.models import Helper, Named, Request
from hemu.service_requests.operations.asked import Asked, Effect

NOBODY = "-"
"""As the value of `named` it takes a name back."""


def named(asked: Asked, effect: Effect) -> Effect:
    """Let a sorting or correction say whom the words name: value `named`, logins with commas between.

    Where nobody else could handle the case, it stays with the person named and says so: not independent.

    Raises:
        RuleViolation: ``access.unknown_login``, ``named.handles`` (name): handed on first.
    """
    if "named" not in asked.values:
        return effect
    logins = [each.strip() for each in asked.take("named").split(",") if each.strip() not in ("", NOBODY)]
    staff, request = _people(logins), asked.request
    alone = _stands_alone(request, staff, asked.act)
    effect.facts |= _facts(staff, alone)
    effect.afterwards.append(lambda entry: _set(request, staff, alone))
    return effect


def share(request: Request, into: Request, act: Act) -> None:
    """Let a case and what is merged into it name the same people: neither number is there for them.

    Raises:
        RuleViolation: ``named.handles`` (name).
    """
    staff = list(Staff.objects.filter(named_in__request__in=(request, into)).distinct())
    if staff:
        _set(into, staff, _stands_alone(into, staff, act))


def _stands_alone(request: Request, staff: list[Staff], act: Act) -> bool:
    """Tell whether nobody else could handle a case that names some people; none of them may be at it."""
    helpers = Helper.objects.filter(request=request).values_list("staff_id", flat=True) if staff else ()
    for each in staff:
        if each.id in (request.handler_id, *helpers):
            raise RuleViolation("named.handles", name=each.name)
    return bool(staff) and not _others(request, staff, act)


def hide_from_named(request: Request, logins: Sequence[str], act: Act) -> dict[str, Any]:
    """Hide a case just registered from the staff whom its complaint names; return the facts that its entry states.

    Raises:
        RuleViolation: ``access.unknown_login``.
    """
    staff = _people(logins)
    if not staff:
        return {}
    alone = not _others(request, staff, act)
    _set(request, staff, alone)
    return _facts(staff, alone)


def _facts(staff: list[Staff], alone: bool) -> dict[str, Any]:
    return {"named": [each.key for each in staff], "independent": False if alone else None}


def _people(logins: Sequence[str]) -> list[Staff]:
    return [_staff(login) for login in dict.fromkeys(logins)]


def _staff(login: str) -> Staff:
    account = Account.objects.select_related("staff").filter(login=login).first()
    if account is None:
        raise RuleViolation("access.unknown_login", login=login)
    return account.staff


def _others(request: Request, named: list[Staff], act: Act) -> bool:
    """Tell whether somebody else, at the office or above it, can see to the case."""
    today = office_day(act.recorded_at)
    posts = Post.objects.filter(
        in_force(today),
        Q(office=request.community.office_id) | Q(office__isnull=True),
        role__in=rules.DESK | rules.LEADERS,
        staff__account__is_active=True,
    )
    return posts.exclude(staff__in=named).exists()


def _set(request: Request, staff: list[Staff], alone: bool) -> None:
    Named.objects.filter(request=request).delete()
    if staff:
        Named.objects.bulk_create(Named(request=request, staff=each, alone=alone) for each in staff)
    for merged in Request.objects.filter(merged_into=request):
        _set(merged, staff, alone)
