"""Arranging: an office's rules, whether they act at sorting, its shifts and the rota of a week."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from hemu.access.actors import Actor
from hemu.dispatching import rules
from hemu.dispatching.models import LONGEST_BUILDINGS, Arrangement, DispatchRule
from hemu.dispatching.queries import rules_of, shifts_of, staff_at
from hemu.dispatching.rules_rota import DAYS, read_cell, read_shifts
from hemu.dispatching.wording import conditions, target
from hemu.estate.models import Community, Department, Office, Shift, Staff
from hemu.foundation.errors import RuleViolation
from hemu.infra.identity import new_id
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.service_requests.rules import HANDLERS, TRADES, TYPES, one_of

STEP = 10
PLACE_LENGTH = 30


@operation
def add_rule(
    *,
    office: Office,
    act: Act,
    by: Actor,
    trade: str = "",
    type: str = "",
    community: Community | None = None,
    buildings: str = "",
    place: str = "",
    hours: str = "",
    staff: Staff | None = None,
    department: Department | None = None,
    role: str = "",
    on_duty: bool = False,
    before: str = "",
    replaces: str = "",
) -> DispatchRule:
    """Set a rule of an office, in force from this day on (RQ-04).

    Args:
        buildings, place, hours: as people write them: ``1-3栋、5``, words of a place, ``office``, ``20:00-08:00``.
        staff, department, role: the target, one of them.
        before: the id of the rule before which it stands; empty: it comes last.
        replaces: the id of the rule that it takes the place of, which ends with the day before.

    Raises:
        RuleViolation: ``access.denied``, ``dispatch_rule.no_target``, ``dispatch_rule.buildings``,
            ``dispatch_rule.not_found``, ``hours.unreadable``, ``request.unknown_value``.
    """
    by.require("dispatch.arrange", office.id)
    if sum(each not in (None, "") for each in (staff, department, role)) != 1:
        raise RuleViolation("dispatch_rule.no_target")
    read = ",".join(rules.read_buildings(buildings))
    if len(read) > LONGEST_BUILDINGS:
        raise RuleViolation("dispatch_rule.buildings", text=buildings)
    today = office_day(act.recorded_at)
    old = _rule(office, replaces, today) if replaces else None
    row = DispatchRule(
        id=new_id(act.recorded_at),
        office=office,
        position=old.position if old else _position(office, before, today),
        community=community,
        type=one_of("type", type, TYPES) if type else "",
        trade=one_of("trade", trade, TRADES) if trade else "",
        buildings=read,
        place=place.strip()[:PLACE_LENGTH],
        hours=rules.read_hours(hours),
        staff=staff,
        department=department,
        role=one_of("role", role, tuple(sorted(HANDLERS))) if role else "",
        on_duty=on_duty,
        since=today,
    )
    if old:
        _end(old, today)
    row.save(force_insert=True)
    _write_rule(row, office, act, replaces)
    return row


def _write_rule(row: DispatchRule, office: Office, act: Act, replaces: str) -> None:
    _append(
        "dispatch_rule.set",
        office,
        act,
        facts={
            "rule": str(row.id),
            "type": row.type or None,
            "trade": row.trade or None,
            "hours": row.hours or None,
            "on_duty": row.on_duty,
            "since": row.since.isoformat(),
            "replaces": replaces or None,
        },
        words={"rule": f"{conditions(row)} → {target(row)}"},
    )


@operation
def end_rule(*, office: Office, rule: str, act: Act, by: Actor) -> None:
    """End a rule: from this day on nothing goes by it.

    Raises:
        RuleViolation: ``access.denied``, ``dispatch_rule.not_found``.
    """
    by.require("dispatch.arrange", office.id)
    today = office_day(act.recorded_at)
    row = _rule(office, rule, today)
    _end(row, today)
    last = today - timedelta(days=1)
    _append("dispatch_rule.ended", office, act, facts={"rule": rule, "until": last.isoformat()})


def _rule(office: Office, rule: str, today: date) -> DispatchRule:
    for each in rules_of(office, on=today):
        if str(each.id) == rule:
            return each
    raise RuleViolation("dispatch_rule.not_found")


def _end(row: DispatchRule, today: date) -> None:
    """End a rule with the day before; one set this very day is gone, the book keeps both."""
    if row.since >= today:
        row.delete()
    else:
        row.until = today - timedelta(days=1)
        row.save(update_fields=["until"])


def _position(office: Office, before: str, today: date) -> int:
    if not before:
        last = DispatchRule.objects.filter(office=office).aggregate(last=Max("position"))["last"]
        return (last or 0) + STEP
    standing = rules_of(office, on=today)
    place = next((number for number, each in enumerate(standing) if str(each.id) == before), None)
    if place is None:
        raise RuleViolation("dispatch_rule.not_found")
    for number, each in enumerate(standing):  # renumbered: there is room again
        each.position = STEP * (number + 1 + (number >= place))
    DispatchRule.objects.bulk_update(standing, ["position"])
    return STEP * (place + 1)


@operation
def switch(*, office: Office, at_sorting: bool, act: Act, by: Actor) -> None:
    """Let the rules send what is sorted at once, as an act of who sorts it; or only suggest.

    Raises:
        RuleViolation: ``access.denied``.
    """
    by.require("dispatch.arrange", office.id)
    Arrangement.objects.update_or_create(office=office, defaults={"at_sorting": at_sorting})
    _append("dispatching.switched", office, act, facts={"at_sorting": at_sorting})


@operation
def set_shifts(*, office: Office, text: str, by: Actor) -> dict[str, str]:
    """Set the shifts of an office, one a line: ``早 07:00-15:00``; an empty text brings the usual ones back.

    Raises:
        RuleViolation: ``access.denied``, ``rota.unreadable_shift``.
    """
    by.require("dispatch.arrange", office.id)
    shifts = read_shifts(text)
    Arrangement.objects.update_or_create(office=office, defaults={"shifts": shifts})
    return shifts


@operation
def publish_rota(
    *, office: Office, monday: date, cells: Mapping[UUID, Sequence[str]], act: Act, by: Actor
) -> int:
    """Publish who is on duty in a week; what stood for that week before makes way. Return the number of shifts.

    Args:
        monday: the first day of the week.
        cells: member of staff → seven cells, Monday first, as `rules_rota.read_cell` reads them.

    Raises:
        RuleViolation: ``access.denied``, ``rota.unknown_people``, ``rota.unreadable_cell``, ``rota.empty``.
    """
    by.require("dispatch.arrange", office.id)
    known = {
        staff.id: (staff, role)
        for staff, role, _department in staff_at(office, on=monday, until=monday + timedelta(days=6))
    }
    if strangers := [str(each) for each in cells if each not in known]:
        raise RuleViolation("rota.unknown_people", names=strangers)
    codes, midnight = shifts_of(office), datetime.combine(monday, datetime.min.time(), OFFICE_ZONE)
    shifts = [
        Shift(
            office=office,
            staff_id=staff,
            role=known[staff][1],
            begins_at=midnight + timedelta(days=day, minutes=span.start),
            ends_at=midnight + timedelta(days=day, minutes=span.end),
        )
        for staff, week in cells.items()
        for day, cell in enumerate(week[:DAYS])
        for span in read_cell(cell, codes)
    ]
    if not shifts:
        raise RuleViolation("rota.empty")
    week = {"begins_at__gte": midnight, "begins_at__lt": midnight + timedelta(days=DAYS)}
    Shift.objects.filter(office=office, **week).delete()
    Shift.objects.bulk_create(shifts)
    _append(
        "shift_roster.published",
        office,
        act,
        clause="RQ-28",
        facts={
            "office": str(office.id),
            "from": monday.isoformat(),
            "until": (monday + timedelta(days=6)).isoformat(),
            "people": len({shift.staff_id for shift in shifts}),
            "shifts": len(shifts),
        },
        words={"roster": {known[staff][0].name: list(week) for staff, week in cells.items() if any(week)}},
    )
    return len(shifts)


def _append(
    kind: str,
    office: Office,
    act: Act,
    *,
    facts: Mapping[str, Any],
    words: Mapping[str, Any] | None = None,
    clause: str = "RQ-04",
) -> None:
    """Write down what was arranged, about the office, in its own book."""
    append(
        book=office.book_id,
        kind=kind,
        subject=f"office:{office.id}",
        act=act,
        clause=clause,
        facts=facts,
        words=words,
    )
