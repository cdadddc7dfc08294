"""Contracts that were drawn up lately are given again, as long as the catalogue is the same."""

from __future__ import annotations

import pytest

from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_registry.catalogue import Catalogue, parse_catalogue
from stackwright_registry.drafts import Drafts
from stackwright_registry.problems import ContractRefusedError, Problems


def asked(name: str = "App", request_id: str = "r", feature: str = "authentication") -> registry.DraftContractRequest:
    return registry.DraftContractRequest(request_id=request_id, project_name=name, features=[feature])


async def test_what_a_run_asks_for_twice_is_drawn_up_once(catalogue: Catalogue) -> None:
    drafts = Drafts()
    first = await drafts.of(catalogue, asked(request_id="plan"))
    assert await drafts.of(catalogue, asked(request_id="establish")) is first
    other = await drafts.of(catalogue, asked(name="Another"))
    assert (first.project.name, other.project.name) == ("App", "Another")


async def test_another_catalogue_is_asked_again(catalogue: Catalogue) -> None:
    drafts = Drafts()
    first = await drafts.of(catalogue, asked())
    published = parse_catalogue(dict(catalogue.files), Problems())
    assert await drafts.of(published, asked()) is not first


async def test_few_are_kept(catalogue: Catalogue) -> None:
    drafts = Drafts()
    first = await drafts.of(catalogue, asked())
    for number in range(4):
        await drafts.of(catalogue, asked(name=f"App {number}"))
    assert await drafts.of(catalogue, asked()) is not first


async def test_what_is_refused_is_refused_again(catalogue: Catalogue) -> None:
    drafts = Drafts()
    for _ in range(2):
        with pytest.raises(ContractRefusedError):
            await drafts.of(catalogue, asked(feature="no_such_feature"))
