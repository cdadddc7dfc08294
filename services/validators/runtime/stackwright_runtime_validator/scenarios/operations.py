"""Finds the address of an operation, so that behaviour tests name operations and never paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_runtime_validator.scenarios.client import Request, Upload
from stackwright_runtime_validator.scenarios.values import Json, plain

_PARAMETER = re.compile(r"\{([^}]+)\}")
_UNKNOWN_ID = "00000000-0000-7000-8000-000000000000"

METHODS: Mapping[int, str] = {
    operation_pb2.HTTP_METHOD_GET: "GET",
    operation_pb2.HTTP_METHOD_POST: "POST",
    operation_pb2.HTTP_METHOD_PATCH: "PATCH",
    operation_pb2.HTTP_METHOD_PUT: "PUT",
    operation_pb2.HTTP_METHOD_DELETE: "DELETE",
}

# Where an operation that the contract lacks would stand.
_BY_NAME: Mapping[str, tuple[str, bool, str]] = {
    "list": ("GET", False, ""),
    "create": ("POST", False, ""),
    "read": ("GET", True, ""),
    "update": ("PATCH", True, ""),
    "delete": ("DELETE", True, ""),
    "put": ("PUT", True, ""),
    "restore": ("POST", True, "/restore"),
    "choices": ("GET", False, "/choices"),
}

# Every application answers these, whatever its contract.
_PROBES = frozenset({"live", "ready"})


class UnknownOperationError(LookupError):
    """A behaviour test names an operation whose address cannot even be guessed."""


@dataclass(frozen=True)
class Route:
    """One operation's address: `GET`, `/api/users/{id}`."""

    method: str
    path: str
    operation: operation_pb2.Operation | None = None

    def fill(
        self, row: str, values: Mapping[str, Json], uploads: Mapping[str, Upload], headers: Mapping[str, str]
    ) -> Request:
        """The request with its row and its input; a parent named in the input goes into the address."""
        rest = dict(values)

        def parameter(match: re.Match[str]) -> str:
            name = match[1]
            for key in (name, name.removesuffix("_id")):
                if name != "id" and key in rest:
                    return _segment(plain(rest.pop(key)))
            return _segment(row or _UNKNOWN_ID)

        path = _PARAMETER.sub(parameter, self.path)
        if self.method == "GET":
            return Request("GET", path, query={key: plain(value) for key, value in rest.items()}, headers=headers)
        bodiless = self.method == "DELETE" and not rest
        return Request(self.method, path, None if bodiless else rest, uploads=uploads, headers=headers)


class Operations:
    """The operations of one contract by their calls (`User.create`, `login`)."""

    def __init__(self, contract: contract_pb2.Contract) -> None:
        self.contract = contract
        self._by_call = {operation.names.call: operation for operation in contract.operations}
        self._models = {model.name: model for model in contract.models}
        self._model_names = {model.id: model.name for model in contract.models}

    def __contains__(self, call: str) -> bool:
        return call in self._by_call

    def get(self, call: str) -> operation_pb2.Operation | None:
        """The operation, or None when the contract lacks it."""
        return self._by_call.get(call)

    def route(self, call: str, *, row: bool = False) -> Route:
        """Its address; for one that the contract lacks, where it would be (`row`: whether a row is named)."""
        operation = self._by_call.get(call)
        if operation is not None:
            return Route(METHODS[operation.method], operation.path, operation)
        base = self.contract.conventions.base_path or "/api"
        model_name, _, name = call.rpartition(".")
        if call in _PROBES:
            return Route("GET", f"{base}/{call}")
        if not model_name:
            return Route("POST", f"{base}/{_kebab(call)}")
        model = self._models.get(model_name)
        if model is None:
            raise UnknownOperationError(f"{call}: the contract has neither this operation nor a model {model_name}")
        method, needs_row, tail = _BY_NAME.get(name, ("POST", row, f"/{_kebab(name)}"))
        return Route(method, f"{base}/{model.names.path}{'/{id}' if needs_row else ''}{tail}")

    def model_of(self, call: str) -> str:
        """Name of the model whose row the operation answers with; empty when it is none."""
        operation = self._by_call.get(call)
        return self._model_names.get(operation.model_id, "") if operation else ""

    def input_kind(self, call: str, name: str) -> int:
        """Kind of an input field (`FieldKind`), 0 when it is unknown."""
        operation = self._by_call.get(call)
        fields = operation.inputs if operation else ()
        return next((field.type.kind for field in fields if field.name == name), model_pb2.FIELD_KIND_UNSPECIFIED)


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _segment(text: str) -> str:
    """A path segment; what would break out of it is escaped."""
    return "".join(char if char.isalnum() or char in "-_.~" else f"%{ord(char):02X}" for char in text)
