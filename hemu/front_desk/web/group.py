"""What of a case goes into a chat group as plain text: the job for those who work, the answer for the owners.

No name and no number stands in either; a room only in the job.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from hemu.access.web.gate import StaffRequest
from hemu.duties.queries import nearest_due
from hemu.foundation.redaction import mask_phones
from hemu.front_desk.wording import (
    GROUP_ANSWER,
    GROUP_CASE,
    GROUP_DUE,
    GROUP_JOB,
    GROUP_LINK,
    GROUP_OWNER_LINK,
)
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.service_requests.models import Request
from hemu.service_requests.rules import State
from hemu.service_requests.wording import TYPES, URGENCIES

SPOKEN = "zh-hans"
AT_WORK = (State.DISPATCHED, State.ACCEPTED, State.PAUSED)
WORDS = 120
ANSWERS = ("request.replied", "request.owner_informed")


def panel(staff: StaffRequest, found: Request) -> str:
    """Return the panel with the texts to copy; nothing where there is none."""
    if not staff.actor.may("request.register", found.community.office_id):
        return ""
    base = settings.PUBLIC_URL or staff.build_absolute_uri("/").rstrip("/")
    with translation.override(SPOKEN):
        job = job_text(found, base=base) if found.state in AT_WORK else ""
        answer = answer_text(found, base=base) if found.replied_at else ""
    if not job and not answer:
        return ""
    context = {"job": job, "answer": answer, "came_from_group": found.channel == "chat"}
    return render_to_string("front_desk/group_panel.html", context, staff)


def job_text(found: Request, *, base: str) -> str:
    """Return a job as the group of those who work reads it: where, what, by when, and the page that asks for a log-in."""
    due = nearest_due([found.subject]).get(found.subject)
    words = mask_phones(" ".join(found.text.split()))
    lines = [
        GROUP_JOB % {"case": _case(found), "urgency": URGENCIES.get(found.urgency, "")},
        found.home_written or found.place,
        words[:WORDS] + ("…" if len(words) > WORDS else ""),
        GROUP_DUE % {"due": f"{due.astimezone(OFFICE_ZONE):%m-%d %H:%M}"} if due else "",
        GROUP_LINK % {"link": base + reverse("request", args=[found.number])},
    ]
    return "\n".join(str(line).strip() for line in lines if line)


def answer_text(found: Request, *, base: str) -> str:
    """Return the last answer as an owners' group may read it; "" where its words are erased.

    The owner's own link stays out: whoever reads the group would open the case by it.
    """
    answers = Entry.objects.filter(subject=found.subject, kind__in=ANSWERS).order_by("-seq")
    last = answers.select_related("words_row")[
        :2
    ]  # a reply may lie in telling the result, and has no words then
    reply = next((str(words["reply"]) for words in map(words_of, last) if words.get("reply")), "")
    if not reply:
        return ""
    lines = [
        GROUP_ANSWER % {"office": found.community.office.name, "case": _case(found)},
        mask_phones(reply),
        _owner_line(base),
    ]
    return "\n".join(line for line in lines if line)


def _owner_line(base: str) -> str:
    try:
        return str(GROUP_OWNER_LINK) % {"link": base + reverse("my")}
    except NoReverseMatch:  # owners have no place of their own to log in to
        return ""


def _case(found: Request) -> str:
    return str(GROUP_CASE) % {"number": found.number, "type": TYPES[found.type]}
