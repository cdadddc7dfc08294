"""What was made becomes a project: put together, kept to be downloaded, and written to its folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

from stackwright.code.v1 import measurement_pb2, report_pb2
from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright.handler.v1 import request_response_pb2 as handler
from stackwright_kit.errors import InternalError
from stackwright_orchestrator import answer
from stackwright_orchestrator.archive import files_of_zip
from stackwright_orchestrator.assembly import MANIFEST, Exports, Project, assemble
from stackwright_orchestrator.bundle import pack, unpack
from stackwright_orchestrator.documents import Facts
from stackwright_orchestrator.generation import feature_results
from stackwright_orchestrator.history import stages
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.session import RunSession
from stackwright_orchestrator.settings import OrchestratorSettings
from stackwright_orchestrator.writer import PremiumFileWriter, check_target

REPORT = ".stackwright/quality-report.json"
SEEN = "evidence.0"


class Delivery:
    """The last phase of a run."""

    def __init__(
        self, session: RunSession, spec: generation.GenerationSpec, store: RunStore, settings: OrchestratorSettings
    ) -> None:
        self._session, self._spec, self._store, self._settings = session, spec, store, settings
        self._archive = b""

    async def deliver(
        self,
        made: list[SourceFile],
        facts: Facts,
        exports: Exports,
        reviewed: handler.EstablishContractsResponse,
    ) -> generation.RunResult:
        """Assemble and write the project, each once however often the run is taken up; gives the run's result."""
        report = facts.report or report_pb2.QualityReport()
        record = self._session.record
        facts.stages = stages(record, facts, report)

        async def put_together() -> bytes:
            seen = await self._seen(report)
            project = await asyncio.to_thread(assemble, made, facts, report, record.pins, seen)
            await self._keep(project)
            told = generation.RunResult(documentation_updated=project.documents, files_written=len(project.files))
            return pack([told])

        told = next(unpack(generation.RunResult, await self._session.step("assemble", put_together)))
        target = await self._write()
        artifact = self._session.record.artifacts["archive"]
        return generation.RunResult(
            success=True,
            features_implemented=answer.implemented(facts.contract, facts.layers),
            features_not_implemented=facts.not_implemented,
            output_path=str(target),
            files_written=told.files_written,
            report=report,
            contracts_established=exports.compact,
            documentation_updated=told.documentation_updated,
            premium_features=answer.premium_features(report, told.files_written, facts.cycles),
            refinement_cycles=facts.cycles,
            warnings=answer.all_warnings(self._spec, facts.contract, reviewed, facts.layers),
            features=feature_results(facts.layers),
            artifact_digest=artifact.digest,
            artifact_bytes=artifact.size,
        )

    async def _seen(self, report: report_pb2.QualityReport) -> list[measurement_pb2.EvidenceFile]:
        """The files of evidence that the report lists, which were kept before it was."""
        step = self._session.record.steps.get(SEEN)
        if step is None or not report.evidence:
            return []
        return list(unpack(measurement_pb2.EvidenceFile, await self._session.step(SEEN, _gone)))

    async def _keep(self, project: Project) -> None:
        """Store what can be downloaded."""
        slug = self._session.record.slug
        kept = await asyncio.gather(
            self._session.keep(project.archive, f"{slug}.zip", "application/zip"),
            self._session.keep(project.report_json, f"{slug}-quality-report.json", "application/json"),
            self._session.keep(project.report_html, f"{slug}-quality-report.html", "text/html; charset=utf-8"),
            self._session.keep(project.openapi_yaml, "openapi.yaml", "application/yaml"),
            self._session.keep(project.compact_json, "contract.json", "application/json"),
        )
        names = ("archive", "report_json", "report_html", "openapi", "contracts")
        self._archive = project.archive
        self._session.later(artifacts=dict(zip(names, kept, strict=True)))

    async def _write(self) -> Path:
        """Write the project where it was asked for, once: from the archive, so a resumed run writes the same."""
        record = self._session.record
        wanted, default = self._spec.options.output_path, f"{record.slug}/{record.run_id}"

        async def write() -> bytes:
            root = self._settings.output_root
            digest = self._session.record.artifacts["archive"].digest
            archive = self._archive or await self._store.artifacts.get(record.run_id, digest)
            return str(await asyncio.to_thread(_write_once, root, wanted, default, record.run_id, archive)).encode()

        return Path((await self._session.step("write", write)).decode())


async def _gone() -> bytes:
    raise InternalError("the files of evidence are gone from the journal", reason="EVIDENCE_GONE")


def _write_once(root: Path, wanted: str, default: str, run_id: str, archive: bytes) -> Path:
    files = files_of_zip(archive)
    target = (root.resolve() / (wanted or default)).resolve()
    manifest = target / MANIFEST
    ours = next(file.content for file in files if file.path == MANIFEST)
    # A worker before us may have moved the folder into place and died before it could say so.
    if (
        manifest.is_file()
        and manifest.read_bytes() == ours
        and (target / REPORT).read_bytes() == next(file.content for file in files if file.path == REPORT)
    ):
        return target
    target = check_target(root, wanted, default=default)
    PremiumFileWriter(root, run_id).write(target, files)
    return target
