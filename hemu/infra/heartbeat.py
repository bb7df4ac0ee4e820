"""Whether the background worker is heard."""

from datetime import datetime, timedelta

from hemu.infra.models import Heartbeat

WORKER = "worker"
SILENT_AFTER = timedelta(minutes=5)


def silent_since(*, now: datetime) -> datetime | None:
    """Return when the worker was last heard, where that is five minutes ago or longer; else None.

    None too before it ever was: a house that is being set up is told by ``hemu check`` and ``/readyz``. One row by its
    key, each time asked: what a page shows does not depend on which process answers.
    """
    beat = Heartbeat.objects.filter(name=WORKER).values_list("beat_at", flat=True).first()
    return beat if beat and now - beat >= SILENT_AFTER else None
