"""Remembers proofs that passed, so that the same content is not proven twice within the hour."""

from __future__ import annotations

import hashlib
import sysconfig
import time
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stackwright.code.v1 import measurement_pb2
from stackwright.validator.v1 import request_response_pb2
from stackwright_runtime_validator.tools import Tools
from stackwright_sdk.node import toolchain_root
from stackwright_sdk.validation import ValidationJob

_KEPT_SECONDS = 3600.0
_KEPT_PROOFS = 4
_PASSED = measurement_pb2.CHECK_STATE_PASSED

Said = request_response_pb2.ValidateResponse


@dataclass(frozen=True)
class _Proof:
    said: tuple[Said, ...]
    proven: float


class Reuse:
    """What a few proofs said, by everything that they depended on: in memory, and none longer than an hour.

    Only a proof in which everything passed is kept: what failed is tried again. Higher levels measure times under load,
    which are worth nothing later, so only level `run` is kept.
    """

    def __init__(self) -> None:
        self._proofs: OrderedDict[str, _Proof] = OrderedDict()

    def find(self, key: str) -> Sequence[Said]:
        """What that proof said, with how long ago it was; empty when there is none."""
        proof = self._proofs.get(key)
        if proof is None:
            return ()
        age = time.monotonic() - proof.proven
        if age > _KEPT_SECONDS:
            del self._proofs[key]
            return ()
        measured = measurement_pb2.Measurement(
            name="proof.reused_seconds",
            value=age,
            unit="s",
            evidence="the same content was proven with the same tools so long before; it was not run again",
        )
        return (*proof.said, Said(measurement=measured))

    def keep(self, key: str, said: Sequence[Said]) -> None:
        """Keeps what a whole proof said, if everything in it passed."""
        if not _all_passed(said):
            return
        self._proofs[key] = _Proof(tuple(each for each in said if not each.HasField("progress")), time.monotonic())
        while len(self._proofs) > _KEPT_PROOFS:
            self._proofs.popitem(last=False)


def _all_passed(said: Iterable[Said]) -> bool:
    states = []
    for each in said:
        if each.HasField("finding"):
            return False
        if each.HasField("check"):
            states.append(each.check.state)
        elif each.HasField("show"):
            states.append(each.show.state)
    return bool(states) and all(state == _PASSED for state in states)


def key_of(job: ValidationJob, tools: Tools, confined: str) -> str:
    """A digest of everything that a proof depends on: the request, all files, and whatever runs them.

    `confined` says how strong the sandbox is. Empty when the job is not one whose proof may be used again.
    """
    if job.start.proof != measurement_pb2.PROOF_LEVEL_RUN:
        return ""
    digest = hashlib.sha256()

    def add(content: bytes) -> None:
        digest.update(len(content).to_bytes(8))
        digest.update(content)

    start = request_response_pb2.ValidateStart()
    start.CopyFrom(job.start)
    start.request_id = ""
    add(start.SerializeToString(deterministic=True))
    for tree, project in sorted(job.trees.items()):
        add(f"{tree} {len(project)}".encode())
        for _, file in sorted(project.files.items()):
            add(file.SerializeToString(deterministic=True))
    add(f"{confined} {tools.processors} {tools.chromium} {tools.limitations}".encode())
    for content in _of_the_tools():
        add(content)
    return digest.hexdigest()


def _of_the_tools() -> Iterable[bytes]:
    """Installed packages by name and version, and the code of the proof itself, which the sandbox reads from disk."""
    for name in ("package-lock.json", "node_modules/.package-lock.json"):
        file = toolchain_root() / name
        yield file.read_bytes() if file.is_file() else b""
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    yield "\n".join(sorted(folder.name for folder in packages)).encode()
    here = Path(__file__).parent
    for source in sorted(here.rglob("*.py")):
        yield source.read_bytes()
