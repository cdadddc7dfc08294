from __future__ import annotations

from pathlib import Path

import pytest

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.catalogue import Catalogue, load_catalogue
from stackwright_registry.resolving.draft import draft_contract

ROOT = Path(__file__).resolve().parents[3] / "catalogue"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="session")
def built(catalogue: Catalogue) -> list[str]:
    return [key for key, entry in catalogue.index.items() if entry.built]


@pytest.fixture(scope="session")
def agreed(catalogue: Catalogue, built: list[str]) -> contract.Contract:
    """The contract of the built features with the probe entity; tests must copy before they change it."""
    return draft_contract(catalogue, built, project_name="Test", with_probe=True)
