"""Writing calls, calling back, checking the channels."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hemu.access.actors import Actor
from hemu.contact_channels.models import Call
from hemu.contact_channels.queries import calls_of, month_to_check, names_by_phone
from hemu.contact_channels.rules import (
    CHECK,
    check_about,
    check_cause_lacking,
    check_findings,
    check_rings,
    subject_of,
)
from hemu.duties.operations import open_period
from hemu.estate.models import Community, Office
from hemu.foundation.due import Period
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.operations import Act, append
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to

MINUTE = 60


@operation
def note_call(
    *,
    office: Office,
    by: Actor,
    act: Act,
    phone: str,
    rings: int,
    answered: bool,
    request: str = "",
    about: str = "",
) -> Call:
    """Write down a call to the office, taken or missed (RQ-19); the same call read twice is one.

    Args:
        act: ``at`` is when it rang; its proof tells whether a telephone system or a person says so.
        phone: the number shown; it is compared with the roster, which marks whose it is.
        rings: heard until it was taken or the caller gave up, 1 to 99.
        request: the number of the case that came of it.
        about: what it was about; who took a call says this or ``request``, a telephone system knows neither.

    Raises:
        RuleViolation: ``access.denied``, ``call.rings``, ``call.about_nothing``, ``channel.too_long``,
            ``request.not_found``.
    """
    by.require("call.keep", office.id)
    in_time = check_rings(rings)
    about = check_about(request=request, about=about, asked=answered and act.proof is not Proof.DEVICE)
    case = _case(by, office, request)
    digits = "".join(filter(str.isdigit, phone))[:20]
    if digits and (same := Call.objects.filter(office=office, called_at=act.at, phone=digits).first()):
        return same
    call = Call(
        id=new_id(act.recorded_at),
        office=office,
        called_at=act.at,
        phone=digits,
        rings=rings,
        answered=answered,
        about=about,
        request=case,
        staff_id=by.staff_id if answered else None,
    )
    call.save(force_insert=True)
    known = bool(names_by_phone([digits]))
    facts: dict[str, object] = {"rings": rings, "known": known}
    if answered:
        facts |= {"in_time": in_time} | ({"request": case.number} if case else {})
    _append(
        call, "call.answered" if answered else "call.missed", act, facts, {"phone": digits, "text": about}
    )
    return call


def _case(by: Actor, office: Office, number: str) -> Request | None:
    if not number:
        return None
    found = visible_to(by).filter(number=number, community__office=office).first()
    if found is None:
        raise RuleViolation("request.not_found", number=number)
    return found


@operation
def explain_call(*, call: UUID, by: Actor, act: Act, request: str = "", about: str = "") -> Entry:
    """Say afterwards what a call taken was about (RQ-19 逐项登记): a telephone system's record knows no cause.

    Args:
        request: the number of the case that came of it.
        about: what it was about, where no case came of it.

    Raises:
        RuleViolation: ``call.not_found``, ``call.not_taken``, ``call.explained_already``, ``call.about_nothing``,
            ``channel.too_long``, ``request.not_found``.
    """
    found = calls_of(by, "call.keep").select_for_update(of=("self",)).filter(id=call).first()
    if found is None:
        raise RuleViolation("call.not_found")
    check_cause_lacking(answered=found.answered, said=bool(found.about or found.request_id))
    found.about = check_about(request=request, about=about, asked=True)
    found.request = _case(by, found.office, request)
    found.save(update_fields=["about", "request"])
    facts = {"request": found.request.number} if found.request else {}
    return _append(found, "call.explained", act, facts, {"text": found.about})


@operation
def return_call(*, call: UUID, by: Actor, act: Act, reached: bool, about: str = "") -> Entry:
    """Call somebody back whose call was missed; where nobody is reached it stays to be returned.

    Raises:
        RuleViolation: ``call.not_found``, ``call.returned_already``, ``call.about_nothing``, ``channel.too_long``.
    """
    found = calls_of(by, "call.keep").select_for_update(of=("self",)).filter(id=call).first()
    if found is None:
        raise RuleViolation("call.not_found")
    if found.answered or found.returned_at:
        raise RuleViolation("call.returned_already")
    if reached:
        found.about = check_about(request="", about=about, asked=True)
        found.returned_at, found.staff_id = act.at, by.staff_id
        found.save(update_fields=["about", "returned_at", "staff"])
    minutes = int((act.at - found.called_at).total_seconds() // MINUTE)
    facts = {"minutes": max(0, minutes), "reached": reached}
    return _append(found, "call.returned", act, facts, {"text": about.strip()})


def _append(call: Call, kind: str, act: Act, facts: Mapping[str, object], words: Mapping[str, str]) -> Entry:
    return append(
        book=call.office.book_id,
        kind=kind,
        subject=call.subject,
        act=act,
        clause="RQ-19",
        facts=facts,
        words=words,
    )


@operation
def check_channels(
    *, community: Community, by: Actor, act: Act, found: Mapping[str, str], words: str
) -> Entry:
    """Sign the check of the channels of the month that comes next (RQ-27): each works, has somebody in charge, is answered in time.

    Args:
        found: channel → one of ``rules.FOUND``, for every channel of ``rules.CHECKED``.
        words: what is done about what is wrong; needed where something is.

    Raises:
        RuleViolation: ``access.denied``, ``channel.not_checked``, ``channel.unknown_finding``,
            ``channel.needs_measure``, ``channel.too_long``.
    """
    by.require("channel.check", community.office_id)
    findings, said = check_findings(found, words)
    month = month_to_check(community, now=act.recorded_at)
    open_check(community, month, now=act.recorded_at)
    return append(
        book=community.book_id,
        kind="channel.checked",
        subject=subject_of(community.id.hex, month.key),
        act=act,
        clause=CHECK,
        facts={"period": month.key, "channels": findings},
        words={"text": said},
    )


def open_check(community: Community, month: Period, *, now: datetime) -> bool:
    """Open the duty of a month's check; return whether it is new."""
    return open_period(
        clause_id=CHECK,
        office=community.office,
        subject=subject_of(community.id.hex, month.key),
        on=month.start,
        now=now,
        book_id=community.book_id,
    )
