"""A catalogue that is checked as a whole, and kept so that the next start need not check it again."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_registry.catalogue import Catalogue, digest_of, parse_catalogue
from stackwright_registry.checking import check_catalogue
from stackwright_registry.problems import Problems

_KEPT = 4
_log = logging.getLogger("stackwright.registry")


def checked_catalogue(files: Mapping[str, bytes]) -> Catalogue:
    """Parse and check a catalogue, or take what was made of the same files by the same code before.

    Raises:
        ContractRefusedError: with every problem; what is refused is not kept.

    """
    name = hashlib.sha256(f"{_code()}{digest_of(files)}".encode()).hexdigest()
    kept = _folder() / f"{name}.pickle"
    with suppress(Exception):  # absent, cut off, or not readable: it can be made again
        return _load(kept)
    problems = Problems()
    catalogue = parse_catalogue(files, problems)
    problems.refuse()
    check_catalogue(catalogue).refuse()
    try:
        _keep(kept, catalogue)
    except OSError as error:
        _log.info(f"the checked catalogue is not kept: {error}")
    return catalogue


def _folder() -> Path:
    """Where things lie that can be made again: STACKWRIGHT_CACHE, or the user's cache folder."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("STACKWRIGHT_CACHE") or Path(home) / "stackwright") / "catalogues"


@cache
def _code() -> str:
    """The sha256 over all that decides what becomes of a file: this package and the messages of a contract."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    for module in (contract_pb2, model_pb2, operation_pb2):
        code.update(module.DESCRIPTOR.serialized_pb)
    return code.hexdigest()


def _load(path: Path) -> Catalogue:
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        # A pickle may do anything when it is read, so it must be one that only this user could write.
        if found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise PermissionError(path)
        catalogue = pickle.load(file)  # noqa: S301 -- written below, by this user
    if not isinstance(catalogue, Catalogue):
        raise TypeError(path)
    return catalogue


def _keep(path: Path, catalogue: Catalogue) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    others = sorted(path.parent.glob("*.pickle"), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in others[_KEPT - 1 :]:
        old.unlink(missing_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        pickle.dump(catalogue, file, protocol=pickle.HIGHEST_PROTOCOL)
    Path(name).replace(path)
