"""The words of a message, put together by the room that wrote it only when it goes out."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils import translation

from hemu.messaging.channels.letter import Letter, Refused
from hemu.messaging.models import Outgoing
from hemu.messaging.rules import Recipient
from hemu.messaging.wording import GROUP_TEXT, GROUP_TITLE

Text = tuple[str, str]
"""A title, for mail, and a text."""
Composer = Callable[[Outgoing, datetime], Text | None]
"""Returns None where the words are erased; may write what the text points to, such as a link."""
SPOKEN = "zh-hans"
_composers: dict[str, Composer] = {}


def letter_of(row: Outgoing, now: datetime) -> Letter:
    """Return a row as a channel sends it.

    Raises:
        Refused: ``erased``: its words or its address are no longer there.
    """
    with translation.override(SPOKEN):
        text = _group_text(row) if row.recipient == Recipient.GROUP else _composer(row.topic)(row, now)
    if text is None or (row.recipient == Recipient.OWNER and not row.address):
        raise Refused("erased")
    return Letter(row.id, row.address, str(text[0]), str(text[1]), now, row.provider_id)


def _group_text(row: Outgoing) -> Text:
    return str(GROUP_TITLE), str(GROUP_TEXT) % {"number": row.subject.partition(":")[2]}


def _composer(topic: str) -> Composer:
    """Return what the rooms declare as ``TEXTS`` in `reactions.py`, by the first word of the topic."""
    if not _composers:
        for room in apps.get_app_configs():
            if room.name.startswith("hemu.") and find_spec(f"{room.name}.reactions"):
                _composers.update(getattr(import_module(f"{room.name}.reactions"), "TEXTS", {}))
    return _composers[topic.partition(".")[0]]
