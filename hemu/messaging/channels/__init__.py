"""The ways out. Each channel is one small module: `ready`, `send`, and `ask` where the gateway can be asked.

A module knows one message at a time and no table. It answers `Receipt`, or raises `Refused` where the other side
surely did not take the message, or `Unsure` where it may have.
"""

from typing import Protocol

from hemu.messaging.channels import email, sms, wecom
from hemu.messaging.channels.letter import Letter, Receipt
from hemu.messaging.rules import Channel


class Outward(Protocol):
    """What a channel module offers."""

    def ready(self) -> bool: ...

    def send(self, letter: Letter) -> Receipt: ...

    def can_ask(self) -> bool: ...

    def ask(self, letter: Letter) -> str: ...


CHANNELS: dict[str, Outward] = {Channel.SMS: sms, Channel.EMAIL: email, Channel.WECOM: wecom}


def ready_channels() -> frozenset[str]:
    """Return the channels that this installation can use; in-app and copy always."""
    outward = {name for name, channel in CHANNELS.items() if channel.ready()}
    return frozenset({Channel.IN_APP, Channel.COPY, *outward})
