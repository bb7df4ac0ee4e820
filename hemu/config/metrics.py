"""``/metrics``: what Prometheus asks for. Open to this machine only, or to whoever has the token."""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hemu.duties.queries import late_count
from hemu.estate.roster.queries import running_imports
from hemu.infra import clock
from hemu.infra.models import Heartbeat
from hemu.infra.web.measures import exposed
from hemu.infra.web.needs import PUBLIC, needs
from hemu.infra.web.proxy import was_forwarded
from hemu.ledger.queries import oldest_unsealed
from hemu.messaging.queries import unsettled_count, waiting_by_channel

COUNTED_TO = 10_000
"""No count reads further: beyond that the exact number tells nobody more."""


@needs(PUBLIC)
@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer in Prometheus's text form; 404 to everybody who may not ask."""
    if not _may_ask(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(State(clock.now()))
    return HttpResponse(exposed() + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_ask(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    return here and not was_forwarded(request)


class State(Collector):
    """How the house stands at a moment, asked of the database: few statements, each bounded and by an index."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; of an unreachable database only that it is."""
        try:
            found = list(self._gauges())
        except DatabaseError:
            yield GaugeMetricFamily("hemu_database_up", "Whether the database answers.", 0)
            return
        yield GaugeMetricFamily("hemu_database_up", "Whether the database answers.", 1)
        yield from found

    def _gauges(self) -> Iterator[GaugeMetricFamily]:
        yield from self._outbox()
        late = late_count(now=self.now, at_most=COUNTED_TO)
        yield _gauge("hemu_duties_late", "Open duties past their due time, counted to 10,000.", late)
        yield _gauge("hemu_seal_age_seconds", "Age of the oldest entry without a seal; 0 without one.",
                     self._age(oldest_unsealed()))  # fmt: skip
        yield _gauge("hemu_imports_running", "Rosters being read or written.", running_imports())
        beats = dict(Heartbeat.objects.filter(name__in=("worker", "backup")).values_list("name", "beat_at"))
        for name, words in (
            ("worker_silence", "Seconds since the worker was last heard; absent before it ever was."),
            ("backup_age", "Seconds since the last whole backup; absent before the first."),
        ):
            if beat := beats.get(name.partition("_")[0]):
                yield _gauge(f"hemu_{name}_seconds", words, self._age(beat))

    def _outbox(self) -> Iterator[GaugeMetricFamily]:
        rows = GaugeMetricFamily(
            "hemu_outbox_waiting",
            "Messages that should have gone out, counted to 10,000.",
            labels=["channel"],
        )
        ages = GaugeMetricFamily(
            "hemu_outbox_oldest_seconds", "How long the oldest of them waits.", labels=["channel"]
        )
        for channel, count, oldest in waiting_by_channel(now=self.now, at_most=COUNTED_TO):
            rows.add_metric([channel], count)
            ages.add_metric([channel], self._age(oldest))
        yield rows
        yield ages
        unsettled = unsettled_count(at_most=COUNTED_TO)
        yield _gauge("hemu_outbox_unsettled", "Messages a person must see to: failed or unknown.", unsettled)

    def _age(self, moment: datetime | None) -> float:
        return max(0.0, (self.now - moment).total_seconds()) if moment else 0.0


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value)
