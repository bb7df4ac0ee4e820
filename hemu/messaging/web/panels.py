"""The panel of messages that another room's page shows."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from hemu.foundation.redaction import mask_phone
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import GONE, UNSETTLED, Channel, State
from hemu.messaging.wording import CHANNELS, ERRORS, REFUSED, STATES, TO_COPY

SOON = timedelta(minutes=1)
SHOWN = 2
"""The newest messages stand open, and whatever did not surely arrive; the others are folded away."""


def message_panel(
    messages: list[Outgoing],
    *,
    text_of: Callable[[Outgoing], str],
    topics: Mapping[str, str | Promise],
    may_settle: bool,
    url: str,
    now: datetime,
) -> dict[str, Any]:
    """Return the context of `messaging/panel.html`.

    Args:
        messages: those about one subject, newest first.
        text_of: the words of a message as they go out; asked only where a person still has to do with it.
        may_settle: whether this person may take back, copy, mark as sent.
        url: of the panel alone; a message's own lies below it.
    """
    rows = [_row(each, text_of, topics, may_settle, url) for each in messages]
    shown = [row for place, row in enumerate(rows) if place < SHOWN or row["needs_a_hand"]]
    return {
        "messages": shown,
        "older_messages": [row for row in rows if row not in shown],
        "messages_url": url,
        "messages_underway": any(_is_underway(each, now) for each in messages),
    }


def _is_underway(message: Outgoing, now: datetime) -> bool:
    waits = message.state == State.WAITING and message.channel != Channel.COPY
    return message.state == State.SENDING or (waits and message.not_before <= now + SOON)


def _row(
    message: Outgoing,
    text_of: Callable[[Outgoing], str],
    topics: Mapping[str, str | Promise],
    may_settle: bool,
    url: str,
) -> dict[str, Any]:
    waiting, unsettled = message.state == State.WAITING, message.state in UNSETTLED
    to_copy = waiting and message.channel == Channel.COPY
    text = text_of(message) if waiting or unsettled else ""
    return {
        "url": f"{url}{message.id}/",
        "topic_word": topics.get(message.topic, message.topic),
        "channel_word": CHANNELS[message.channel],
        "status": TO_COPY if to_copy else STATES[message.state],
        "to": mask_phone(message.address)
        if message.channel == Channel.SMS
        else _masked_mail(message.address),
        "at": message.sent_at or message.settled_at or message.not_before,
        "ahead": waiting and not to_copy,
        "by": message.settled_by.name
        if message.settled_by and message.state in (*GONE, State.TAKEN_BACK)
        else "",
        "error": _error_words(message.error) if unsettled or waiting else "",
        "needs_a_hand": unsettled,
        "text": text,
        "copy": may_settle and text and (to_copy or unsettled),
        "take_back": may_settle and waiting and not to_copy,
        "drop": may_settle and to_copy,
        "again": may_settle and unsettled and message.channel != Channel.COPY,
        "mark": may_settle and (to_copy or unsettled),
    }


def _masked_mail(address: str) -> str:
    name, at, host = address.partition("@")
    return f"{name[:2]}***{at}{host}" if at else ""


def _error_words(code: str) -> str:
    if not code:
        return ""
    return str(ERRORS[code]) if code in ERRORS else str(REFUSED) % {"code": code}
