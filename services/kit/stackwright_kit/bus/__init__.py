"""NATS JetStream: connection, announcements, typed events, key-value state, artifacts, work queues, embedded server."""

from stackwright_kit.bus.announcements import announce, services_bucket
from stackwright_kit.bus.connection import Bus, connect, patiently
from stackwright_kit.bus.embedded import STANDARD_USERS, EmbeddedNats, embedded_nats
from stackwright_kit.bus.events import HandlerEventBus, LoggedEvent, meta_of, subject_of
from stackwright_kit.bus.queue import Lease, WorkQueue
from stackwright_kit.bus.store import TEXT, ArtifactStore, Codec, Entry, KeyValue, proto_codec

__all__ = [
    "STANDARD_USERS",
    "TEXT",
    "ArtifactStore",
    "Bus",
    "Codec",
    "EmbeddedNats",
    "Entry",
    "HandlerEventBus",
    "KeyValue",
    "Lease",
    "LoggedEvent",
    "WorkQueue",
    "announce",
    "connect",
    "embedded_nats",
    "meta_of",
    "patiently",
    "proto_codec",
    "services_bucket",
    "subject_of",
]
