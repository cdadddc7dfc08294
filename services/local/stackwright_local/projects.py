"""Reads a generated project from disk, hand edits included."""

from dataclasses import dataclass
from pathlib import Path

from google.protobuf import json_format

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright.contract.v1.contract_pb2 import Contract
from stackwright.generation.v1.request_response_pb2 import GenerationSpec
from stackwright_gateway.answers import ApiError, Detail

SKIPPED = {"node_modules", "dist", "coverage", ".data", ".git"}
# Documents about the application and what it was made from: validators judge the code.
NOT_CODE = {".stackwright"}


@dataclass(frozen=True)
class GeneratedProject:
    """A project with the contract and the request that it was made from."""

    contract: Contract
    spec: GenerationSpec
    files: list[SourceFile]


def read_project(folder: Path) -> GeneratedProject:
    """Read a project. Raises ApiError 400 that names DIR when it is not one."""
    kept = folder / ".stackwright"
    try:
        contract = Contract.FromString((kept / "contract.binpb").read_bytes())
        spec = json_format.Parse((kept / "request.json").read_text(), GenerationSpec())
    except (OSError, json_format.ParseError) as error:
        reason = f"{folder} is not a generated project: {error}"
        raise ApiError(400, "invalid_argument", f"DIR: {reason}.", [Detail("DIR", reason)]) from None
    files = [
        SourceFile(path=path.relative_to(folder).as_posix(), content=path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not (SKIPPED | NOT_CODE).intersection(path.relative_to(folder).parts)
    ]
    return GeneratedProject(contract, spec, files)
