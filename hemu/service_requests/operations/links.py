"""The owner's own link to one case, made by hand or carried by a message; it ends with the tie to the home."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from hemu.estate.models import Tie
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.messaging.queries import message_behind
from hemu.service_requests.models import OwnerLink, Request

LINK_DAYS = 180
SHOWN = ("community__office", "home", "handler", "department")
"""What the owner's page shows beside the case."""


@operation
def make_owner_link(*, request: Request, now: datetime) -> str:
    """Return the token of a new link to a case, good for 180 days; only its digest is kept."""
    token = secrets.token_urlsafe(24)
    OwnerLink.objects.create(
        digest=_digest(token), request=request, made_at=now, ends_at=now + timedelta(days=LINK_DAYS)
    )
    return token


@operation
def revoke_owner_links(*, request: Request, act: Act) -> None:
    """Let every link to a case made so far open nothing, those in messages too; a new one may be made at once."""
    request.links_since = act.recorded_at
    Request.objects.filter(pk=request.pk).update(links_since=act.recorded_at)
    append(
        book=request.community.book_id,
        kind="request.links_revoked",
        subject=request.subject,
        act=act,
        clause="RQ-12",
    )


def owner_request(*, token: str, now: datetime) -> Request:
    """Return the case that a link opens; a wrong, an ended, a revoked and a moved-out owner's link answer alike.

    Raises:
        RuleViolation: ``link.not_valid``.
    """
    request = _by_message(token, now) or _by_link(token, now)
    if request is None or not _still_bound(request, now):
        raise RuleViolation("link.not_valid")
    return request


def owner_key(found: Request) -> str:
    """Return the owner of a case by its link as the book names them."""
    return f"owner:{found.person_id or found.id}"


def _by_link(token: str, now: datetime) -> Request | None:
    link = (
        OwnerLink.objects.select_related(*(f"request__{each}" for each in SHOWN))
        .filter(digest=_digest(token), ends_at__gt=now)
        .first()
    )
    since = link.request.links_since if link else None
    return link.request if link and (since is None or link.made_at >= since) else None


def _by_message(token: str, now: datetime) -> Request | None:
    """Return the case of a message's link; one that was taken back opens nothing."""
    row = message_behind(token)
    number = row.subject.partition(":")[2] if row and row.id > new_id(now - timedelta(days=LINK_DAYS)) else ""
    request = Request.objects.select_related(*SHOWN).filter(number=number).first()
    if (
        request
        and row
        and request.links_since
        and _millisecond(row.id) <= int(request.links_since.timestamp() * 1000)
    ):
        return None
    return request


def _millisecond(message: UUID) -> int:
    """Return when a row with this id was made, as `new_id` wrote it."""
    return message.int >> 80


def _still_bound(request: Request, now: datetime) -> bool:
    if request.person_id is None or request.home_id is None:
        return True
    today = office_day(now)
    ties = Tie.objects.filter(person_id=request.person_id, home_id=request.home_id)
    return ties.filter(Q(until__isnull=True) | Q(until__gt=today)).exists()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
