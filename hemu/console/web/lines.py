"""Duties as the pages of the console list them, and where what they are about is seen."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from hemu.access.actors import Actor
from hemu.correspondence.wording import SUBJECT_WORDS as CORRESPONDENCE
from hemu.duties.models import Duty
from hemu.duties.operations.births import SUBJECT
from hemu.estate.wording import ROLES
from hemu.infra.kept import kept_with
from hemu.infra.moments import OFFICE_ZONE, office_day
from hemu.meetings.web.links import meeting_url
from hemu.meetings.wording import SUBJECTS as MEETINGS
from hemu.reports.web.links import report_name, report_url
from hemu.service_requests.models import Request
from hemu.sop.register import load_register
from hemu.stewardship.rules import SUBJECTS

BY_ID = {
    "paper": "document",
    "rules": "rules_moved",
    "committee_paper": "committee_paper",
    "committee_inquiry": "committee_inquiry",
    **dict.fromkeys(SUBJECTS.values(), "matter"),
}
"""Pages of one thing that its subject names by id."""


def cases_of(found: list[Duty]) -> dict[str, Request]:
    """Return the cases that duties are about, by subject."""
    numbers = [duty.subject.partition(":")[2] for duty in found if duty.subject.startswith("request:")]
    return {case.subject: case for case in Request.objects.filter(number__in=numbers)}


def duty_lines(
    found: list[Duty], actor: Actor, cases: dict[str, Request] | None = None
) -> list[dict[str, Any]]:
    """Return duties as the lists show them, in their order; with their community for a reader who has several.

    Args:
        cases: what they are about, where it is read already.
    """
    if not found:
        return []
    cases = cases_of(found) if cases is None else cases
    names = kept_with(actor, "names", lambda: _names(actor))
    return [_row(duty, cases.get(duty.subject), names) for duty in found]


def _names(actor: Actor) -> dict[str, str]:
    """Return the names of the communities whose duties somebody sees, by their books."""
    return {each.book_id: each.name for each in actor.places("duty.view")}


def _row(duty: Duty, case: Request | None, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": duty.id,
        "clause": duty.clause,
        "title": load_register().clause(duty.clause).title,
        "url": _url(duty, case),
        "subject": case.number if case else _subject_name(duty),
        "words": case.text if case else "",
        "community": names.get(duty.book_id, "") if len(names) > 1 else "",
        "owed_by": duty.staff.name if duty.staff else ROLES[duty.role],
        "due": duty.due_at,
    }


def _url(duty: Duty, case: Request | None) -> str:
    if duty.subject.startswith(f"{SUBJECT}:"):
        return reverse("duty", args=[duty.id])
    return reverse("request", args=[case.number]) if case else subject_url(duty.subject)


def _subject_name(duty: Duty) -> str:
    """Return what a duty that is about no case is called."""
    subject = duty.subject
    kind = subject.partition(":")[0]
    if kind == SUBJECT:
        return _("手工") if duty.trigger else _("手工 · %(period)s") % {"period": duty.key.rpartition(":")[2]}
    if kind == "report":
        return report_name(subject) or _("回访计划")
    if kind == "channels":
        return _("渠道检查")
    if kind == "corrective_action":
        return _("整改 %(number)s") % {"number": subject.partition(":")[2]}
    named = {"review": _("每日盘点"), **CORRESPONDENCE, **MEETINGS}
    return str(named.get(kind, _("当月合计")))


def end_of(now: datetime, *, days: int) -> datetime:
    """Return the last moment of the day so many days after today, at the offices."""
    day = office_day(now) + timedelta(days=days)
    return datetime.combine(day, time.max, OFFICE_ZONE)


def subject_url(subject: str) -> str:
    """Return where a subject is seen; where it has no page of its own, the duties."""
    kind, _colon, number = subject.partition(":")
    if kind in BY_ID:
        return reverse(BY_ID[kind], args=[UUID(number)])
    if kind in MEETINGS:
        return meeting_url(subject)
    if kind == "request":
        return reverse("request", args=[number])
    if kind == "corrective_action":
        return reverse("action", args=[number])
    if kind == "morning":
        return f"{reverse('morning')}?day={number}"
    if kind == "report":
        return report_url(subject)
    if kind == "channels":
        return f"{reverse('channels')}?community={UUID(number.partition(':')[0])}"
    if kind == "call":
        return reverse("calls")
    return reverse({"rate": "requests", "review": "review"}.get(kind, "duties"))
