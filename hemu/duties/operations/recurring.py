"""Opening the duty of a period: a clause × a book × a day, week or month."""

from datetime import datetime

from hemu.duties.models import Duty
from hemu.duties.operations.watching import set_times
from hemu.duties.queries import is_watched
from hemu.duties.rules import times_of
from hemu.estate.models import Office
from hemu.estate.queries import office_rules
from hemu.foundation.due import period_of
from hemu.infra.identity import new_id
from hemu.infra.transaction import operation


@operation
def open_period(
    *, clause_id: str, office: Office, subject: str, on: datetime, now: datetime, book_id: str = ""
) -> bool:
    """Open the duty that a recurring clause asks of an office in the period of ``on``; return whether it is new.

    Opening it twice is no harm: the key is the clause, the book and the period. A clause that the office's profile
    does not watch opens nothing. It has its true times, however late the worker comes to it.

    Args:
        subject: on which the entry that fulfils it will lie.
        book_id: the book in which it lies; the office's own where none is given.
    """
    rules = office_rules(office, on=on)
    clause = next((each.clause for each in rules.clauses if each.clause.id == clause_id), None)
    book_id = book_id or office.book_id
    if clause is None or clause.every is None or not is_watched(clause.id, rules=rules, book_id=book_id):
        return False
    period = period_of(clause.every, on, rules.time)
    duty = Duty(
        id=new_id(now),
        key=f"{clause.id}:{book_id}:{period.key}",
        clause=clause.id,
        book_id=book_id,
        office=office,
        subject=subject,
        role=clause.actors[0],
        start_at=period.start,
    )
    if Duty.objects.filter(key=duty.key).exists():
        return False
    set_times(duty, times_of(clause, settings=rules.settings, time=rules.time, start=period.start, facts={}))
    Duty.objects.bulk_create([duty], ignore_conflicts=True)
    return True
