"""A run as it is kept: one row, with the journal of its finished steps; and the request that started it."""

from __future__ import annotations

from google.protobuf.timestamp_pb2 import Timestamp
from pydantic import BaseModel

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import Codec

FINISHED = frozenset({generation.RUN_STATE_SUCCEEDED, generation.RUN_STATE_FAILED, generation.RUN_STATE_CANCELLED})


class StepRecord(BaseModel):
    """A finished step: its output, or where that lies in the artifact store (SHA-256), its size, and when it ended."""

    digest: str = ""
    inline: str = ""
    """Base64 of an output so small that the store would be a detour."""
    size: int
    at: float


class Pin(BaseModel):
    """A service that the run has chosen and stays with."""

    role: str
    name: str
    version: str
    digest: str = ""


class Artifact(BaseModel):
    """Something to download."""

    digest: str
    size: int
    file_name: str
    media_type: str


class Failure(BaseModel):
    """Why a run failed; `reason` is stable."""

    reason: str
    message: str
    phase: int


class RunRecord(BaseModel):
    """The row of a run. Times are seconds since 1970; states and phases are the numbers of generation.v1."""

    run_id: str
    request_id: str
    correlation: str
    project_name: str
    slug: str
    spec_digest: str
    proof: int
    created_at: float
    updated_at: float
    finished_at: float = 0.0
    state: int = generation.RUN_STATE_QUEUED
    phase: int = generation.PHASE_RESOLVE
    owner: str = ""
    """The worker that holds it; another's write finds a different revision and is refused."""
    cancel_requested: bool = False
    contract_revision: str = ""
    models: int = 0
    pins: list[Pin] = []
    steps: dict[str, StepRecord] = {}
    artifacts: dict[str, Artifact] = {}
    result_digest: str = ""
    failure: Failure | None = None
    callback_queued: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in FINISHED


class RequestRecord(BaseModel):
    """Which run a request id stands for, and of which specification."""

    run_id: str
    spec_digest: str
    created_at: float


RUNS: Codec[RunRecord] = Codec(lambda record: record.model_dump_json().encode(), RunRecord.model_validate_json)
REQUESTS: Codec[RequestRecord] = Codec(
    lambda record: record.model_dump_json().encode(), RequestRecord.model_validate_json
)


def stamp(seconds: float) -> Timestamp:
    """A protobuf timestamp; milliseconds are kept."""
    made = Timestamp()
    made.FromMilliseconds(round(seconds * 1000))
    return made


def to_proto(record: RunRecord) -> generation.Run:
    """The run as the API shows it, without specification and result."""
    run = generation.Run(
        run_id=record.run_id,
        state=record.state,  # type: ignore[arg-type]  # a number of the enum
        phase=record.phase,  # type: ignore[arg-type]  # a number of the enum
        created_at=stamp(record.created_at),
        updated_at=stamp(record.updated_at),
        slug=record.slug,
        contract_revision=record.contract_revision,
        correlation=record.correlation,
        pinned=[
            generation.PinnedService(name=pin.name, version=pin.version, digest=pin.digest, role=pin.role)
            for pin in record.pins
        ],
    )
    if record.finished_at:
        run.finished_at.CopyFrom(stamp(record.finished_at))
    if record.failure:
        run.failure.reason, run.failure.message = record.failure.reason, record.failure.message
        run.failure.phase = record.failure.phase  # type: ignore[assignment]  # a number of the enum
    return run
