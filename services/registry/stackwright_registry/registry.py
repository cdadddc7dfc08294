"""The contract registry as a library: register, find, compare, and hold code to what was agreed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stackwright.code.v1 import facts_pb2 as facts
from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright.registry.v1 import request_response_pb2 as messages
from stackwright_kit.errors import InvalidArgumentError, NotFoundError, invalid_field
from stackwright_registry.comparing import compare
from stackwright_registry.consistency import check_consistency, normal
from stackwright_registry.deviations import Consistency
from stackwright_registry.store import ContractStore, Registered

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True)
class FeatureContracts:
    """What a feature brought into a contract: its operations, and the models they stand on."""

    operations: list[operation.Operation]
    models: list[model.Model]


class APIContractRegistry:
    """Contracts by revision, and what can be asked of them."""

    def __init__(self, store: ContractStore) -> None:
        self._store = store

    async def register_contracts(self, given: contract.Contract, replaces: str = "") -> Registered:
        """Store a contract as the newest revision of its id; the same content again changes nothing."""
        if not given.operations and not given.models:
            raise invalid_field("contract", "must have a model or an operation")
        return await self._store.register(given, replaces)

    async def get_contract(self, contract_id: str, revision: str = "") -> contract.Contract:
        """Give a contract, the newest revision when none is named."""
        return await self._store.get(contract_id, revision)

    async def get_contracts_for_feature(self, contract_id: str, feature: str, revision: str = "") -> FeatureContracts:
        """Give the operations of a feature, and the models that it declares or whose operations it holds."""
        found = await self._store.get(contract_id, revision)
        if feature not in {item.key for item in found.features} | {"domain"}:
            raise NotFoundError(f"{contract_id} has no feature {feature}", reason="FEATURE_UNKNOWN")
        operations = [item for item in found.operations if item.feature == feature]
        named = {item.model_id for item in operations}
        models = [item for item in found.models if item.feature == feature or item.id in named]
        return FeatureContracts(operations, models)

    async def find_endpoint(self, contract_id: str, method: str, path: str, revision: str = "") -> operation.Operation:
        """Find the operation of an address, written concretely (`/api/users/17…`) or as in OpenAPI."""
        wanted = method.upper()
        if wanted and wanted not in _METHODS:
            raise invalid_field("method", f"must be one of {', '.join(sorted(_METHODS))}")
        found = await self._store.get(contract_id, revision)
        matches = [item for item in found.operations if _fits(item, wanted, path)]
        if not matches:
            raise NotFoundError(f"nothing is served at {method} {path}", reason="ENDPOINT_UNKNOWN")
        # An address that is spelled out goes before one with a parameter in that place.
        return max(matches, key=lambda item: sum("{" not in part for part in item.path.split("/")))

    async def list_models(self, contract_id: str, revision: str = "") -> list[model.Model]:
        """Give all models of a contract."""
        return list((await self._store.get(contract_id, revision)).models)

    async def list_revisions(self, contract_id: str) -> list[messages.Revision]:
        """Give all revisions, the newest first."""
        return await self._store.revisions(contract_id)

    async def compare_revisions(self, contract_id: str, base: str, head: str) -> list[messages.Change]:
        """Give what changed from one revision to another."""
        return compare(await self._store.get(contract_id, base), await self._store.get(contract_id, head))

    @staticmethod
    def validate_cross_stack_consistency(agreed: contract.Contract, found: facts.Facts) -> Consistency:
        """Compare a contract with what the code of all layers really does, in both directions."""
        if not agreed.operations and not agreed.models:
            raise InvalidArgumentError("contract: must have a model or an operation")
        return check_consistency(agreed, found)


def _fits(item: operation.Operation, method: str, path: str) -> bool:
    if method and operation.HttpMethod.Name(item.method).removeprefix("HTTP_METHOD_") != method:
        return False
    given = normal(path)
    for known in (item.path, *item.alternative_paths):
        pattern = re.escape(normal(known)).replace(re.escape("{}"), "[^/]+")
        if re.fullmatch(pattern, given):
            return True
    return False
