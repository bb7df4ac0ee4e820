"""Opening a secret address of a calendar, and revoking it; the secret is shown once and kept as a digest."""

import secrets
from uuid import UUID

from hemu.access.actors import Actor
from hemu.duty_calendar.models import Feed
from hemu.duty_calendar.queries import digest_of
from hemu.duty_calendar.rules import MOST
from hemu.estate.models import Company, Office, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append


@operation
def open_feed(*, by: Actor, act: Act, office: Office | None = None) -> tuple[Feed, str]:
    """Open an address for one's own duties, or for those of an office; return it with its secret, told this once.

    Raises:
        RuleViolation: ``access.denied``, ``feed.too_many`` (limit).
    """
    by.require("duty.view", office.id if office else None)
    Staff.objects.select_for_update(no_key=True).get(id=by.staff_id)
    if Feed.objects.filter(staff=by.staff_id, revoked_at__isnull=True).count() >= MOST:
        raise RuleViolation("feed.too_many", limit=MOST)
    secret = secrets.token_urlsafe(24)
    feed = Feed.objects.create(
        id=new_id(act.recorded_at),
        digest=digest_of(secret),
        staff_id=by.staff_id,
        office=office,
        made_at=act.recorded_at,
    )
    _append(feed, "calendar.opened", act, {"feed": str(feed.id), "office": office is not None})
    return feed, secret


@operation
def revoke_feed(*, feed: UUID, by: Actor, act: Act) -> None:
    """Revoke an address of one's own: from now on it answers as if it had never been.

    Raises:
        RuleViolation: ``feed.not_found``.
    """
    rows = Feed.objects.select_for_update(of=("self",)).select_related("office")
    found = rows.filter(id=feed, staff=by.staff_id, revoked_at__isnull=True).first()
    if found is None:
        raise RuleViolation("feed.not_found")
    found.revoked_at = act.recorded_at
    found.save(update_fields=["revoked_at"])
    _append(found, "calendar.revoked", act, {"feed": str(found.id)})


def _append(feed: Feed, kind: str, act: Act, facts: dict[str, object]) -> None:
    book = feed.office.book_id if feed.office else Company.objects.values_list("book_id", flat=True).get()
    append(book=book, kind=kind, subject=f"calendar:{feed.id.hex}", act=act, facts=facts)
