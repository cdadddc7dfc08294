"""What the tests of this handler share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_node_backend.handler import NodeBackendHandler
from stackwright_sdk.node import SourceTools

from .regenerate import sample_contract


@pytest.fixture
def contract() -> Contract:
    """The contract of the seven features and the sample."""
    return sample_contract()


@pytest_asyncio.fixture
async def handler() -> AsyncIterator[NodeBackendHandler]:
    """A handler with tools of its own."""
    async with SourceTools() as tools:
        yield NodeBackendHandler(tools)
