"""What these tests share: handlers, validators and tools, warm for all tests of a module."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

# Lets tests import what lies beside them.
sys.path.insert(0, str(Path(__file__).parent))

from selection_builds import Builds, Types
from selection_checks import Checks
from selection_making import Workshop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def workshop() -> AsyncIterator[Workshop]:
    made = Workshop()
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def checks() -> AsyncIterator[Checks]:
    made = Checks()
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def types() -> AsyncIterator[Types]:
    made = Types()
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def builds() -> Builds:
    return Builds()
