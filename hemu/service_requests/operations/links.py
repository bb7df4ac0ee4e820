"""The owner's own link to one case: shown once, kept as a digest, ended with the tie to the home."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db.models import Q

from hemu.estate.models import Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.transaction import operation
from hemu.service_requests.models import OwnerLink, Request

LINK_DAYS = 180


@operation
def make_owner_link(*, request: Request, now: datetime) -> str:
    """Return the token of a new link to a case, good for 180 days; only its digest is kept."""
    token = secrets.token_urlsafe(24)
    OwnerLink.objects.create(
        digest=_digest(token), request=request, made_at=now, ends_at=now + timedelta(days=LINK_DAYS)
    )
    return token


def owner_request(*, token: str, now: datetime) -> Request:
    """Return the case that a link opens, the same answer for a wrong, an ended and a moved-out owner's link.

    Raises:
        RuleViolation: ``link.not_valid``.
    """
    link = (
        OwnerLink.objects.select_related("request__community__office", "request__home")
        .filter(digest=_digest(token), ends_at__gt=now)
        .first()
    )
    if link is None or not _still_bound(link.request, now):
        raise RuleViolation("link.not_valid")
    return link.request


def _still_bound(request: Request, now: datetime) -> bool:
    if request.person_id is None or request.home_id is None:
        return True
    today = now.astimezone(OFFICE_ZONE).date()
    ties = Tie.objects.filter(person_id=request.person_id, home_id=request.home_id)
    return ties.filter(Q(until__isnull=True) | Q(until__gt=today)).exists()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
