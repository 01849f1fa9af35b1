"""What Prometheus reads: counters of this process and its siblings, and the outbox as it stands in the store."""

import os
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.bootstrap import Gateway
from app.bootstrap.chance import now
from app.domain.errors import StoreUnavailable

INBOUND = Counter("stopwoord_inbound", "Inbound messages by what they meant", ["signal"])
INBOUND_SECONDS = Histogram(
    "stopwoord_inbound_seconds",
    "Time to take in one message, commit included",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
REFUSED = Counter("stopwoord_refused", "Requests that were refused, by status code", ["status"])


class OutboxCollector(Collector):
    """The outbox's counts are kept in the store, so they are the same whoever is asked."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("stopwoord_store_up", "1 when the store answers")
        try:
            counts, oldest = self._gateway.outbox.counts(), self._gateway.outbox.oldest_owed()
        except StoreUnavailable:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        replies = CounterMetricFamily("stopwoord_replies", "Replies by outcome", labels=["outcome"])
        for outcome, count in sorted(counts.items()):
            replies.add_metric([outcome], count)
        yield replies
        age = GaugeMetricFamily("stopwoord_outbox_age_seconds", "How long the longest waiting reply is owed")
        age.add_metric([], max(0.0, (now() - oldest).total_seconds()) if oldest else 0)
        yield age


def exposition(gateway: Gateway) -> bytes:
    """All metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for metric in (INBOUND, INBOUND_SECONDS, REFUSED):
            registry.register(metric)
    registry.register(OutboxCollector(gateway))
    return generate_latest(registry)
