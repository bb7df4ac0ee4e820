"""The open complaints of an office, and what today's stock-take has found of them so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from hemu.access.actors import Actor
from hemu.duties.queries import nearest_due
from hemu.estate.models import Office, Post
from hemu.foundation.due import is_late
from hemu.infra.moments import office_day
from hemu.infra.terms import in_force
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.queries import visible_to
from hemu.service_requests.rules import HANDLERS, OPEN

AT_MOST = 1_000


@dataclass(frozen=True)
class Finding:
    """What was last found of a complaint; ``today`` tells whether it is of this day's stock-take."""

    to: str
    root: str
    measure: str
    by: str
    at: datetime
    today: bool


@dataclass(frozen=True)
class Complaint:
    """An open complaint with its nearest due time and what was last found of it."""

    case: Request
    due: datetime | None
    late: bool
    finding: Finding | None

    @property
    def done(self) -> bool:
        """Tell whether today's stock-take has looked at it."""
        return self.finding is not None and self.finding.today


def subject_of(office: Office, day: date) -> str:
    """Return the subject of an office's stock-take of a day."""
    return f"review:{office.id.hex}:{day.isoformat()}"


def open_complaints(rows: QuerySet[Request], office: Office) -> QuerySet[Request]:
    """Return an office's open complaints among the rows, the longest open first."""
    found = rows.filter(community__office=office, type="complaint", state__in=sorted(OPEN))
    return found.order_by("id")


def stock(actor: Actor, office: Office, *, now: datetime) -> list[Complaint]:
    """Return the open complaints that this person may review, late ones first, then the longest open; 1,000 at most.

    A complaint that names somebody is not shown to that person, and so is no part of their stock-take.
    """
    cases = list(open_complaints(visible_to(actor, "review.sign"), office)[:AT_MOST])
    subjects = [case.subject for case in cases]
    dues, found = nearest_due(subjects, offices={office.id}), findings(subjects, now=now)
    made = [_complaint(case, dues.get(case.subject), found.get(case.subject), now) for case in cases]
    return sorted(made, key=lambda each: not each.late)


def as_complaint(case: Request, *, now: datetime) -> Complaint:
    """Return one case as the stock-take sees it."""
    dues, found = nearest_due([case.subject]), findings([case.subject], now=now)
    return _complaint(case, dues.get(case.subject), found.get(case.subject), now)


def _complaint(case: Request, due: datetime | None, finding: Finding | None, now: datetime) -> Complaint:
    return Complaint(case, due, due is not None and is_late(now, due), finding)


def findings(subjects: Iterable[str], *, now: datetime) -> dict[str, Finding]:
    """Return what stock-takes last found of cases, by subject."""
    today = office_day(now).isoformat()
    rows = Entry.objects.filter(subject__in=list(subjects), kind="request.reviewed")
    return {
        entry.subject: Finding(
            to=entry.facts["to"],
            root=entry.facts["root"],
            measure=str(words_of(entry).get("remark", "")),
            by=entry.actor,
            at=entry.at,
            today=entry.facts["day"] == today,
        )
        for entry in rows.select_related("words_row").order_by("seq")
    }


def signed_today(office: Office, *, now: datetime) -> list[Entry]:
    """Return the entries with which today's stock-take was signed, in the order of the book."""
    day = office_day(now)
    return list(
        Entry.objects.filter(subject=subject_of(office, day), kind="request.daily_review.done").order_by(
            "seq"
        )
    )


def answerable(office: Office, *, now: datetime) -> list[tuple[str, str]]:
    """Return who can be made to answer for a complaint at an office, as (key, name), by name."""
    today = office_day(now)
    posts = Post.objects.filter(in_force(today), office=office, role__in=sorted(HANDLERS))
    people = posts.order_by("staff__name").values_list("staff_id", "staff__name").distinct()
    return [(f"staff:{staff}", name) for staff, name in people]


def has_open_complaint(office: Office) -> bool:
    """Tell whether an office has anything to take stock of."""
    communities = list(office.communities.values_list("id", flat=True))
    return Request.objects.filter(
        community__in=communities, type="complaint", state__in=sorted(OPEN)
    ).exists()
