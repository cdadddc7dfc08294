"""What becomes of a run in which something failed: a rung of the ladder, and what a person must do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.generation.v1 import request_response_pb2 as generation

HUMAN = "human_intervention_required"
LADDER = (
    "full_feature_implementation",
    "simplified_implementation",
    "basic_crud_template",
    "api_documentation_only",
    HUMAN,
)


@dataclass(frozen=True)
class FailureInfo:
    """A failure of a run: its phase, the part that failed (`backend`, `registry`), a stable reason, a sentence."""

    phase: int
    component: str
    reason: str
    message: str

    @property
    def signature(self) -> str:
        """Equal for the same failure again: the ladder stops when one repeats."""
        return f"{self.phase}/{self.component}/{self.reason}"


@dataclass(frozen=True)
class FallbackDecision:
    """A rung of the ladder and whether the run goes on from it."""

    level: str
    goes_on: bool
    outcome: generation.FallbackOutcome


class ProgressiveFallback:
    """Decides the next rung. For now every failure ends at the last one, with all that did succeed named."""

    def decide(self, failure: FailureInfo, completed: Sequence[str], seen: Sequence[str] = ()) -> FallbackDecision:
        """The rung for a failure; `seen` holds the signatures of earlier failures of this run."""
        del seen  # every failure ends the run, so none can repeat
        outcome = generation.FallbackOutcome(
            level=HUMAN,
            completed_components=list(completed),
            requires_human_completion=[failure.component],
            recovery_instructions=[
                f"{failure.component} failed: {failure.message}",
                "Mend the cause, then send the request again under a new request id (Idempotency-Key).",
                "The event history of the run names every step that was finished.",
            ],
        )
        return FallbackDecision(HUMAN, goes_on=False, outcome=outcome)
