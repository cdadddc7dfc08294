"""What a bench gives: figures with their limits."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """Several measurements of one thing. The median is what is quoted; machines are shared and noisy."""

    what: str
    values: Sequence[float]
    unit: str
    # At most this, from DESIGN §12; None: no limit is set.
    limit: float | None = None
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return ""
        return "ok" if self.median <= self.limit else "ABOVE"
