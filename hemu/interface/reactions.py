"""What follows from every entry of a community's book: an event for each webhook that wants it, in the same transaction."""

from datetime import datetime

from django.db.models import Q

from hemu.access.queries import valid_at
from hemu.infra.identity import new_id
from hemu.infra.transaction import read_once
from hemu.interface.models import Delivery, Webhook
from hemu.interface.rules import is_wanted
from hemu.ledger.catalogue import kind_of
from hemu.ledger.entries import Audience, Reaction
from hemu.ledger.models import Entry


def _listening(book: str, at: datetime) -> list[Webhook]:
    """Return the webhooks in use whose token holds for a book and is valid; read once in an operation."""
    here = Q(token__everywhere=True) | Q(token__communities__book=book)
    rows = Webhook.objects.filter(here, valid_at(at, "token__"), stopped_at__isnull=True)
    return read_once(("webhooks", book), lambda: list(rows.distinct()))


def _announce(entry: Entry) -> None:
    if kind_of(entry.kind).audience is Audience.CLOSED:
        return
    wanted = [
        each for each in _listening(entry.book_id, entry.recorded_at) if is_wanted(entry.kind, each.kinds)
    ]
    if wanted:
        Delivery.objects.bulk_create(
            Delivery(
                id=new_id(entry.recorded_at),
                webhook=each,
                entry=entry.id,
                kind=entry.kind,
                not_before=entry.recorded_at,
            )
            for each in wanted
        )


REACTIONS = (Reaction("*", _announce),)
