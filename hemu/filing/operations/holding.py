"""Holds: somebody's word, with its reason, that an item must not go, whatever its time."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.filing.models import Hold, Item
from hemu.filing.queries import item_for
from hemu.filing.rules import reason_of
from hemu.foundation.errors import RuleViolation
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append

CLAUSE = "OC-14"


@operation
def hold_item(*, item: UUID, by: Actor, act: Act, reason: str) -> Hold:
    """Place a hold: until it is lifted the item is not disposed of.

    Raises:
        RuleViolation: ``archive.not_found``, ``access.denied``, ``archive.gone``, ``archive.held``, ``archive.no_reason``,
            ``archive.too_long``.
    """
    found = item_for(by, item, "archive.keep", lock=True)
    if found.disposed_at:
        raise RuleViolation("archive.gone")
    if found.holds.filter(lifted_at__isnull=True).exists():
        raise RuleViolation("archive.held")
    hold = Hold.objects.create(
        item=found, reason=reason_of(reason), placed_by_id=by.staff_id, placed_at=act.at
    )
    _write(found, "archive.item.held", act, hold.reason)
    return hold


@operation
def release_item(*, item: UUID, by: Actor, act: Act, reason: str) -> Hold:
    """Lift the hold of an item, with a reason; whoever may decide over disposals does.

    Raises:
        RuleViolation: ``archive.not_found``, ``access.denied``, ``archive.not_held``, ``archive.no_reason``, ``archive.too_long``.
    """
    found = item_for(by, item, "archive.dispose", lock=True)
    hold = found.holds.filter(lifted_at__isnull=True).first()
    if hold is None:
        raise RuleViolation("archive.not_held")
    hold.lift_reason, hold.lifted_by_id, hold.lifted_at = reason_of(reason), by.staff_id, act.at
    hold.save(update_fields=["lift_reason", "lifted_by", "lifted_at"])
    _write(found, "archive.item.released", act, hold.lift_reason)
    return hold


def _write(item: Item, kind: str, act: Act, reason: str) -> None:
    append(
        book=item.book_id,
        kind=kind,
        subject=item.own_subject,
        act=act,
        clause=CLAUSE,
        facts={"item": item.id.hex, "file_number": item.number},
        words={"reason": reason},
    )
