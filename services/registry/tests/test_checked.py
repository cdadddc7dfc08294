"""A catalogue that was checked once is taken as it is, and only by who made it."""

from pathlib import Path

import pytest

from stackwright_registry import checked
from stackwright_registry.catalogue import Catalogue, read_files
from stackwright_registry.checked import checked_catalogue
from stackwright_registry.problems import ContractRefusedError
from stackwright_registry.resolving.draft import draft_contract

ROOT = Path(__file__).parents[3] / "catalogue"
FEATURES = ["authentication", "user_management", "role_based_access_control"]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STACKWRIGHT_CACHE", str(tmp_path))
    return tmp_path / "catalogues"


def refuse_to_check(catalogue: Catalogue) -> None:
    raise AssertionError("it was checked again")


def test_the_same_files_are_checked_once_and_draft_the_same(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = read_files(ROOT)
    first = checked_catalogue(files)
    monkeypatch.setattr(checked, "check_catalogue", refuse_to_check)
    second = checked_catalogue(files)
    assert second is not first
    assert draft_contract(second, FEATURES) == draft_contract(first, FEATURES)
    with pytest.raises(AssertionError):
        checked_catalogue({**files, "area/other/behaviour/test.py": b""})


def test_what_is_refused_is_not_kept(kept: Path) -> None:
    for _ in range(2):
        with pytest.raises(ContractRefusedError):
            checked_catalogue({"index.yaml": b"core: [{}]\n"})
    assert not kept.exists()


@pytest.mark.parametrize("spoil", ["cut", "open to others", "of another kind"])
def test_what_is_kept_is_made_again_where_it_cannot_be_trusted(kept: Path, spoil: str) -> None:
    files = read_files(ROOT)
    checked_catalogue(files)
    (file,) = kept.iterdir()
    if spoil == "cut":
        file.write_bytes(file.read_bytes()[:100])
    elif spoil == "open to others":
        file.chmod(0o666)
    else:
        file.write_bytes(b"\x80\x04N.")
    spoiled = file.stat().st_ino
    assert checked_catalogue(files).find("authentication") == "authentication"
    (again,) = kept.iterdir()
    assert again.stat().st_ino != spoiled
