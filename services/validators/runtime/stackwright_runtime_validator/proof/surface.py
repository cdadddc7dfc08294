"""What the running application says of itself: the operations of the OpenAPI document that it serves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from stackwright.contract.v1 import contract_pb2
from stackwright_runtime_validator.proof.wire import Wire
from stackwright_runtime_validator.scenarios.client import NoAnswerError
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.values import Json

Schema = Mapping[str, Json]

UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"
_METHODS = ("get", "post", "put", "patch", "delete")
_PARAMETER = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Parameter:
    """One named value of the address or of its query; headers are left out."""

    name: str
    place: str
    schema: Schema


@dataclass(frozen=True)
class Endpoint:
    """One documented operation. `access` and `permission` are what the document says in `x-access`, `x-permission`."""

    method: str
    path: str
    name: str
    secured: bool
    access: str
    permission: str
    parameters: tuple[Parameter, ...]
    body: Schema | None
    body_required: bool
    responses: Mapping[str, Mapping[str, Schema]]
    """By status: the schema of each media type."""
    example: Json = None
    """A body that the document gives as an example."""
    form: Schema | None = None
    """What it takes as `multipart/form-data`: a file among other fields."""

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def has_row(self) -> bool:
        return "{" in self.path

    @property
    def collection(self) -> str:
        """The address of the rows that it is about: all before its first parameter."""
        return self.path.partition("/{")[0]

    def target(self, row: str = UNKNOWN_ID) -> str:
        """Its address with every parameter filled with `row`."""
        return _PARAMETER.sub(quote(row, safe=""), self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Surface:
    """All operations, and the schemas that they share. `source` says where the document came from."""

    endpoints: tuple[Endpoint, ...]
    components: Mapping[str, Json] = field(default_factory=dict)
    source: str = ""

    def validator(self, schema: Schema) -> Draft202012Validator:
        """Checks values against a schema of the document."""
        return Draft202012Validator({**schema, "components": dict(self.components)})

    def resolved(self, schema: Schema) -> Schema:
        """The schema that a `$ref` names; the schema itself when it is none."""
        for _ in range(10):
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                break
            schema = _at({"components": dict(self.components)}, reference)
        return schema


async def served(wire: Wire, contract: contract_pb2.Contract, delivered: Path, token: str = "") -> Surface:
    """The document that the application serves; where no feature serves one, the delivered `contracts/openapi.yaml`.

    `delivered` is the folder of the project. Raises UnprovenError when there is neither.
    """
    try:
        written = yaml.safe_load((delivered / "contracts" / "openapi.yaml").read_text("utf-8"))
    except (OSError, yaml.YAMLError):
        written = None
    address = next((operation.path for operation in contract.operations if operation.names.call == "openapi"), "")
    if address:
        try:
            reply = await wire.send("GET", address, token=token)
        except NoAnswerError as error:
            raise UnprovenError(str(error)) from error
        if isinstance(reply.body, dict):
            return _with_access(read(reply.body, f"served at {address}"), written)
        raise UnprovenError(f"the application serves no OpenAPI document: {reply.summary()}")
    if written is None:
        raise UnprovenError("no OpenAPI document is served, and contracts/openapi.yaml cannot be read")
    return read(written, "contracts/openapi.yaml, since no feature serves one")


def _with_access(surface: Surface, written: Json) -> Surface:
    """The served operations, with the rules of access that only the delivered document tells."""
    if written is None:
        return surface
    told = {(each.method, each.path): each.access for each in read(written).endpoints}
    known = (replace(each, access=each.access or told.get((each.method, each.path), "")) for each in surface.endpoints)
    return replace(surface, endpoints=tuple(known))


def read(document: Json, source: str = "") -> Surface:
    """A document, read. Raises UnprovenError when it is none."""
    if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
        raise UnprovenError("the OpenAPI document has no `paths`")
    components = _mapping(document.get("components"))
    rest: dict[str, Json] = {"components": dict(components)}
    everywhere = document.get("security", [])
    endpoints = []
    for path, item in _mapping(document["paths"]).items():
        for method in _METHODS:
            operation = _mapping(_mapping(item).get(method))
            if operation:
                shared = _mapping(item).get("parameters", [])
                endpoints.append(_endpoint(method.upper(), path, operation, shared, everywhere, rest))
    return Surface(tuple(endpoints), components, source)


def _endpoint(
    method: str, path: str, operation: Schema, shared: Json, everywhere: Json, rest: dict[str, Json]
) -> Endpoint:
    needs = operation.get("security", everywhere)
    body = _follow(_mapping(operation.get("requestBody")), rest)
    listed = [*_listed(shared), *_listed(operation.get("parameters", []))]
    parameters = [_follow(_mapping(parameter), rest) for parameter in listed]
    return Endpoint(
        method=method,
        path=path,
        name=str(operation.get("operationId", f"{method} {path}")),
        secured=isinstance(needs, list) and bool(needs) and {} not in needs,
        access=str(operation.get("x-access", "")),
        permission=str(operation.get("x-permission", "")),
        parameters=tuple(
            Parameter(str(each.get("name")), str(each.get("in")), _mapping(each.get("schema")))
            for each in parameters
            if each.get("in") in ("path", "query")
        ),
        body=_schemas(body).get("application/json"),
        body_required=bool(body.get("required")),
        example=_mapping(_mapping(body.get("content")).get("application/json")).get("example"),
        form=_schemas(body).get("multipart/form-data"),
        responses={
            str(status): _schemas(_follow(_mapping(answer), rest))
            for status, answer in _mapping(operation.get("responses")).items()
        },
    )


def _schemas(holder: Schema) -> dict[str, Schema]:
    content = _mapping(holder.get("content"))
    return {kind: _mapping(_mapping(described).get("schema")) for kind, described in content.items()}


def _follow(value: Schema, rest: dict[str, Json]) -> Schema:
    reference = value.get("$ref")
    return _at(rest, reference) if isinstance(reference, str) else value


def _at(document: Json, reference: str) -> Schema:
    found = document
    for part in reference.removeprefix("#/").split("/"):
        found = _mapping(found).get(part.replace("~1", "/").replace("~0", "~"))
    return _mapping(found)


def _mapping(value: Json | Mapping[str, Json]) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
