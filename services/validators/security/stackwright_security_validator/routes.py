"""Routes that anybody may call, and do not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stackwright.code.v1.finding_pb2 import GATE_SECURITY, SEVERITY_CRITICAL
from stackwright_sdk.validation import Place, Report
from stackwright_sdk.validation.source import RouteInCode

# Doors: who stands before them has no session yet; and what a machine asks to know whether the process lives.
_DOORS = re.compile(
    r"/(login|sign-?in|register|sign-?up|refresh|token|forgot-password|reset-password|password-reset(/\w+)?|verify-email"
    r"|confirm-email|resend-verification|live|livez|ready|readyz|health|healthz|csrf(-token)?)(/\{\w+\})?$"
)


def tell_routes(report: Report, routes: Sequence[RouteInCode]) -> int:
    """State every unguarded route and the measurements about routes; give the number of findings."""
    unguarded = [route for route in routes if not (route.guarded or route.open or _DOORS.search(route.path))]
    for route in unguarded:
        report.finding(
            tool="stackwright",
            rule="route-unguarded",
            severity=SEVERITY_CRITICAL,
            gate=GATE_SECURITY,
            message=f"{route.method} {route.path} asks for no caller, and does not say that anyone may.",
            at=Place(route.source, route.line, route.column),
            principle="SEC-1",
        )
    report.measure("routes.total", len(routes), "count")
    report.measure("routes.unguarded", len(unguarded), "count", "findings route-unguarded")
    report.measure("routes.public", sum(not route.guarded for route in routes) - len(unguarded), "count")
    return len(unguarded)
