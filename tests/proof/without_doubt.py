"""The negative control of F2: a worker that takes an unclear answer for a refusal and sends again."""

import sys

import django

django.setup()

from hemu.__main__ import main  # noqa: E402
from hemu.messaging.channels import CHANNELS, sms  # noqa: E402
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure  # noqa: E402
from hemu.messaging.rules import Channel  # noqa: E402


class Hasty:
    """The channel of text messages without its doubts."""

    ready = staticmethod(sms.ready)

    def send(self, letter: Letter) -> Receipt:
        try:
            return sms.send(letter)
        except Unsure as doubt:
            raise Refused(doubt.code, again=True) from doubt

    def can_ask(self) -> bool:
        return False

    def ask(self, letter: Letter) -> str:
        return ""


def make_hasty() -> None:
    CHANNELS[Channel.SMS] = Hasty()


if __name__ == "__main__":
    make_hasty()
    sys.exit(main())
