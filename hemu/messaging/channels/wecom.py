"""The robot of the office's WeCom group. It answers 200 to everything: only `errcode` 0 in the body means taken."""

import json

from django.conf import settings

from hemu.messaging.channels import http
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure

BUSY = ("-1", "45009")
"""The service is busy, or more than 20 messages were sent in a minute."""


def ready() -> bool:
    """Tell whether the robot has a safe address."""
    return http.is_safe(settings.WECOM_URL)


def send(letter: Letter) -> Receipt:
    """Say one text in the group; raises as ``http.post``, and ``Refused`` by the code in the body."""
    body = json.dumps({"msgtype": "text", "text": {"content": letter.text}}, ensure_ascii=False).encode()
    answer = http.post(settings.WECOM_URL, body, {})
    code = answer.text("errcode", 20)
    if not code:
        raise Unsure("unreadable")
    if code != "0":
        raise Refused(f"wecom.{code}", again=code in BUSY)
    return Receipt()


def can_ask() -> bool:
    """The robot keeps no account of what it said."""
    return False


def ask(letter: Letter) -> str:
    """Return "": nobody can be asked."""
    return ""
