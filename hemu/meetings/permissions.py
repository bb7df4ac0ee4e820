"""What one may be allowed to do with meetings; who may see what was brought in for one."""

from uuid import UUID

from hemu.access.actors import Actor
from hemu.meetings.models import Meeting, Outcome, Topic

PERMISSIONS = {
    "meeting.view": "see meetings with the owners' committee",
    "meeting.keep": "plan, prepare and hold meetings with the owners' committee and enter their minutes",
    "meeting.consent": "consent to putting a meeting off or calling it off",
}
_NOTHING = "0" * 32


def _id(subject: str) -> UUID:
    return UUID(subject.partition(":")[2] or _NOTHING)


def _sees_meeting(actor: Actor, subject: str) -> bool:
    return Meeting.objects.filter(actor.within("meeting.view"), id=_id(subject)).exists()


def _sees_topic(actor: Actor, subject: str) -> bool:
    return Topic.objects.filter(actor.within("meeting.view"), id=_id(subject)).exists()


def _sees_outcome(actor: Actor, subject: str) -> bool:
    seen = actor.within("meeting.view", community="meeting__community")
    return Outcome.objects.filter(seen, id=_id(subject)).exists()


FILES_SEEN_BY = {
    "meeting": _sees_meeting,
    "topic": _sees_topic,
    "resolution": _sees_outcome,
    "suggestion": _sees_outcome,
}
