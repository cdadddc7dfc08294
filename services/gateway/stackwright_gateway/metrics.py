"""Counts and times of requests, in the Prometheus text format."""

import time
from collections import Counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0, 120.0, 300.0)


class Counters:
    """Requests by method, route and status, and a histogram of seconds."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._count = 0
        self._seconds = 0.0

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests[method, route, status] += 1
        self._count += 1
        self._seconds += seconds
        for bound in BUCKETS:
            if seconds <= bound:
                self._buckets[bound] += 1

    def text(self) -> str:
        """Give all figures."""
        lines = ["# TYPE stackwright_gateway_requests_total counter"]
        lines += [
            f'stackwright_gateway_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}'
            for (method, route, status), count in sorted(self._requests.items())
        ]
        lines.append("# TYPE stackwright_gateway_request_seconds histogram")
        lines += [
            f'stackwright_gateway_request_seconds_bucket{{le="{bound}"}} {self._buckets[bound]}' for bound in BUCKETS
        ]
        lines += [
            f'stackwright_gateway_request_seconds_bucket{{le="+Inf"}} {self._count}',
            f"stackwright_gateway_request_seconds_sum {self._seconds:.6f}",
            f"stackwright_gateway_request_seconds_count {self._count}",
        ]
        return "\n".join(lines) + "\n"


class Counting:
    """Middleware that feeds Counters. Addresses that no route takes are counted as one, so that labels stay few."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        self._app = app
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Time one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        started = time.monotonic()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            route = scope.get("route")
            pattern = getattr(route, "path", "other")
            known = scope["method"] if scope["method"] in {"GET", "HEAD", "POST"} else "other"
            self._counters.observe(known, pattern, status, time.monotonic() - started)
