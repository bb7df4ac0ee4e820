"""Let time pass for what waits in the background, and print how the outbox stands.

python -m tests.proof.later MINUTES [ROUNDS]     lets that much time pass, so often, with the background at work until
                                                 nothing waits any more after each
"""

import json
import os
import sys
from datetime import timedelta

import django

django.setup()

from django.db.models import F  # noqa: E402

from hemu.config import worker  # noqa: E402
from hemu.infra import clock  # noqa: E402
from hemu.infra.models import Trouble  # noqa: E402
from hemu.messaging.models import Outgoing  # noqa: E402
from hemu.messaging.operations import deliver  # noqa: E402
from hemu.messaging.rules import Channel, State  # noqa: E402

PAUSE_MINUTES = 2
"""Longer than a gateway rests that hung or broke off (`messaging/operations/delivering.py`)."""
PAUSES_AT_MOST = 2000


def pass_by(minutes: int) -> None:
    """Move what the background waits for into the past; nobody may be at work on it meanwhile."""
    span = timedelta(minutes=minutes)
    for name in ("not_before", "claimed_until", "ask_at"):
        Outgoing.objects.filter(**{f"{name}__isnull": False}).update(**{name: F(name) - span})
    Trouble.objects.filter(next_at__isnull=False).update(next_at=F("next_at") - span)


def work_until_nothing_waits() -> None:
    """Let the background work; where the gateway made it rest, let that pause pass and work on."""
    worker.run(once=True)
    for _ in range(PAUSES_AT_MOST):
        while deliver(now=clock.now()):
            pass
        if not Outgoing.objects.filter(channel=Channel.SMS, state=State.WAITING).exists():
            return
        pass_by(PAUSE_MINUTES)


def texts() -> list[dict[str, object]]:
    """Return the text messages: id, state, tries, subject."""
    rows = Outgoing.objects.filter(channel=Channel.SMS).order_by("id")
    return [
        {"id": row.id.hex, "state": row.state, "tries": row.tries, "subject": row.subject} for row in rows
    ]


if __name__ == "__main__":
    if os.environ.get("HEMU_PROOF_HASTY"):
        from tests.proof.without_doubt import make_hasty

        make_hasty()
    pass_by(int(sys.argv[1]))
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 0):
        work_until_nothing_waits()
        pass_by(int(sys.argv[1]))
    print(json.dumps(texts()))
