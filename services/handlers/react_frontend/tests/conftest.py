from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.handler import ReactFrontend

HERE = Path(__file__).parent


@pytest.fixture
def sample() -> Contract:
    """The contract of the blueprint: seven features and the entity `Sample`."""
    contract = Contract()
    contract.ParseFromString((HERE / "sample.binpb").read_bytes())
    return contract


@pytest.fixture
async def handler() -> AsyncIterator[ReactFrontend]:
    made = ReactFrontend()
    yield made
    await made.close()


@pytest.fixture
def blueprint() -> Path:
    return HERE.parent / "blueprint"
