"""Handing over the open work of somebody who left: after the access has ended, piece by piece."""

import logging
from datetime import datetime
from functools import partial

from django.db.models import F

from hemu.foundation.errors import RuleViolation
from hemu.infra.moments import office_day
from hemu.infra.troubles import Pieces
from hemu.ledger.operations import Act
from hemu.staffing.models import Leaving
from hemu.staffing.operations import end_access
from hemu.staffing.queries import kinds_of_work

log = logging.getLogger("hemu.staffing")
SLICE = 10
"""So many pieces a transaction: the front desk must not wait."""


def hand_over(*, leaving: Leaving, act: Act) -> dict[str, int]:
    """Hand over all open work of somebody who left; return how many pieces of each kind went.

    What cannot go (a refusal) stays with its room's lists and is tried again by the worker; the leaving is done
    when nothing is left.
    """
    went: dict[str, int] = {}
    left = 0
    for work in kinds_of_work():
        try:
            while count := work.hand_over(staff=leaving.staff_id, to=leaving.to_id, act=act, limit=SLICE):
                went[work.name] = went.get(work.name, 0) + count
        except RuleViolation as refusal:
            log.warning("leaving %s: %s is not handed over: %s", leaving.id, work.name, refusal.code)
        left += work.count(leaving.staff_id)
    if not left:
        Leaving.objects.filter(id=leaving.id, handed_over_at__isnull=True).update(
            handed_over_at=act.recorded_at
        )
    return went


def carry_out_leavings(now: datetime) -> int:
    """End the access of those whose day has come, and hand over what is not handed over yet; return how many went."""
    waiting = Leaving.objects.filter(
        handed_over_at__isnull=True,
        cancelled_at__isnull=True,
        on__lte=office_day(now),
        staff__left_on=F("on"),  # who was taken back keeps what they are given from then on
    )
    pieces = Pieces("leaving", now)
    resting = pieces.resting()
    rows = waiting.exclude(pk__in=resting).select_related("staff").order_by("on")[:20]
    return sum(pieces.do(str(row.pk), partial(_carry_out, row, now)) for row in rows)


def _carry_out(row: Leaving, now: datetime) -> int:
    act = Act(row.by, at=now, recorded_at=now)
    is_new = row.done_at is None
    if is_new:
        end_access(leaving=row, act=act)
    return is_new + sum(hand_over(leaving=row, act=act).values())
