"""Telling the owner what happened to the case, and the office's group what is urgent."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hemu.estate.models import Phone
from hemu.estate.queries import office_rules
from hemu.infra.moments import OFFICE_ZONE, parse_moment
from hemu.infra.transaction import read_once
from hemu.ledger.entries import Proof
from hemu.ledger.models import Entry
from hemu.ledger.queries import words_of
from hemu.messaging.channels import ready_channels
from hemu.messaging.models import Outgoing
from hemu.messaging.operations import tell, tell_group, tell_owner
from hemu.messaging.queries import message_token
from hemu.messaging.rules import Channel, Place, chosen_channel, out_of_quiet
from hemu.service_requests.models import Request
from hemu.service_requests.wording import MESSAGE_DAYS, MESSAGE_LINK, MESSAGE_TITLE, MESSAGES

LONGEST = 400
"""Characters of an answer in a message; the rest stands behind the link."""
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SPOKEN = "zh-hans"
KNOWN_TO_THEM = ("request.appointed", "request.owner_informed")


def tell_owner_of(entry: Entry) -> None:
    """Lay a message to the owner in the outbox, by the first channel of the office's preference that reaches them.

    It waits the seconds in which the desk can take it back, and through the quiet hours where it is not urgent.
    A case that came in bulk, and the reply that lies in telling the result, have no message of their own.
    """
    if entry.facts.get("informed") or entry.facts.get("channel") == "import":
        return
    if entry.kind in KNOWN_TO_THEM and entry.proof == Proof.OWN:
        return  # they know: they asked for it, or signed for it
    request = _request_of(entry)
    office = office_rules(request.community.office, on=entry.recorded_at).settings
    channel, address = chosen_channel(
        preferred=office.messages["owner_channels"], addresses=_addresses(request), ready=ready_channels()
    )
    not_before = entry.recorded_at + timedelta(seconds=int(office.messages["take_back_seconds"]))
    urgent = is_urgent(request)
    if not urgent:
        not_before = out_of_quiet(not_before, quiet=str(office.hours["quiet"]), zone=OFFICE_ZONE)
    tell_owner(
        channel=channel,
        address=address,
        topic=entry.kind,
        subject=entry.subject,
        key=f"owner:{entry.id.hex}",
        now=entry.recorded_at,
        not_before=not_before,
        facts={"entry": str(entry.id)},
        place=Place.DANGER if urgent else Place.REPLY,
    )


def tell_group_of(entry: Entry) -> None:
    """Let the office's group know of an urgent job that was dispatched."""
    if Channel.WECOM in ready_channels() and is_urgent(_request_of(entry)):
        key = f"dispatched:{entry.id.hex}"
        tell_group(topic=entry.kind, subject=entry.subject, key=key, now=entry.recorded_at)


def tell_staff_of(entry: Entry) -> None:
    """Let who is at a case know what its owner did with it by their own hand; before that, who first answered."""
    if entry.proof != Proof.OWN:
        return
    request = _request_of(entry)
    if who := request.handler_id or request.first_asked_id:
        tell(
            staff=[who],
            topic=entry.kind,
            subject=entry.subject,
            key=f"own:{entry.id.hex}",
            now=entry.recorded_at,
        )


def is_urgent(request: Request) -> bool:
    """Tell whether a case may break the quiet hours."""
    return request.urgency == "urgent" or request.limit == "danger"


def _request_of(entry: Entry) -> Request:
    number, rows = entry.subject.partition(":")[2], Request.objects.select_related("community__office")
    return read_once(("request", number), lambda: rows.get(number=number))


def _addresses(request: Request) -> Mapping[str, str]:
    """Return where the owner can be reached: as they called, else the first mobile number of the roster.

    Where somebody spoke for another and asked for the answer, that number and no other.
    """
    if request.anonymous:
        return {}
    said = re.sub(r"[\s-]", "", request.answered_phone)
    if _MAIL.fullmatch(said):
        return {Channel.EMAIL: said}
    if found := _MOBILE.fullmatch(said):
        return {Channel.SMS: found[1]}
    known = (
        Phone.objects.filter(person_id=request.person_id).order_by("position")
        if request.person_id and not request.answer_speaker
        else ()
    )
    mobiles = (_MOBILE.fullmatch(phone.number) for phone in known)
    return next(({Channel.SMS: mobile[1]} for mobile in mobiles if mobile), {})


def compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    """Return title and text of a message that goes out now; None where its words are erased."""
    entry = Entry.objects.select_related("words_row").get(id=row.facts["entry"])
    request = _request_of(entry)
    text = text_of(row, entry, request, base=settings.PUBLIC_URL)
    return (str(MESSAGE_TITLE) % {"number": request.number}, text) if text else None


def text_of(row: Outgoing, entry: Entry, request: Request, *, base: str) -> str:
    """Return the text of a message, in the language of the office; "" where its words are erased.

    Args:
        base: the address under which the owner reaches us; empty leaves the link out.
    """
    words: dict[str, Any] = {"office": request.community.office.name, "number": request.number}
    if entry.kind in ("request.replied", "request.owner_informed"):
        words["reply"] = str(words_of(entry).get("reply", "")).rstrip("。. ")
        if not words["reply"]:
            return ""
        if len(words["reply"]) > LONGEST:
            words["reply"] = words["reply"][:LONGEST] + "…"
    with translation.override(SPOKEN):
        if entry.kind == "request.appointed":
            words["slot"] = _slot(entry.facts["from"], entry.facts["until"])
        link = f"{base}{reverse('owner', args=[message_token(row.id)])}" if base else ""
        ending = str(MESSAGE_LINK) % {"link": link} if link else ""
        return str(MESSAGES[entry.kind]) % words + ending


def _slot(begins: str, ends: str) -> str:
    start, end = (parse_moment(each).astimezone(OFFICE_ZONE) for each in (begins, ends))
    day = f"{start.month}月{start.day}日（{MESSAGE_DAYS[start.weekday()]}）"
    if end.date() == start.date():
        return f"{day}{start:%H:%M}–{end:%H:%M}"
    return f"{day}{start:%H:%M}–{end.month}月{end.day}日{end:%H:%M}"
