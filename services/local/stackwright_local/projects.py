"""Reads a generated project from disk, hand edits included."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from google.protobuf import json_format
from google.protobuf.message import DecodeError

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.generation.v1.request_response_pb2 import GenerationSpec
from stackwright_gateway.answers import ApiError, Detail

SKIPPED = {"node_modules", "dist", "coverage", ".data", ".git"}
# Documents about the application and what it was made from: validators judge the code.
NOT_CODE = {".stackwright"}
CONTRACT, REQUEST = ".stackwright/contract.binpb", ".stackwright/request.json"


@dataclass(frozen=True)
class GeneratedProject:
    """A project with the contract and the request that it was made from."""

    contract: Contract
    spec: GenerationSpec
    files: list[SourceFile]


def read_project(folder: Path, *, field: str = "DIR") -> GeneratedProject:
    """Read a project from disk. Raises ApiError 400 that names `field` when it is not one, or cannot be read."""
    try:
        files = [
            SourceFile(path=path.relative_to(folder).as_posix(), content=path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not SKIPPED.intersection(path.relative_to(folder).parts)
        ]
    except OSError as error:
        raise _refused(field, f"{error.filename} cannot be read: {error.strerror}") from None
    return project_of(files, str(folder), field=field)


def project_of(files: Sequence[SourceFile], name: str, *, field: str) -> GeneratedProject:
    """Give the project of these files. Raises ApiError 400 that names `field` when they are none."""
    kept = {file.path: file.content for file in files if file.path in {CONTRACT, REQUEST}}
    for path in (CONTRACT, REQUEST):
        if path not in kept:
            raise _refused(field, f"{name} is not a generated project: it has no {path}")
    try:
        contract = Contract.FromString(kept[CONTRACT])
        spec = json_format.Parse(kept[REQUEST], GenerationSpec())
    except (DecodeError, json_format.ParseError, UnicodeDecodeError):
        raise _refused(field, f"{name}: {CONTRACT} or {REQUEST} was changed and cannot be read") from None
    code = [file for file in files if file.path.partition("/")[0] not in NOT_CODE]
    return GeneratedProject(contract, spec, code)


def _refused(field: str, reason: str) -> ApiError:
    return ApiError(400, "invalid_argument", f"{field}: {reason}.", [Detail(field, reason)])
