"""Bringing a community's newspaper and leaflets to the committee in the first month of a quarter (OC-06)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from hemu.access.actors import Actor
from hemu.attachments.operations import name_files
from hemu.committee.queries import Seat, members_of
from hemu.estate.models import Community
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.statements.models import Publication, Receipt
from hemu.statements.queries import CLAUSE_PUBLICATION
from hemu.statements.rules import check_how, check_quarter
from hemu.statements.rules_audit import check_title


@operation
def deliver_publication(
    *,
    community: Community,
    quarter: str,
    title: str,
    how: str,
    by: Actor,
    act: Act,
    files: Sequence[str],
    members: Sequence[UUID] = (),
) -> Publication:
    """Bring a publication to the committee: on its page as a file, or by hand or post with the scan of the receipt.

    Args:
        members: who signed for it, of the roster; for the page nobody.

    Raises:
        RuleViolation: ``access.denied``, ``statement.bad_quarter``, ``audit.no_title``, ``audit.title_too_long``,
            ``statement.unknown_how``, ``statement.nobody_in_office``, ``publication.no_file``,
            ``statement.unknown_member``, ``file.not_found``.
    """
    by.require("publication.deliver", community.office_id)
    sitting = {each.id: each.person_id for each in members_of(community, on=office_day(act.at))}
    if not sitting:
        raise RuleViolation("statement.nobody_in_office")
    if not files:
        raise RuleViolation("publication.no_file")
    if (check_how(how) != "page" and not members) or not set(members) <= set(sitting):
        raise RuleViolation("statement.unknown_member")
    row = Publication(
        id=new_id(act.recorded_at),
        community=community,
        quarter=check_quarter(quarter),
        title=check_title(title),
        how=how,
        delivered_at=act.at,
        delivered_by_id=by.staff_id,
    )
    row.save(force_insert=True)
    named = name_files(
        files=files, by=act.actor, subject=row.subject, community=community, now=act.recorded_at
    )
    act = replace(act, proof=Proof.DEVICE)
    _append(row, "delivered", act, {"how": how, "files": named}, {"title": row.title})
    Receipt.objects.bulk_create(
        Receipt(publication=row, member=each, person=sitting[each], how=how, at=act.at) for each in members
    )
    return row


@operation
def open_publication(*, publication: Publication, seat: Seat, act: Act) -> Receipt:
    """Keep that a member, or a helper in the member's place, opened a publication: the first time counts."""
    said = {"person": seat.person, "helper": seat.helper is not None, "how": "page", "at": act.at}
    made, is_new = Receipt.objects.get_or_create(publication=publication, member=seat.member, defaults=said)
    if is_new:
        _append(publication, "receipted", act, {"how": "page", "helper": made.helper})
    return made


def _append(
    row: Publication, what: str, act: Act, facts: dict[str, Any], words: dict[str, str] | None = None
) -> Entry:
    return append(
        book=row.community.book_id,
        kind=f"committee.publication.{what}",
        subject=row.subject,
        act=act,
        clause=CLAUSE_PUBLICATION,
        facts={"period": row.quarter, "publication": str(row.id), **facts},
        words=words,
    )
