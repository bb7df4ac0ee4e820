"""The demonstration's way of dispatching: rules that a reader understands at once, and who is on duty."""

from datetime import datetime, timedelta

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.dispatching.operations import add_rule
from hemu.estate.models import Department, Office, Shift, Staff
from hemu.estate.queries import office_rules

BEFORE, DAYS = 30, 60
SHIFTS = [("technician", 480, 1200), ("technician2", 480, 1200), ("security", 480, 1920)]
"""Log-in, and the minutes of the day from which to which they are on duty."""


def arrange(office: Office, *, now: datetime) -> None:
    """Set the office's rules and put people on duty, from a month before ``now``."""
    then = now - timedelta(days=BEFORE)
    by = actor_by_login("cs_supervisor", now=now)
    act = by.act(now=then)
    add_rule(
        office=office,
        act=act,
        by=by,
        trade="repair",
        buildings="1-5",
        staff=_staff("technician"),
        on_duty=True,
    )
    add_rule(
        office=office, act=act, by=by, trade="repair", department=_department(office, "工程部"), on_duty=True
    )
    add_rule(office=office, act=act, by=by, trade="security", role="security")
    add_rule(office=office, act=act, by=by, type="complaint", role="cs_supervisor")
    _shifts(office, then)


def _staff(login: str) -> Staff:
    return Account.objects.select_related("staff").get(login=login).staff


def _department(office: Office, name: str) -> Department:
    return Department.objects.get(office=office, name=name)


def _shifts(office: Office, then: datetime) -> None:
    time = office_rules(office, on=then).time
    days = [then.date() + timedelta(days=number) for number in range(DAYS)]
    Shift.objects.bulk_create(
        Shift(
            office=office,
            staff=_staff(login),
            role="security" if login == "security" else "technician",
            begins_at=time.at(day, begins),
            ends_at=time.at(day, ends),
        )
        for login, begins, ends in SHIFTS
        for day in days
    )
