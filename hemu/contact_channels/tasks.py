"""What the worker does for channels: it opens the month's check where owners have written at all."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from hemu.contact_channels.operations import open_check
from hemu.contact_channels.queries import month_of
from hemu.contact_channels.rules import CHECK
from hemu.duties.models import Duty
from hemu.duties.rules import times_of
from hemu.estate.models import Community
from hemu.estate.queries import office_rules
from hemu.infra.rounds import Round
from hemu.service_requests.models import Request


def look_around(now: datetime) -> int:
    """Open this month's check (RQ-27) for the communities with a word in the book; how many statements does not grow.

    Nothing begins red: where this month's last working day is over, the next month's check is the first.
    """
    first = Community.objects.select_related("office").first()
    if first is None:
        return 0
    month = month_of(first.office, now)  # months are the same everywhere
    key = Concat(Value(f"{CHECK}:"), OuterRef("book_id"), Value(f":{month.key}"))
    rows = Community.objects.filter(Exists(Request.objects.filter(community=OuterRef("pk"))))
    missing = rows.exclude(Exists(Duty.objects.filter(key=key))).select_related("office")
    return sum(
        open_check(each, month, now=now)
        for each in missing
        if (due := _due_at(each, month.start)) is not None and now <= due
    )


def _due_at(community: Community, on: datetime) -> datetime | None:
    rules = office_rules(community.office, on=on)
    clause = next((each.clause for each in rules.clauses if each.clause.id == CHECK), None)
    if clause is None:
        return None
    return times_of(clause, settings=rules.settings, time=rules.time, start=on, facts={}).due_at


ROUNDS = (Round("channels", timedelta(minutes=10), look_around),)
