"""Telling people: a row in the outbox with the act itself; the worker sends it, a person may stop or settle it."""

from hemu.messaging.operations.delivering import deliver
from hemu.messaging.operations.hearing import hear_from_gateway
from hemu.messaging.operations.settling import (
    hold_after_restore,
    mark_as_sent,
    mark_read,
    send_again,
    take_back_message,
)
from hemu.messaging.operations.telling import tell, tell_group, tell_owner
from hemu.messaging.operations.telling_everybody import tell_everybody

__all__ = [
    "deliver",
    "hear_from_gateway",
    "hold_after_restore",
    "mark_as_sent",
    "mark_read",
    "send_again",
    "take_back_message",
    "tell",
    "tell_everybody",
    "tell_group",
    "tell_owner",
]
