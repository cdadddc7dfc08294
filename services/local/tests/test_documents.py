"""The documents of a command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackwright_gateway.answers import ApiError
from stackwright_local.documents import Overrides, read_request

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "seven-features.json"


def test_a_file_of_entities_is_the_domain(tmp_path: Path) -> None:
    file = tmp_path / "shop.jdl"
    file.write_text("entity Straße { länge Integer }", "utf-8")
    assert read_request(EXAMPLE, Overrides(jdl=file)).spec.domain.jdl == "entity Straße { länge Integer }"


def test_a_file_of_entities_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "shop.jdl"
    file.write_bytes("entity Straße".encode("latin-1"))
    for path, says in ((file, "no UTF-8: byte 12"), (tmp_path / "none.jdl", "cannot be read")):
        with pytest.raises(ApiError, match=says) as caught:
            read_request(EXAMPLE, Overrides(jdl=path))
        assert [detail.field for detail in caught.value.details] == ["--jdl"]
