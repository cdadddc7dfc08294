from collections.abc import Iterator

import pytest

from bench.suite_process import Up, suite_with_client


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    with suite_with_client() as running:
        yield running
