"""Reads the request document of a command line, as REST reads its body."""

import sys
from dataclasses import dataclass
from pathlib import Path

from stackwright.generation.v1.request_response_pb2 import GenerationOptions
from stackwright_gateway.answers import ApiError, Detail
from stackwright_gateway.body import MAX_BODY_BYTES, parse
from stackwright_gateway.requests import ParsedRequest, parse_request


@dataclass(frozen=True)
class Overrides:
    """What options of the command line say over the document's own."""

    output: Path | None = None
    jdl: Path | None = None
    proof: str | None = None
    engine: str | None = None


def read_request(path: Path, overrides: Overrides) -> ParsedRequest:
    """Read a document and apply the options. Raises ApiError 400 that names the file or every bad field."""
    parsed = parse_request(parse(_read(path, "REQUEST")))
    options = parsed.spec.options
    if overrides.output is not None:
        options.output_path = str(overrides.output.absolute())
    if overrides.jdl is not None:
        parsed.spec.domain.jdl = _text(overrides.jdl, "--jdl")
    if overrides.proof is not None:
        options.MergeFrom(GenerationOptions(proof=f"PROOF_LEVEL_{overrides.proof.upper()}"))
    if overrides.engine is not None:
        options.MergeFrom(GenerationOptions(engine=f"ENGINE_{overrides.engine.upper()}"))
    return parsed


def _read(path: Path, field: str) -> bytes:
    try:
        raw = sys.stdin.buffer.read(MAX_BODY_BYTES + 1) if str(path) == "-" else path.read_bytes()
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror}"
        raise ApiError(400, "invalid_argument", f"{field}: {reason}.", [Detail(field, reason)]) from None
    if len(raw) > MAX_BODY_BYTES:
        reason = f"{path} is larger than {MAX_BODY_BYTES // 1024 // 1024} MB"
        raise ApiError(400, "invalid_argument", f"{field}: {reason}.", [Detail(field, reason)])
    return raw


def _text(path: Path, field: str) -> str:
    try:
        return _read(path, field).decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"{path} is no UTF-8: byte {error.start + 1} cannot be read"
        raise ApiError(400, "invalid_argument", f"{field}: {reason}.", [Detail(field, reason)]) from None
