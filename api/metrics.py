"""Figures for Prometheus, on a port of their own that only the operator reaches."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.process_collector import ProcessCollector

from api.queue import Turns

# A search takes 5 to 80 ms, a file or a crowd some seconds.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class Metrics:
    """Requests by route, method and status, how long they took, and how full the queue is."""

    def __init__(self, turns: Turns) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        labels = ["route", "method", "status"]
        self._requests = Counter("learncities_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram(
            "learncities_request_seconds", "Time to answer", ["route"], buckets=_SECONDS, registry=self.registry
        )
        working = Gauge("learncities_requests_working", "Requests that are worked on", registry=self.registry)
        working.set_function(lambda: turns.working)
        waiting = Gauge("learncities_requests_waiting", "Requests that wait for a turn", registry=self.registry)
        waiting.set_function(lambda: turns.waiting)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Add one request; methods that do not exist count as one."""
        self._requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def serve(self, host: str, port: int) -> None:
        """Answer Prometheus from a thread of its own until the process ends. Raises OSError for a port in use."""
        start_http_server(port, addr=host, registry=self.registry)
