from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.emission import emit
from stackwright_react_frontend.handler import ReactFrontend

HERE = Path(__file__).parent


def _stored(name: str) -> Contract:
    return Contract.FromString((HERE / "contracts" / f"{name}.binpb").read_bytes())


@pytest.fixture
def sample() -> Contract:
    """The contract of the blueprint: seven features and the entity `Sample`."""
    contract = Contract()
    contract.ParseFromString((HERE / "sample.binpb").read_bytes())
    return contract


@pytest.fixture
def data_features() -> Contract:
    """A contract of the features that keep data: tickets, orders, products, articles, leave, comments."""
    return _stored("data_features")


@pytest.fixture
def organizations() -> Contract:
    """A contract of people in organizations."""
    return _stored("organizations")


@pytest.fixture
def typed() -> Contract:
    """A contract with an entity that has a field of each type with an input of its own."""
    return _stored("typed")


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    """What is emitted from `data_features`, by its path."""
    return emit(Application(_stored("data_features"))).texts()


@pytest.fixture
async def handler() -> AsyncIterator[ReactFrontend]:
    made = ReactFrontend()
    yield made
    await made.close()


@pytest.fixture
def blueprint() -> Path:
    return HERE.parent / "blueprint"
