"""State on JetStream: typed key-value buckets with compare-and-set, and artifacts addressed by their content."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import nats.js.errors
from google.protobuf.message import Message
from nats.aio.msg import Msg
from nats.js import kv
from nats.js.api import KeyValueConfig, ObjectInfo, ObjectMetaOptions, ObjectStoreConfig, StorageType

from stackwright_kit.bus.connection import TRANSIENT, Bus, direct_get, patiently
from stackwright_kit.errors import AlreadyExistsError, ConflictError, InternalError, NotFoundError

T = TypeVar("T")
M = TypeVar("M", bound=Message)

_NAME_IN_USE = 10058
_BATCH = 500
_CHUNK = 128 * 1024
_WINDOW = 64


@dataclass(frozen=True)
class Codec(Generic[T]):
    """How a value becomes bytes and back."""

    encode: Callable[[T], bytes]
    decode: Callable[[bytes], T]


def proto_codec(kind: type[M]) -> Codec[M]:
    """The codec of a protobuf message; its bytes are deterministic."""
    return Codec(lambda value: value.SerializeToString(deterministic=True), kind.FromString)


TEXT: Codec[str] = Codec(str.encode, bytes.decode)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A value and the revision under which it was read; give that to `update`."""

    key: str
    value: T
    revision: int


class KeyValue(Generic[T]):
    """A bucket of values of one type. Keys have the characters `A-Z a-z 0-9 _ - .` and no leading or trailing dot."""

    def __init__(self, bus: Bus, bucket: kv.KeyValue, name: str, codec: Codec[T]) -> None:
        self._bus, self._bucket, self._name, self._codec = bus, bucket, name, codec
        self._stream = f"KV_{name}"

    @classmethod
    async def open(cls, bus: Bus, name: str, codec: Codec[T], *, ttl: float | None = None) -> KeyValue[T]:
        """Open a bucket, making it if it is not there. `ttl` in seconds; None: for ever."""
        config = KeyValueConfig(bucket=name, ttl=ttl, history=1, storage=StorageType.FILE, direct=True)

        async def make() -> kv.KeyValue:
            try:
                return await bus.jetstream.create_key_value(config)
            except nats.js.errors.BadRequestError as error:
                if error.err_code != _NAME_IN_USE:  # it is there, made with another time to live: that one holds
                    raise
                return await bus.jetstream.key_value(name)

        return cls(bus, await patiently(make), name, codec)

    async def get(self, key: str) -> Entry[T] | None:
        """The newest value, or None."""

        async def read() -> Entry[T] | None:
            try:
                found = await self._bucket.get(key)
            except nats.js.errors.KeyNotFoundError:
                return None
            return Entry(key, self._codec.decode(found.value or b""), found.revision or 0)

        return await patiently(read)

    async def put(self, key: str, value: T) -> int:
        """Write without regard to what is there; returns the revision."""
        return await patiently(lambda: self._bucket.put(key, self._codec.encode(value)))

    async def create(self, key: str, value: T) -> int:
        """Write the first value of a key; returns the revision.

        Raises:
            AlreadyExistsError: if the key has a value, unless this very call wrote it before its answer was lost.

        """
        try:
            return await self._write(key, self._codec.encode(value), None)
        except ConflictError as error:
            raise AlreadyExistsError(f"{key} is there already", reason="KEY_EXISTS") from error

    async def update(self, key: str, value: T, revision: int) -> int:
        """Write if the newest revision is still `revision`; returns the new one.

        Raises:
            ConflictError: if somebody else wrote in between.

        """
        return await self._write(key, self._codec.encode(value), revision)

    async def _write(self, key: str, data: bytes, revision: int | None) -> int:
        unsure = False

        async def write() -> int:
            nonlocal unsure
            try:
                if revision is None:
                    return await self._bucket.create(key, data)
                return await self._bucket.update(key, data, last=revision)
            except nats.js.errors.KeyWrongLastSequenceError as error:
                # After a lost answer the writer in between may have been ourselves.
                found = await self._bucket.get(key) if unsure else None
                if found is not None and found.value == data:
                    return found.revision or 0
                raise ConflictError(f"{key} was changed by somebody else", retry_after=0) from error
            except TRANSIENT:
                unsure = True
                raise

        return await patiently(write)

    async def delete(self, key: str) -> None:
        """Remove a key; nothing happens if it is not there."""
        await patiently(lambda: self._bucket.delete(key))

    async def keys(self, pattern: str = ">") -> list[str]:
        """Keys that match a NATS pattern (`handler.*.*`), sorted. Deleted keys may be among them."""
        prefix = f"$KV.{self._name}."
        info = await patiently(
            lambda: self._bus.jetstream.stream_info(self._stream, subjects_filter=f"{prefix}{pattern}")
        )
        return sorted(subject.removeprefix(prefix) for subject in info.state.subjects or {})

    async def read(self, *patterns: str) -> list[Entry[T]]:
        """The newest values of keys that match any of at most 500 patterns, sorted by key, in one round trip."""
        prefix = f"$KV.{self._name}."
        subjects = [f"{prefix}{pattern}" for pattern in patterns or (">",)]
        request: dict[str, object] = {"multi_last": subjects, "batch": _BATCH}
        messages = await patiently(lambda: direct_get(self._bus, self._stream, request))
        entries = []
        for message in messages:
            headers = message.headers or {}
            if "KV-Operation" not in headers:
                key = headers["Nats-Subject"].removeprefix(prefix)
                entries.append(Entry(key, self._codec.decode(message.data), int(headers["Nats-Sequence"])))
        return sorted(entries, key=lambda entry: entry.key)


class ArtifactStore:
    """Bytes of any size, named by scope and SHA-256. Scopes keep the retention of one run apart from another's.

    It is an ordinary NATS object store. What is stored is never changed, so the look-ups and purges that replacing an
    object takes are left out. Direct gets read it, without a consumer.
    """

    def __init__(self, bus: Bus, name: str) -> None:
        self._bus, self._name, self._stream = bus, name, f"OBJ_{name}"

    @classmethod
    async def open(cls, bus: Bus, name: str, *, ttl: float | None = None) -> ArtifactStore:
        """Open an object bucket, making it if it is not there. `ttl` in seconds."""
        config = ObjectStoreConfig(bucket=name, ttl=ttl, storage=StorageType.FILE)

        async def make() -> None:
            try:
                await bus.jetstream.create_object_store(name, config=config)
            except nats.js.errors.BadRequestError as error:
                if error.err_code != _NAME_IN_USE:
                    raise

        await patiently(make)
        return cls(bus, name)

    async def put(self, scope: str, data: bytes) -> str:
        """Store bytes; returns their SHA-256 in hex. Storing the same again changes nothing that can be seen."""
        digest = hashlib.sha256(data)
        await patiently(lambda: self._put(f"{scope}/{digest.hexdigest()}", data, digest.digest()))
        return digest.hexdigest()

    async def _put(self, name: str, data: bytes, digest: bytes) -> None:
        piece = uuid.uuid4().hex
        pieces = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
        info = ObjectInfo(
            name=name,
            bucket=self._name,
            nuid=piece,
            size=len(data),
            chunks=len(pieces),
            digest="SHA-256=" + base64.urlsafe_b64encode(digest).decode(),
            options=ObjectMetaOptions(max_chunk_size=_CHUNK),
        )
        publish = self._bus.jetstream.publish
        told = base64.urlsafe_b64encode(name.encode()).decode()
        # Some at a time: the client holds no more than 2 MiB back, and each must be answered before its time is up.
        for start in range(0, len(pieces), _WINDOW):
            window = pieces[start : start + _WINDOW]
            await asyncio.gather(*(publish(f"$O.{self._name}.C.{piece}", chunk) for chunk in window))
        await publish(f"$O.{self._name}.M.{told}", json.dumps(info.as_dict()).encode(), headers={"Nats-Rollup": "sub"})

    async def get(self, scope: str, digest: str) -> bytes:
        """Read bytes back, checked against their digest.

        Raises:
            NotFoundError: if they were never stored, or are kept no longer.

        """
        data = await patiently(lambda: self._get(f"{scope}/{digest}"))
        if hashlib.sha256(data).hexdigest() != digest:
            raise InternalError(f"artifact {digest} does not have its digest")
        return data

    async def _get(self, name: str) -> bytes:
        # Direct gets; the client library would make, and remove, a consumer for each object.
        told = base64.urlsafe_b64encode(name.encode()).decode()
        found = await self._direct(f"$O.{self._name}.M.{told}", 1)
        if not found:
            raise NotFoundError(f"artifact {name} is not kept any longer", reason="ARTIFACT_GONE")
        info = ObjectInfo.from_response(json.loads(found[-1].data))
        pieces: list[bytes] = []
        after = 0
        while len(pieces) < (info.chunks or 0):
            more = await self._direct(f"$O.{self._name}.C.{info.nuid}", _WINDOW, after + 1)
            if not more:
                raise NotFoundError(f"artifact {name} is not kept in full", reason="ARTIFACT_GONE")
            pieces += [message.data for message in more]
            after = int((more[-1].headers or {})["Nats-Sequence"])
        return b"".join(pieces)

    async def _direct(self, subject: str, most: int, start: int = 1) -> list[Msg]:
        return await direct_get(self._bus, self._stream, {"seq": start, "next_by_subj": subject, "batch": most})
