"""The blueprint cannot drift: its emitted files are what the emitter prints, its lock file is the toolchain's."""

from __future__ import annotations

from stackwright_sdk.expressions import HELPERS

from .regenerate import BACKEND, OPENAPI, emitted, emitted_on_disk, lock, openapi


def test_emitted_files_are_those_of_the_blueprint() -> None:
    printed = {file.path: file.text for file in emitted()}
    assert set(printed) == emitted_on_disk()
    for path, text in printed.items():
        assert (BACKEND / path).read_text() == text, f"{path}: run tests/regenerate.py and read the difference"


def test_lock_file_is_cut_from_the_toolchain() -> None:
    assert (BACKEND / "package-lock.json").read_text() == lock()


def test_the_document_is_that_of_the_contract() -> None:
    assert OPENAPI.read_text() == openapi()


def test_the_helpers_are_those_that_expressions_call() -> None:
    assert (BACKEND / "src/shared/values.ts").read_text() == HELPERS.read_text()
