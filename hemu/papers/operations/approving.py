"""Deciding over a paper: read or approved, or sent back with a reason; the last agreement gives the number."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from hemu.access.actors import Actor
from hemu.access.models import Account
from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.numbers import next_number
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.operations import Act
from hemu.papers.models import Decision, Document, Version
from hemu.papers.operations.drafting import locked, write
from hemu.papers.queries import kinds, layout_for, own_of, people_of
from hemu.papers.rules_documents import STEPS, State, decides, number_of, reason_of, turn_now
from hemu.sign_in.operations_factor import check_factor
from hemu.sign_in.queries import has_factor

AGREED, REFUSED = "agreed", "refused"
CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 12


def decide(
    *, document: UUID, by: Actor, act: Act, digest: str, agree: bool, typed: str = "", reason: str = ""
) -> Document:
    """Agree to a paper, or send it back; asked twice for the same it is done once.

    Where an authenticator guards the account its code is asked for afresh. The code is taken before the
    transaction, so that a wrong one counts as a failure whatever comes of the decision.

    Args:
        digest: of the version that was read: a decision over other words is refused.
        typed: the code of the authenticator.
        reason: why it is sent back.

    Raises:
        RuleViolation: ``factor.wrong_code``, ``factor.wait``, ``document.not_found``, ``document.changed``,
            ``document.own`` (who), ``document.not_theirs`` (who), ``document.nothing_asked``, ``step.not_allowed``,
            ``document.no_reason``, ``document.too_long``.
    """
    done = Decision.objects.filter(
        version__document=document,
        version__digest=digest,
        by=by.staff_id,
        result=AGREED if agree else REFUSED,
    )
    if done.exists():
        return Document.objects.select_related("office", "community").get(id=document)
    return _decide(document, by, act, digest, None if agree else reason, proven(by, typed, act))


def proven(by: Actor, typed: str, act: Act) -> bool:
    """Tell whether somebody's authenticator was asked afresh; accounts that have none decide without.

    Raises:
        RuleViolation: ``factor.wrong_code``, ``factor.wait``.
    """
    account = Account.objects.filter(staff_id=by.staff_id).first()
    if account is None or not has_factor(account):
        return False
    check_factor(account=account, typed=typed, act=replace(act, proof=Proof.DEVICE))
    return True


@operation
def _decide(document: UUID, by: Actor, act: Act, digest: str, why: str | None, second: bool) -> Document:
    found = locked(by, document, "paper.decide")
    STEPS.find("agree" if why is None else "refuse", found.state)
    version = found.versions.get(number=found.version)
    if digest != version.digest:
        raise RuleViolation("document.changed")
    places = list(version.decisions.select_for_update().order_by("turn", "position"))
    place, independent = _place_of(found, version, places, by, act)
    place.result = AGREED if why is None else REFUSED
    place.reason = "" if why is None else reason_of(why)
    place.by_id, place.at = by.staff_id, act.at
    place.independent, place.second_factor = independent, second
    place.save()
    act = replace(act, proof=Proof.SECOND if independent else Proof.WORD)
    facts = {
        "approval_act": place.act,
        "role": place.role,
        "independent": independent,
        "second_factor": second,
    }
    kind = "paper.agreed" if why is None else "paper.refused"
    write(found, version, kind, act, facts=facts, words={"reason": place.reason})
    _settle(found, version, places, act)
    return found


def _place_of(
    document: Document, version: Version, places: Sequence[Decision], by: Actor, act: Act
) -> tuple[Decision, bool]:
    """Return the place in the chain that this person fills now, and whether that is independent."""
    turn = turn_now([(each.turn, bool(each.result)) for each in places])
    asked = [each for each in places if each.turn == turn and not each.result]
    here, above = people_of(document.office, (each.role for each in asked), on=office_day(act.recorded_at))
    own, refusal = own_of(document, version), RuleViolation("document.nothing_asked")
    for place in asked:
        try:
            return place, decides(by=by.key, own=own, office=here[place.role], above=above)
        except RuleViolation as no:
            refusal = no
    raise refusal


def _settle(document: Document, version: Version, places: Sequence[Decision], act: Act) -> None:
    """Move the paper on: refused by one, approved by all, or waiting for the others."""
    document.changed_at = act.recorded_at
    if any(each.result == REFUSED for each in places):
        document.state = State.REFUSED
    elif all(each.result for each in places):
        _approve(document, version, all(each.independent for each in places), act)
        return
    document.save(update_fields=["state", "changed_at"])


def _approve(document: Document, version: Version, independent: bool, act: Act) -> None:
    """Approve a paper. Its number is given here and not before, so that a refused draft leaves no gap (文号)."""
    day = office_day(act.recorded_at)
    document.state, document.approved_on = State.APPROVED, day
    document.code = document.code or "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
    if document.case_number:
        document.number = document.case_number
    elif document.ordinal is None:
        layout = layout_for(document.office, on=day)
        word = layout.word or (document.community.code if document.community else document.office.name[:8])
        document.year = day.year
        document.ordinal = next_number(scope=f"paper:{document.office_id}:{document.kind}", year=day.year)
        document.number = number_of(
            word=word, sign=kinds()[document.kind].sign, year=day.year, ordinal=document.ordinal
        )
    document.save()
    facts = {"paper_number": document.number, "independent": independent}
    write(document, version, "paper.approved", act, facts=facts)
