"""Contracts that were drawn up lately."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.asked import entities_of
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.resolving.draft import DomainInput, draft_contract

_KEPT = 4


class Drafts:
    """Draws contracts up; what a run asks for twice, to check its request and to agree, is drawn up once."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Catalogue, contract.Contract]] = OrderedDict()

    async def of(self, catalogue: Catalogue, request: registry.DraftContractRequest) -> contract.Contract:
        """The contract that a request asks for; nobody may change it.

        Raises:
            ContractRefusedError: with every problem of the request.

        """
        asked = registry.DraftContractRequest()
        asked.CopyFrom(request)
        asked.ClearField("request_id")
        key = asked.SerializeToString(deterministic=True)
        known = self._known.get(key)
        # A catalogue that was published since may say something else.
        if known is not None and known[0] is catalogue:
            self._known.move_to_end(key)
            return known[1]
        made = await asyncio.to_thread(
            draft_contract,
            catalogue,
            list(request.features),
            DomainInput(entities_of(request.domain), dict(request.domain.bind), request.domain.jdl),
            request.project_name,
            request.with_probe,
            list(request.requested),
        )
        self._known[key] = (catalogue, made)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return made
