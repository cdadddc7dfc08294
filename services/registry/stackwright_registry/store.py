"""Where contracts and the published catalogue are kept: JetStream, by content hash, with compare-and-set."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from google.protobuf.timestamp_pb2 import Timestamp

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.registry.v1 import request_response_pb2 as registry
from stackwright_kit.bus import TEXT, ArtifactStore, Bus, Codec, KeyValue, proto_codec
from stackwright_kit.errors import AlreadyExistsError, ConflictError, NotFoundError, invalid_field
from stackwright_registry.resolving.draft import revision_of

_CONTRACTS = "stackwright_contracts"
_CATALOGUE = "stackwright_catalogue"
_CURRENT = "current"
_SCOPE = "catalogue"
_ID = re.compile(r"^[A-Za-z0-9_-]{1,200}$")
_REVISION = re.compile(r"^[0-9a-f]{64}$")
_ATTEMPTS = 10


@dataclass(frozen=True)
class Registered:
    """A stored revision; `created` is false when it was the newest already."""

    contract_id: str
    revision: str
    created: bool


def check_id(contract_id: str) -> str:
    """Refuse what is no contract id."""
    if not _ID.match(contract_id):
        raise invalid_field("contract_id", "must be 1 to 200 letters, digits, `_` or `-`")
    return contract_id


class ContractStore:
    """Contracts by id and revision. A revision is the content hash, so a contract is stored once and never changes."""

    def __init__(self, heads: KeyValue[registry.ListRevisionsResponse], bodies: ArtifactStore) -> None:
        self._heads = heads
        self._bodies = bodies

    @classmethod
    async def open(cls, bus: Bus) -> ContractStore:
        """Open the buckets, making them if they are not there."""
        codec: Codec[registry.ListRevisionsResponse] = proto_codec(registry.ListRevisionsResponse)
        heads = await KeyValue.open(bus, _CONTRACTS, codec)
        return cls(heads, await ArtifactStore.open(bus, f"{_CONTRACTS}_bodies"))

    async def register(self, given: contract.Contract, replaces: str) -> Registered:
        """Store a contract as the newest revision of its id.

        Raises:
            ConflictError: `replaces` is given and is not the newest, or others wrote all the time.

        """
        contract_id = check_id(given.contract_id)
        body = contract.Contract()
        body.CopyFrom(given)
        body.ClearField("revision")
        revision = revision_of(given)
        await self._bodies.put(contract_id, body.SerializeToString(deterministic=True))
        for _ in range(_ATTEMPTS):
            entry = await self._heads.get(contract_id)
            known = entry.value if entry is not None else registry.ListRevisionsResponse()
            newest = known.revisions[-1].revision if known.revisions else ""
            if newest == revision:
                return Registered(contract_id, revision, created=False)
            if replaces and replaces != newest:
                raise ConflictError(
                    f"replaces: the newest revision of {contract_id} is {newest or 'none'}, not {replaces}",
                    reason="REVISION_NOT_NEWEST",
                )
            now = Timestamp()
            now.GetCurrentTime()
            changed = registry.ListRevisionsResponse(revisions=known.revisions)
            changed.revisions.add(revision=revision, registered_at=now)
            try:
                if entry is None:
                    await self._heads.create(contract_id, changed)
                else:
                    await self._heads.update(contract_id, changed, entry.revision)
            except (ConflictError, AlreadyExistsError):
                continue
            return Registered(contract_id, revision, created=True)
        raise ConflictError(f"{contract_id} is being written by others", reason="REVISION_NOT_NEWEST", retry_after=1)

    async def revisions(self, contract_id: str) -> list[registry.Revision]:
        """Give all revisions, the newest first.

        Raises:
            NotFoundError: there is no such contract.

        """
        entry = await self._heads.get(check_id(contract_id))
        if entry is None:
            raise NotFoundError(f"there is no contract {contract_id}", reason="CONTRACT_UNKNOWN")
        return list(reversed(entry.value.revisions))

    async def get(self, contract_id: str, revision: str = "") -> contract.Contract:
        """Give a contract; the newest revision when none is named.

        Raises:
            NotFoundError: there is no such contract or revision.

        """
        known = [item.revision for item in await self.revisions(contract_id)]
        if revision and not _REVISION.match(revision):
            raise invalid_field("revision", "must be 64 hexadecimal digits")
        wanted = revision or known[0]
        if wanted not in known:
            raise NotFoundError(f"{contract_id} has no revision {wanted}", reason="REVISION_UNKNOWN")
        found = contract.Contract.FromString(await self._bodies.get(contract_id, wanted))
        found.revision = wanted
        return found


class CatalogueStore:
    """The published catalogue: all files as one body, and a key that says which body is current."""

    def __init__(self, current: KeyValue[str], bodies: ArtifactStore) -> None:
        self._current = current
        self._bodies = bodies

    @classmethod
    async def open(cls, bus: Bus) -> CatalogueStore:
        """Open the buckets, making them if they are not there."""
        current = await KeyValue.open(bus, _CATALOGUE, TEXT)
        return cls(current, await ArtifactStore.open(bus, f"{_CATALOGUE}_bodies"))

    async def publish(self, files: dict[str, bytes]) -> str:
        """Make these files the catalogue; returns the name of their body."""
        body = registry.GetBehaviourResponse(
            files=[registry.CatalogueFile(path=path, content=files[path]) for path in sorted(files)]
        ).SerializeToString(deterministic=True)
        digest = hashlib.sha256(body).hexdigest()
        if await self.current() != digest:
            await self._bodies.put(_SCOPE, body)
            await self._current.put(_CURRENT, digest)
        return digest

    async def current(self) -> str:
        """Give the name of the current body; "" when nothing was published yet."""
        entry = await self._current.get(_CURRENT)
        return entry.value if entry is not None else ""

    async def files(self, digest: str) -> dict[str, bytes]:
        """Give the files of a body."""
        body = registry.GetBehaviourResponse.FromString(await self._bodies.get(_SCOPE, digest))
        return {file.path: file.content for file in body.files}
