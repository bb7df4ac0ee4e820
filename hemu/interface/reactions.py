"""What follows from every entry of a community's book: an event for each webhook that wants it, in the same transaction."""

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, DateTimeField, Q, QuerySet

from hemu.access.queries import valid_at
from hemu.infra.identity import new_id
from hemu.infra.prepared import Given, Reading, insert
from hemu.infra.transaction import read_once
from hemu.interface.models import Delivery, Webhook
from hemu.interface.rules import is_wanted
from hemu.ledger.catalogue import kind_of
from hemu.ledger.entries import Audience, Reaction
from hemu.ledger.models import Entry


def _in_use() -> QuerySet[Webhook, tuple[UUID, list[str]]]:
    here = Q(token__everywhere=True) | Q(token__communities__book=Given("book", CharField()))
    valid = valid_at(Given("at", DateTimeField()), "token__")
    return Webhook.objects.filter(here, valid, stopped_at__isnull=True).values_list("id", "kinds").distinct()


_IN_USE = Reading(_in_use)


def _listening(book: str, at: datetime) -> list[tuple[UUID, list[str]]]:
    """Return the webhooks in use whose token holds for a book and is valid, and the kinds each wants.

    Read once in an operation.
    """
    return read_once(("webhooks", book), lambda: _IN_USE(book=book, at=at))


def _announce(entry: Entry) -> None:
    if kind_of(entry.kind).audience is Audience.CLOSED:
        return
    wanted = [
        webhook
        for webhook, kinds in _listening(entry.book_id, entry.recorded_at)
        if is_wanted(entry.kind, kinds)
    ]
    insert(
        *(
            Delivery(
                id=new_id(entry.recorded_at),
                webhook_id=each,
                entry=entry.id,
                kind=entry.kind,
                not_before=entry.recorded_at,
            )
            for each in wanted
        )
    )


REACTIONS = (Reaction("*", _announce),)
