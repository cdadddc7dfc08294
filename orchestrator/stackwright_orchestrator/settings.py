"""Settings of the orchestrator, read from the environment with the prefix STACKWRIGHT_."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from stackwright_kit.settings import Settings


class OrchestratorSettings(Settings):
    """What the orchestrator has besides the settings of every service. Times are in seconds."""

    output_root: Path = Path("output")
    """Projects are written below this folder and nowhere else."""
    registry_address: str = ""
    """`host:port` of the contract registry; empty: as announced."""
    public_url: str = "http://127.0.0.1:8004"
    """Where clients reach the gateway; for the addresses in a callback."""

    parallel_runs: int = Field(default=4, ge=1, le=1000)
    """Runs that one process works on at a time; the others wait in the queue."""
    lease_seconds: float = Field(default=10.0, gt=0.2)
    """A run whose worker is silent for so long is taken up by another."""
    max_deliveries: int = Field(default=5, ge=1)
    """How often a run may be taken up before it is given up."""
    handler_seconds: float = Field(default=600.0, gt=0)
    """How long one handler may take for one application."""
    validator_seconds: float = Field(default=1800.0, gt=0)
    service_patience: float = Field(default=60.0, ge=0)
    """How long to wait for a service that is gone, or for another instance of it."""
    max_cycles: int = Field(default=5, ge=0, le=20)
    """Most refinement cycles of a run."""

    callback_private: bool = False
    """Whether a callback may go to loopback, private and link-local addresses."""
    callback_attempts: int = Field(default=14, ge=1)
    """About fifteen minutes at the pauses that grow to two minutes."""
    callback_first_pause: float = Field(default=1.0, gt=0)

    test_hooks: bool = False
    """Lets a test end the process at a named point (`test_kill_at`); never on in production."""
    test_kill_at: str = ""
    """`before:<name>` or `after:<name>` of a journal write."""
