"""The demonstration's way of dispatching: rules that a reader understands at once."""

from datetime import datetime, timedelta

from hemu.access.actors import actor_by_login
from hemu.access.models import Account
from hemu.dispatching.operations import add_rule
from hemu.estate.models import Department, Office, Staff

BEFORE = timedelta(days=30)


def arrange(office: Office, *, now: datetime) -> None:
    """Set the office's rules, from a month before ``now``."""
    then = now - BEFORE
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


def _staff(login: str) -> Staff:
    return Account.objects.select_related("staff").get(login=login).staff


def _department(office: Office, name: str) -> Department:
    return Department.objects.get(office=office, name=name)
