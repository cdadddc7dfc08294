"""Runs every probe, and states the check `attack`."""

from __future__ import annotations

import asyncio

from stackwright.code.v1 import finding_pb2
from stackwright_runtime_validator.proof.attack import (  # noqa: F401 - they add probes
    abuse,
    access,
    edge,
    injection,
    sockets,
    tokens,
    uploads,
)
from stackwright_runtime_validator.proof.attack.probe import HIGH, PROBES, Probe, Tries
from stackwright_runtime_validator.proof.target import Target
from stackwright_sdk.validation import Report

_PROBE_SECONDS = 90.0
_SECONDS = 400.0
_TOLD = 3


async def attack(report: Report, target: Target) -> None:
    """States the share of probes that were repelled. A probe that finds nothing to try is left out, and counted.

    A probe that could not be run to its end leaves the share unmeasured.
    """
    async with report.check("attack", timeout_seconds=_SECONDS) as check:
        repelled, through, aimless, broken = 0, [], [], []
        for number, probe in enumerate(PROBES.values()):
            tries = Tries()
            try:
                async with asyncio.timeout(_PROBE_SECONDS):
                    await probe.attack(target, tries)
            except Exception as error:
                broken.append(f"{probe.id} ({type(error).__name__}: {error})"[:200])
            if tries.holes:
                through.append(probe)
                _tell(report, probe, tries)
            elif tries.count:
                repelled += 1
            else:
                aimless.append(probe.id)
            report.progress(f"attack {probe.id}", number + 1, len(PROBES))
        check.passed, check.failed, check.skipped = repelled, len(through), len(aimless)
        if through:
            check.fail(f"not repelled: {', '.join(probe.id for probe in through)}")
        if broken:
            check.unverified(f"could not be run to their end: {'; '.join(broken)}")
        if aimless:
            check.output = f"nothing to try here: {', '.join(aimless)}"
        tried = repelled + len(through)
        report.measure(
            "attack.probes", tried, "count", f"of {len(PROBES)}; nothing to try for {', '.join(aimless) or 'none'}"
        )
        succeeded = sum(probe.severity >= HIGH for probe in through)
        report.measure("attack.succeeded", succeeded, "count", "probes of severity high or critical that got through")
        if tried and not broken:
            report.measure("attack.repelled", repelled / tried, "ratio", f"{repelled} of {tried} probes")


def _tell(report: Report, probe: Probe, tries: Tries) -> None:
    more = f", and {len(tries.holes) - _TOLD} more" if len(tries.holes) > _TOLD else ""
    report.finding(
        tool="runtime",
        rule=f"attack-{probe.id}",
        severity=probe.severity,
        gate=finding_pb2.GATE_SECURITY,
        message=f"{probe.expects}. {'; '.join(tries.holes[:_TOLD])}{more}",
    )
