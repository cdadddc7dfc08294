"""A mail server that keeps what it is sent, for tests to read."""

from __future__ import annotations

import asyncio
import re
from email import message_from_bytes, policy
from urllib.parse import parse_qsl, urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from stackwright_runtime_validator.proof.processes import free_port
from stackwright_runtime_validator.scenarios.controls import Mail
from stackwright_runtime_validator.scenarios.values import Json

_MOST_BYTES = 32 * 1024 * 1024
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_CODE = re.compile(r"\b\d{6,8}\b")


class MailServer:
    """Takes every mail and keeps it. Use as `async with MailServer() as server`.

    `refusal` is what it answers instead of taking a mail, such as `550 5.1.1 No such person`; empty: it takes all.
    """

    def __init__(self) -> None:
        self.refusal = ""
        self.port = free_port()
        self.mails: list[Mail] = []
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.BaseTransport] = set()

    async def __aenter__(self) -> MailServer:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Listens; nothing when it does already."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, "127.0.0.1", self.port)

    async def down(self) -> None:
        """Refuses connections and ends those that are open."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - called by name
        """Keeps a mail, once for each who gets it."""
        if self.refusal:
            return self.refusal
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.mails += [mail_of(content, envelope.mail_from or "", to) for to in envelope.rcpt_tos]
        return "250 OK"

    def _protocol(self) -> SMTP:
        return _Connection(self, self._connections)


class _Connection(SMTP):
    def __init__(self, handler: MailServer, connections: set[asyncio.BaseTransport]) -> None:
        super().__init__(handler, data_size_limit=_MOST_BYTES, enable_SMTPUTF8=True, hostname="localhost")
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(transport)
        super().connection_made(transport)


def mail_of(content: bytes, sender: str, to: str) -> Mail:
    """What was sent, taken apart; `sender` and `to` are those of the envelope, for a mail that names none."""
    message = message_from_bytes(content, policy=policy.default)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    words, marked_up = (str(part.get_content()).replace("\r\n", "\n") if part else "" for part in (text, html))
    attachments = [part.get_filename("") for part in message.iter_attachments()]
    links: list[Json] = []
    for url in dict.fromkeys(_LINK.findall(words) or _LINK.findall(marked_up)):
        parts = urlsplit(url.rstrip(".,;"))
        # What no server should log stands in the fragment.
        query: dict[str, Json] = dict(parse_qsl(parts.query) + parse_qsl(parts.fragment))
        links.append({"url": parts.geturl(), "path": parts.path, "query": query})
    body: dict[str, Json] = {
        "from": str(message["from"] or sender),
        "to": str(message["to"] or to),
        "subject": str(message["subject"] or ""),
        "text": words,
        "html": marked_up,
        "links": links,
        "codes": list[Json](_CODE.findall(words)),
        "attachments": list[Json](attachments),
    }
    return Mail(to.lower(), body, content)
