"""Keeping the morning sheet and telling those who lead the office of it: one message, on working days."""

from datetime import datetime, timedelta

from hemu.estate.models import Office
from hemu.estate.queries import holders
from hemu.infra.moments import office_day
from hemu.infra.transaction import operation
from hemu.messaging.operations import tell
from hemu.service_requests.models import Request
from hemu.supervision.models import MorningSheet
from hemu.supervision.queries_morning import as_facts, is_working_day, make_sheet, sheet_at

TOLD = ("cs_supervisor", "office_director")
TOLD_WITHIN = timedelta(hours=4)
"""Later, after an outage of the worker, the sheet is kept but nobody is told of the morning any more."""


def announce_due(office: Office, *, now: datetime) -> bool:
    """Tell whether the time of today's sheet has come at an office that works today."""
    day = office_day(now)
    return is_working_day(office, now) and now >= sheet_at(office, day)


@operation
def announce_morning(office: Office, *, now: datetime) -> bool:
    """Keep today's sheet and tell the supervisors and the director of it once; return whether it was not there yet."""
    day = office_day(now)
    sheet = make_sheet(Request.objects.all(), office, day, now=now)
    row = MorningSheet(office=office, day=day, made_at=now, facts=as_facts(sheet))
    if MorningSheet.objects.filter(office=office, day=day).exists():
        return False
    MorningSheet.objects.bulk_create([row], ignore_conflicts=True)
    if now - sheet_at(office, day) <= TOLD_WITHIN:
        people = [person for role in TOLD for person in holders(role, office, on=day)]
        key = f"morning:{office.id.hex}:{day.isoformat()}"
        facts = sheet.counts() | {"office": str(office.id)}
        tell(
            staff=people,
            topic="morning.sheet",
            subject=f"morning:{day.isoformat()}",
            key=key,
            now=now,
            facts=facts,
        )
    return True
