"""Reserving numbers on paper, typing the sheets in, giving back what was not used (RQ-01)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hemu.access.actors import Actor
from hemu.estate.models import Community, Company, Staff
from hemu.foundation.errors import RuleViolation
from hemu.front_desk.operations import answer_at_once
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.paper_pads.models import Pad, Sheet
from hemu.paper_pads.queries import open_sheets
from hemu.paper_pads.slips import pad_paper
from hemu.papers.typesetting import typeset
from hemu.service_requests.models import Request
from hemu.service_requests.operations import register_request, take_numbers
from hemu.tracking.queries import tracking_code

MOST_SHEETS = 200


@operation
def reserve_pad(*, community: Community, count: int, by: Actor, act: Act) -> Pad:
    """Reserve the next numbers of a community for a pad; the series has no gap, for each is accounted for.

    Args:
        count: 1 to 200.

    Raises:
        RuleViolation: ``access.denied``, ``pad.count`` (most).
    """
    by.require("request.register", community.office_id)
    if not 1 <= count <= MOST_SHEETS:
        raise RuleViolation("pad.count", most=MOST_SHEETS)
    year, last = take_numbers(community, act.recorded_at, count)
    pad = Pad.objects.create(
        id=new_id(act.recorded_at),
        community=community,
        year=year,
        first=last - count + 1,
        last=last,
        reserved_at=act.at,
        reserved_by_id=by.staff_id,
    )
    Sheet.objects.bulk_create(
        Sheet(number=pad.number(serial), pad=pad, serial=serial) for serial in range(pad.first, last + 1)
    )
    _append(pad, "pad.reserved", act, first=pad.number(pad.first), last=pad.number(last), count=count)
    return pad


@operation
def register_sheet(
    *, number: str, community: Community, by: Actor, act: Act, late_reason: str, answer: str = "", **word: Any
) -> Request:
    """Type a sheet in: register its word under its own number, at the time of the call (补录).

    Args:
        number: in full, as the sheet bears it.
        act: ``at`` is when the call came.
        answer: what was answered on the spot; then it is answered and closed as `answer_at_once` does.
        late_reason: why it was on paper; always asked.
        word: the other arguments of ``register_request``.

    Raises:
        RuleViolation: ``access.denied``, ``pad.unknown_number``, ``pad.other_community`` (community),
            ``pad.already_used`` (number), ``pad.returned`` (number), ``pad.needs_reason``,
            ``pad.before_reserved`` (number), and those of registering.
    """
    by.require("request.register", community.office_id)
    if not late_reason.strip():
        raise RuleViolation("pad.needs_reason")
    sheet = _open_sheet(number, community)
    if act.at < sheet.pad.reserved_at.replace(second=0, microsecond=0):  # paper knows minutes
        raise RuleViolation("pad.before_reserved", number=number)
    known = {"community": community, "act": act, "late_reason": late_reason, "number": sheet.number, **word}
    known.setdefault("first_asked", Staff(id=by.staff_id))
    request = answer_at_once(answer=answer, by=by, **known) if answer.strip() else register_request(**known)
    sheet.state, sheet.request, sheet.ended_at = Sheet.State.USED, request, act.recorded_at
    sheet.save(update_fields=["state", "request", "ended_at"])
    _append(sheet.pad, "pad.used", act, number=sheet.number)
    return request


def _open_sheet(number: str, community: Community) -> Sheet:
    rows = Sheet.objects.select_for_update(of=("self",)).select_related("pad__community")
    sheet = rows.filter(number=number).first()
    if sheet is None:
        raise RuleViolation("pad.unknown_number", number=number)
    if sheet.pad.community_id != community.id:
        raise RuleViolation("pad.other_community", number=number, community=sheet.pad.community.name)
    if sheet.state != Sheet.State.OPEN:
        raise RuleViolation(
            f"pad.{'already_used' if sheet.state == Sheet.State.USED else 'returned'}", number=number
        )
    return sheet


@operation
def return_sheets(*, pad: Pad, numbers: Sequence[str], reason: str, by: Actor, act: Act) -> int:
    """Give numbers back that bear no word: spoilt, left over. Returns how many; they are never used again.

    Raises:
        RuleViolation: ``access.denied``, ``pad.needs_reason``, ``pad.nothing_to_return``,
            ``pad.not_open`` (numbers).
    """
    by.require("request.register", pad.community.office_id)
    if not reason.strip():
        raise RuleViolation("pad.needs_reason")
    if not numbers:
        raise RuleViolation("pad.nothing_to_return")
    asked = sorted(set(numbers))
    rows = Sheet.objects.select_for_update().filter(pad=pad, number__in=asked, state=Sheet.State.OPEN)
    found = {sheet.number for sheet in rows.order_by("number")}
    if gone := [number for number in asked if number not in found]:
        raise RuleViolation("pad.not_open", numbers=gone)
    Sheet.objects.filter(number__in=asked).update(state=Sheet.State.RETURNED, ended_at=act.recorded_at)
    append(
        book=pad.community.book_id,
        kind="pad.returned",
        subject=pad.subject,
        act=act,
        clause="RQ-01",
        facts={"pad": str(pad.id), "numbers": asked},
        words={"reason": reason.strip()},
    )
    return len(asked)


def _append(pad: Pad, kind: str, act: Act, **facts: Any) -> None:
    append(
        book=pad.community.book_id,
        kind=kind,
        subject=pad.subject,
        act=act,
        clause="RQ-01",
        facts={"pad": str(pad.id), **facts},
    )


def print_pad(pad: Pad, *, now: datetime, by: str = "") -> bytes:
    """Return the sheets of a pad that are still open as PDF.

    Raises:
        RuleViolation: ``paper.nothing``.
    """
    slips = [(sheet.number, tracking_code(sheet.number)) for sheet in open_sheets(pad)]
    if not slips:
        raise RuleViolation("paper.nothing")
    company = Company.objects.first()
    paper = pad_paper(
        company=company.name if company else "",
        office=pad.community.office.name,
        community=pad.community.name,
        slips=slips,
        reserved=pad.reserved_at.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M"),
    )
    return typeset([paper], at=now, by=by)
