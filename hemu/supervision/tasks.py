"""What the worker does for supervisors: it opens the day's stock-take and tells of the morning sheet."""

from datetime import datetime, timedelta
from functools import partial

from hemu.duties.models import Duty
from hemu.estate.models import Office
from hemu.infra.moments import office_day
from hemu.infra.rounds import Round
from hemu.infra.troubles import Pieces
from hemu.supervision.models import MorningSheet
from hemu.supervision.operations_morning import announce_due, announce_morning
from hemu.supervision.operations_review import open_review
from hemu.supervision.queries_morning import is_working_day
from hemu.supervision.queries_review import has_open_complaint, subject_of


def look_around(now: datetime) -> int:
    """Open today's stock-take where there is a complaint to take stock of, and announce the sheets that are due.

    Both on working days of the office. An office without open complaints owes no stock-take.
    """
    day = office_day(now)
    told = set(MorningSheet.objects.filter(day=day).values_list("office_id", flat=True))
    offices = [
        each
        for each in Office.objects.filter(communities__isnull=False).distinct()
        if is_working_day(each, now)
    ]
    subjects = [subject_of(each, day) for each in offices]
    pieces = Pieces("office", now)
    opened = set(Duty.objects.filter(subject__in=subjects, clause="RQ-13").values_list("subject", flat=True))
    resting = pieces.resting()

    def look_at(office: Office) -> int:
        done = 0
        if subject_of(office, day) not in opened and has_open_complaint(office):
            done += open_review(office, now=now)
        if office.id not in told and announce_due(office, now=now):
            done += announce_morning(office, now=now)
        return done

    return sum(
        pieces.do(each.id.hex, partial(look_at, each)) for each in offices if each.id.hex not in resting
    )


ROUNDS = (Round("supervision", timedelta(minutes=1), look_around),)
