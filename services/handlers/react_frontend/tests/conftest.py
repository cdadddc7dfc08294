from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stackwright.contract.v1 import contract_pb2
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
def with_banner(data_features: Contract) -> Contract:
    """The same with the published articles above every page."""
    galleries = (page for page in data_features.pages if page.view == contract_pb2.VIEW_GALLERY)
    gallery = next(page for page in galleries if page.feature == "content_management")
    banner = data_features.pages.add()
    banner.CopyFrom(gallery)
    banner.id, banner.view, banner.slot, banner.path = (
        "content_management/pages/banner",
        contract_pb2.VIEW_BANNER,
        "banner",
        "",
    )
    banner.menu = contract_pb2.MENU_AREA_NONE
    banner.names.component = banner.names.file = "ArticleBannerPanel"
    return data_features


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
