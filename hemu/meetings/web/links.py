"""Where a meeting, and what lies with it, is seen."""

from uuid import UUID

from django.urls import reverse


def meeting_url(subject: str) -> str:
    """Return the page of a meeting; for topics, what came of one and the meeting owed in a period, the list."""
    kind, _colon, number = subject.partition(":")
    if kind == "meeting":
        return reverse("meeting", args=[UUID(number)])
    if kind == "meetings":
        return f"{reverse('meetings')}?community={UUID(number.partition(':')[0])}"
    return reverse("meetings")
