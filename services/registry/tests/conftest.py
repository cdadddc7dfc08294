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
def seven(catalogue: Catalogue) -> list[str]:
    """The features that all others grow on."""
    keys = {
        "authentication",
        "user_management",
        "role_based_access_control",
        "audit_logging",
        "api_documentation",
        "health_monitoring",
        "structured_logging",
    }
    return [key for key in catalogue.index if key in keys]


@pytest.fixture(scope="session")
def agreed(catalogue: Catalogue, seven: list[str]) -> contract.Contract:
    """The contract of the seven features with the probe entity; tests must copy before they change it."""
    return draft_contract(catalogue, seven, project_name="Test", with_probe=True)
