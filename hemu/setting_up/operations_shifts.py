"""Who is on duty: putting people on shifts, taking one off, repeating last week."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from hemu.estate.models import Office, Shift
from hemu.estate.queries import office_rules
from hemu.foundation.errors import RuleViolation
from hemu.foundation.hours import parse_interval
from hemu.infra.moments import OFFICE_ZONE
from hemu.infra.transaction import operation
from hemu.ledger.operations import Act, append
from hemu.setting_up.queries import staff_for_shifts

WEEK = timedelta(days=7)
MOST = 500


@operation
def put_on_duty(*, office: Office, people: list[UUID], days: list[date], span: str, act: Act) -> int:
    """Put people on duty on these days and return how many shifts were new; one that stands already stays as it is.

    Args:
        span: one of the office's shifts, as its profile writes them: ``20:00-08:00`` ends on the next day.

    Raises:
        RuleViolation: ``setup.nobody_chosen``, ``setup.span_unknown``.
    """
    roles = {person: role for person, role, _ in staff_for_shifts(office, now=act.recorded_at)}
    chosen = [each for each in people if each in roles]
    if not chosen or not days:
        raise RuleViolation("setup.nobody_chosen")
    rules = office_rules(office, on=act.recorded_at)
    if span not in rules.settings.hours["technician_shifts"]:
        raise RuleViolation("setup.span_unknown", known=list(rules.settings.hours["technician_shifts"]))
    interval = parse_interval(span)
    wanted = [
        Shift(
            office=office, staff_id=person, role=roles[person],
            begins_at=rules.time.at(day, interval.start), ends_at=rules.time.at(day, interval.end),
        )
        for person in chosen
        for day in days
    ]  # fmt: skip
    return _put(office, wanted[:MOST], act)


@operation
def repeat_last_week(*, office: Office, monday: date, act: Act) -> int:
    """Put the people of the week before on the same shifts in the week of ``monday``, those who still hold a post.

    Raises:
        RuleViolation: ``setup.no_last_week``.
    """
    first = datetime.combine(monday - WEEK, time.min, OFFICE_ZONE)
    before = Shift.objects.filter(office=office, begins_at__gte=first, begins_at__lt=first + WEEK)
    still = {person for person, _, _ in staff_for_shifts(office, now=act.recorded_at)}
    wanted = [
        Shift(office=office, staff_id=each.staff_id, role=each.role, begins_at=each.begins_at + WEEK, ends_at=each.ends_at + WEEK)
        for each in before.order_by("begins_at", "id")[:MOST]
        if each.staff_id in still
    ]  # fmt: skip
    if not wanted:
        raise RuleViolation("setup.no_last_week")
    return _put(office, wanted, act)


def _put(office: Office, wanted: list[Shift], act: Act) -> int:
    begins = [each.begins_at for each in wanted]
    there = set(
        Shift.objects.filter(
            office=office, begins_at__gte=min(begins), begins_at__lte=max(begins)
        ).values_list("staff_id", "begins_at")
    )
    new = [each for each in wanted if (each.staff_id, each.begins_at) not in there]
    Shift.objects.bulk_create(new)
    if new:
        _note(office, len(new), min(begins), act)
    return len(new)


@operation
def take_off_duty(*, office: Office, shift: int, act: Act) -> None:
    """Take one shift away that has not ended; an unknown one is passed over."""
    row = Shift.objects.filter(office=office, id=shift, ends_at__gt=act.recorded_at).first()
    if row is not None:
        row.delete()
        _note(office, -1, row.begins_at, act)


def _note(office: Office, count: int, begins: datetime, act: Act) -> None:
    facts = {"count": count, "from": begins.astimezone(OFFICE_ZONE).date().isoformat()}
    append(book=office.book_id, kind="setup.shifts_set", subject=f"office:{office.id}", act=act, facts=facts)
