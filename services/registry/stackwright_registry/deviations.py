"""What deviates from a contract, and how much was compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from stackwright.code.v1 import report_pb2 as report


@dataclass
class Consistency:
    """What was found, and how many elements were compared."""

    deviations: list[report.ContractDeviation] = field(default_factory=list)
    compared: int = 0

    def add(self, kind: str, element: str, difference: str, message: str) -> None:
        """Note a deviation."""
        self.deviations.append(
            report.ContractDeviation(kind=kind, element=element, difference=difference, message=message)
        )
