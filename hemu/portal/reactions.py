"""The words of the code, put together when it goes out."""

from datetime import datetime
from uuid import UUID

from hemu.messaging.models import Outgoing
from hemu.portal.models import SentCode
from hemu.portal.operations.door import code_of
from hemu.portal.rules import CODE_LIFE
from hemu.portal.wording import CODE_TEXT, CODE_TITLE


def compose(row: Outgoing, now: datetime) -> tuple[str, str] | None:
    """Return title and text of a code; None where its time is over: a late code helps nobody."""
    code = SentCode.objects.filter(pk=UUID(row.facts["code"]), used_at__isnull=True).first()
    if code is None or now >= code.made_at + CODE_LIFE:
        return None
    return str(CODE_TITLE), str(CODE_TEXT) % {"code": code_of(code.id)}


TEXTS = {"portal": compose}
