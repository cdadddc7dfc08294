"""Runs as they are kept: one row each, changed by compare-and-set, with the journal of its finished steps."""

from __future__ import annotations

import hashlib
import secrets
import time

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import ArtifactStore, Bus, Entry, KeyValue
from stackwright_kit.errors import AlreadyExistsError, ConflictError, FieldViolation, NotFoundError
from stackwright_orchestrator.records import REQUESTS, RUNS, RequestRecord, RunRecord

RUNS_BUCKET = "stackwright_runs"
REQUESTS_BUCKET = "stackwright_requests"
ARTIFACTS_BUCKET = "stackwright_artifacts"
_DAY = 86_400.0
_REMEMBERED, _REMEMBERED_BYTES = 128, 64 * 1024


def new_run_id() -> str:
    """An id that sorts by time: milliseconds in hex, then forty random bits."""
    return f"{int(time.time() * 1000):011x}-{secrets.token_hex(5)}"


class RunStore:
    """All runs, their specifications and results."""

    def __init__(self, runs: KeyValue[RunRecord], requests: KeyValue[RequestRecord], artifacts: ArtifactStore) -> None:
        self.runs, self.requests, self.artifacts = runs, requests, artifacts
        self._specs: dict[str, generation.GenerationSpec] = {}

    @classmethod
    async def open(cls, bus: Bus) -> RunStore:
        """Open the buckets; what is in them is kept as long as the settings say."""
        ttl = bus.settings.retention_days * _DAY
        return cls(
            await KeyValue.open(bus, RUNS_BUCKET, RUNS, ttl=ttl),
            await KeyValue.open(bus, REQUESTS_BUCKET, REQUESTS, ttl=ttl),
            await ArtifactStore.open(bus, ARTIFACTS_BUCKET, ttl=ttl),
        )

    async def known(self, request_id: str, spec: generation.GenerationSpec) -> RequestRecord | None:
        """What an earlier request of this id started.

        Raises:
            AlreadyExistsError: the id stands for a different specification.

        """
        entry = await self.requests.get(_request_key(request_id))
        if entry is None:
            return None
        if entry.value.spec_digest != spec_digest(spec):
            said = f"already stands for run {entry.value.run_id}, which has a different specification"
            raise AlreadyExistsError(
                f"request_id: {said}", reason="REQUEST_ID_REUSED", violations=[FieldViolation("request_id", said)]
            )
        return entry.value

    async def claim_request(self, request_id: str, spec: generation.GenerationSpec) -> tuple[RequestRecord, bool]:
        """The run that this request id stands for from now on, and whether it did before."""
        if found := await self.known(request_id, spec):
            return found, True
        made = RequestRecord(run_id=new_run_id(), spec_digest=spec_digest(spec), created_at=time.time())
        try:
            await self.requests.create(_request_key(request_id), made)
        except AlreadyExistsError:
            found = await self.known(request_id, spec)
            if found is None:  # it faded in between: the same request may try again
                raise ConflictError("the request was repeated at the same moment", retry_after=0.2) from None
            return found, True
        return made, False

    async def create(self, record: RunRecord, spec: generation.GenerationSpec) -> RunRecord:
        """Keep a new run; returns what is kept, which is another's row if that was quicker."""
        await self.artifacts.put(record.run_id, spec.SerializeToString(deterministic=True))
        try:
            self._remember(record.spec_digest, spec)
            await self.runs.create(record.run_id, record)
        except AlreadyExistsError:
            return (await self.get(record.run_id)).value
        return record

    async def get(self, run_id: str) -> Entry[RunRecord]:
        """The row of a run.

        Raises:
            NotFoundError: there is none, or it is kept no longer.

        """
        entry = await self.runs.get(run_id)
        if entry is None:
            raise NotFoundError(f"run_id: there is no run {run_id}", reason="RUN_UNKNOWN")
        return entry

    async def request_cancel(self, run_id: str) -> RunRecord:
        """Ask the worker of a run to stop; a finished run stays as it is."""
        while True:
            entry = await self.get(run_id)
            if entry.value.finished or entry.value.cancel_requested:
                return entry.value
            changed = entry.value.model_copy(update={"cancel_requested": True, "updated_at": time.time()})
            try:
                await self.runs.update(run_id, changed, entry.revision)
            except ConflictError:
                continue
            return changed

    async def page(self, size: int, before: str) -> tuple[list[RunRecord], str]:
        """Up to `size` runs, newest first, that are older than `before`; and the id to go on before, or nothing."""
        keys = [key for key in reversed(await self.runs.keys()) if not before or key < before]
        chosen = keys[:size]
        entries = await self.runs.read(*chosen) if chosen else []
        return [entry.value for entry in reversed(entries)], chosen[-1] if len(keys) > size else ""

    async def spec(self, record: RunRecord) -> generation.GenerationSpec:
        """What was asked for."""
        known = self._specs.get(record.spec_digest)
        if known is None:
            data = await self.artifacts.get(record.run_id, record.spec_digest)
            known = generation.GenerationSpec.FromString(data)
            self._remember(record.spec_digest, known)
        return known

    def _remember(self, digest: str, spec: generation.GenerationSpec) -> None:
        # A specification never changes; the last ones are asked for at every poll of a run. Large ones are left out.
        if spec.ByteSize() <= _REMEMBERED_BYTES:
            self._specs[digest] = spec
            while len(self._specs) > _REMEMBERED:
                self._specs.pop(next(iter(self._specs)))

    async def result(self, record: RunRecord) -> generation.RunResult | None:
        """What came of it, when it is finished."""
        if not record.result_digest:
            return None
        return generation.RunResult.FromString(await self.artifacts.get(record.run_id, record.result_digest))


def _request_key(request_id: str) -> str:
    return hashlib.sha256(request_id.encode()).hexdigest()


def spec_digest(spec: generation.GenerationSpec) -> str:
    """SHA-256 of a specification."""
    return hashlib.sha256(spec.SerializeToString(deterministic=True)).hexdigest()
