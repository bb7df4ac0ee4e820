"""A link for sending pictures into one case: made at the desk, shown as a QR code, good for half an hour."""

import hashlib
import secrets
from datetime import datetime, timedelta

from hemu.foundation.errors import RuleViolation
from hemu.front_desk.models import PhotoLink
from hemu.infra.transaction import operation
from hemu.service_requests.models import Request

LINK_LIVES = timedelta(minutes=30)


@operation
def make_photo_link(*, request: Request, now: datetime) -> str:
    """Return the token of a link by which pictures and words are added to a case; only its digest is kept.

    Links that have ended are removed on the way.

    Raises:
        RuleViolation: ``photo_link.closed``: nothing is added to a closed case.
    """
    if request.state == "closed":
        raise RuleViolation("photo_link.closed")
    PhotoLink.objects.filter(ends_at__lte=now).delete()
    token = secrets.token_urlsafe(15)
    PhotoLink.objects.create(digest=_digest(token), request=request, made_at=now, ends_at=now + LINK_LIVES)
    return token


def photo_case(*, token: str, now: datetime) -> Request:
    """Return the case into which a link sends; the same answer for a wrong, an ended and a closed case's link.

    Raises:
        RuleViolation: ``photo_link.not_valid``.
    """
    links = PhotoLink.objects.select_related("request__community__office", "request__home")
    link = links.filter(digest=_digest(token), ends_at__gt=now).first()
    if link is None or link.request.state == "closed":
        raise RuleViolation("photo_link.not_valid")
    return link.request


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
