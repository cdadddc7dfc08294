"""Refinement: while below target, choose findings, have them mended, and keep only what improved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from stackwright.code.v1 import finding_pb2, report_pb2


@dataclass(frozen=True)
class Cycle:
    """What one cycle is to mend: findings of one gate, to be sent to the handlers that own their files."""

    findings: Sequence[finding_pb2.Finding]


class Refiner(Protocol):
    """Chooses what to mend for one concern."""

    def choose(self, report: report_pb2.QualityReport) -> Cycle | None:
        """The next cycle, or None when there is nothing that it can mend."""


@dataclass(frozen=True)
class ArchitectureRefiner:
    """Findings of layering, cycles and duplication. Mends nothing yet: no handler offers it."""

    def choose(self, report: report_pb2.QualityReport) -> Cycle | None:
        """Nothing, until handlers implement `Refine`."""
        del report
        return None


@dataclass(frozen=True)
class SecurityRefiner:
    """Findings of the security gate. Mends nothing yet: no handler offers it."""

    def choose(self, report: report_pb2.QualityReport) -> Cycle | None:
        """Nothing, until handlers implement `Refine`."""
        del report
        return None


@dataclass(frozen=True)
class IterativeRefiner:
    """Asks each refiner in turn, as long as the score is below the target and cycles are left."""

    max_cycles: int
    refiners: Sequence[Refiner] = field(default_factory=lambda: (SecurityRefiner(), ArchitectureRefiner()))

    def next_cycle(self, report: report_pb2.QualityReport, done: int) -> Cycle | None:
        """The next cycle, or None: the target is met, the cycles are used up, or nothing can be mended."""
        score = report.overall if report.proof_factor == 1.0 else report.potential
        if score >= report.target or done >= self.max_cycles:
            return None
        return next((cycle for refiner in self.refiners if (cycle := refiner.choose(report))), None)
