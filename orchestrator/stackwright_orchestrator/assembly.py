"""The assemble phase: everything that was made becomes one project, with documents, manifest and archive."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from google.protobuf import json_format, struct_pb2

from stackwright.code.v1 import report_pb2
from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.code.v1.measurement_pb2 import EvidenceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright.registry.v1.service_pb2_grpc import RegistryServiceStub
from stackwright_orchestrator.archive import tar_of, zip_of
from stackwright_orchestrator.composition import composed_files, project_file
from stackwright_orchestrator.discovery import Directory
from stackwright_orchestrator.documents import DocumentationManager, Facts, compact_json, document, report_page
from stackwright_orchestrator.records import Pin
from stackwright_orchestrator.seen import FOLDER
from stackwright_orchestrator.yaml_text import yaml_text

MANIFEST = ".stackwright/manifest.json"
OPENAPI, COMPACT = "contracts/openapi.yaml", "contracts/contract.json"
_MANIFEST_VERSION = 1


@dataclass(frozen=True)
class Exports:
    """The contract in the forms that others read."""

    openapi: bytes
    compact: struct_pb2.Struct


@dataclass(frozen=True)
class Project:
    """A whole project, and what of it can be downloaded apart."""

    files: list[SourceFile]
    archive: bytes
    report_json: bytes
    report_html: bytes
    openapi_yaml: bytes
    compact_json: bytes
    documents: list[str]


async def export(directory: Directory, contract: Contract) -> Exports:
    """Ask the registry for the contract as OpenAPI and in the compact form."""
    openapi = await directory.with_registry(
        lambda to: RegistryServiceStub(to).ExportOpenApi(registry.ExportOpenApiRequest(contract=contract), timeout=60)
    )
    compact = await directory.with_registry(
        lambda to: RegistryServiceStub(to).ExportCompact(registry.ExportCompactRequest(contract=contract), timeout=60)
    )
    return Exports(openapi.document, compact.contracts)


def openapi_yaml(document_json: bytes) -> bytes:
    """OpenAPI as YAML, in the order of the registry."""
    structure = json.loads(document_json) if document_json else {}
    return yaml_text(structure).encode()


def made_files(facts: Facts, exports: Exports) -> list[SourceFile]:
    """The files of the layers and what joins them: what is validated, and the base of a later merge."""
    contract, stack = facts.contract, facts.spec.stack
    files = [file for layer in facts.layers for file in layer.files]
    commands = [command for layer in facts.layers for command in layer.result.commands]
    files += composed_files(contract, stack, files, commands)
    files.append(project_file(OPENAPI, openapi_yaml(exports.openapi).decode()))
    files.append(project_file(COMPACT, compact_json(json_format.MessageToDict(exports.compact))))
    return sorted(files, key=lambda file: file.path)


def _content(files: Sequence[SourceFile], path: str) -> bytes:
    return next(file.content for file in files if file.path == path)


def assemble(
    made: Sequence[SourceFile],
    facts: Facts,
    report: report_pb2.QualityReport,
    pins: Sequence[Pin],
    seen: Sequence[EvidenceFile] = (),
) -> Project:
    """Add documents, report, manifest, base and what was seen to what was made. Blocking: run it in a thread."""
    with ThreadPoolExecutor(1) as beside:
        # Packing leaves Python free to write the documents.
        packing = beside.submit(tar_of, made)
        report_json = json_format.MessageToJson(report, preserving_proto_field_name=True, indent=2).encode() + b"\n"
        report_html = report_page(report, facts.spec.project_name, seen).encode()
        request = json_format.MessageToDict(facts.spec, preserving_proto_field_name=True)
        contract = facts.contract.SerializeToString(deterministic=True)
        inner = [
            document(".stackwright/request.json", compact_json(request)),
            SourceFile(path=".stackwright/contract.binpb", content=contract),
            SourceFile(path=".stackwright/quality-report.json", content=report_json),
            SourceFile(path=".stackwright/quality-report.html", content=report_html),
            *(SourceFile(path=f"{FOLDER}/{file.info.path}", content=file.content) for file in seen),
        ]
        # The README tells how many files there are: itself, the other documents, the base and the manifest among them.
        writer = DocumentationManager(facts)
        facts.files = len(made) + writer.count + len(inner) + 2
        documents = writer.documents()
        inner.append(SourceFile(path=".stackwright/base.tar.gz", content=packing.result()))
    manifest = document(MANIFEST, _manifest([*made, *documents, *inner], facts, pins))
    files = sorted([*made, *documents, *inner, manifest], key=lambda file: file.path)
    return Project(
        files=files,
        archive=zip_of(files, facts.contract.project.slug or "app"),
        report_json=report_json,
        report_html=report_page(report, facts.spec.project_name, seen, inside=True).encode(),
        openapi_yaml=_content(made, OPENAPI),
        compact_json=_content(made, COMPACT),
        documents=[file.path for file in documents],
    )


def _manifest(files: Sequence[SourceFile], facts: Facts, pins: Sequence[Pin]) -> str:
    return compact_json(
        {
            "version": _MANIFEST_VERSION,
            "contract": {"id": facts.contract.contract_id, "revision": facts.contract.revision},
            "handlers": {pin.role: {"name": pin.name, "version": pin.version, "digest": pin.digest} for pin in pins},
            "files": {
                file.path: {
                    "sha256": hashlib.sha256(file.content).hexdigest(),
                    **({"feature": file.feature} if file.feature else {}),
                    **({"handler": file.handler} if file.handler else {}),
                }
                for file in sorted(files, key=lambda file: file.path)
            },
        }
    )
