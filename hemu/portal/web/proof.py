"""Whether the record of an owner's case is unaltered, by both ways in."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemu.access.web.gate import StaffRequest
from hemu.attesting.queries import attest
from hemu.attesting.web.attested import attested_context
from hemu.foundation.errors import RuleViolation
from hemu.infra.refusals import words_for
from hemu.infra.web.errors import status_of
from hemu.infra.web.needs import PUBLIC, needs
from hemu.ledger.catalogue import kind_of
from hemu.ledger.entries import Audience
from hemu.ledger.queries import timeline
from hemu.portal.queries import own_case
from hemu.portal.web.gate import OwnerRequest, owners
from hemu.service_requests.models import Request
from hemu.service_requests.operations import owner_request


@needs(PUBLIC)
@never_cache
@require_GET
def owner_proof(request: HttpRequest, token: str) -> HttpResponse:
    """Answer to who has the link of the case."""
    try:
        found = owner_request(token=token, now=cast("StaffRequest", request).now)
    except RuleViolation as refusal:
        context = {"refusal": words_for(refusal)}
        return render(request, "portal/owner_closed.html", context, status=status_of(refusal))
    return _page(request, found, back=reverse("owner", args=[token]))


@needs(PUBLIC)
@require_GET
@owners
def my_case_proof(request: OwnerRequest, number: str) -> HttpResponse:
    """Answer to who is logged in by phone and has the case."""
    try:
        found = own_case(request.owner, number, now=request.now)
    except RuleViolation as refusal:
        raise Http404(number) from refusal
    return _page(request, found, back=reverse("my_case", args=[found.number]))


def _page(request: HttpRequest, found: Request, *, back: str) -> HttpResponse:
    """Judge the whole record and list what the owner may see of it."""
    entries = timeline(found.subject)
    own = [each for each in entries if kind_of(each.kind).audience == Audience.OWNER]
    context = attested_context(request, attest(entries), shown=own, community=found.community)
    place = {"community": found.community.name, "office": found.community.office.name}
    return render(
        request, "portal/proof.html", {**context, "number": found.number, "back": back, "place": place}
    )
