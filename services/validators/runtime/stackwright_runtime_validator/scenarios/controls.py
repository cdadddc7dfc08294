"""What a behaviour test may do to the application besides talking to it over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from stackwright_runtime_validator.scenarios.values import Json
from stackwright_sdk.validation import ToolError


class UnprovenError(ToolError):
    """The behaviour could not be tried here; the message says why. Never counted as passed."""


@dataclass(frozen=True)
class Mail:
    """A mail that came, for one of those whom it was sent to (in lower case).

    `body` has `from`, `to`, `subject`, `text`, `html`, `links` (each with `url`, `path` and `query`), `codes` (numbers
    of six to eight digits in the text) and `attachments` (their names); `content` is what was sent.
    """

    to: str
    body: dict[str, Json]
    content: bytes


class Controls(Protocol):
    """One started application."""

    @property
    def base_url(self) -> str:
        """Where it listens: `http://127.0.0.1:41234`."""

    async def grant(self, email: str, role: str) -> None:
        """Gives a role by the application's own `grant` command. Raises UnprovenError when it has none or it fails."""

    async def fault(self, dependency: str, *, down: bool) -> None:
        """Takes a dependency away, or gives it back. Raises UnprovenError for one that cannot be controlled here."""

    def mails(self, address: str) -> list[Mail]:
        """Mails that came for an address, oldest first. Raises UnprovenError when the application sends none."""

    async def kept(self, text: str) -> list[str]:
        """Tables whose rows hold a text anywhere: `public.users`."""

    def log_text(self) -> str:
        """Everything it wrote on standard output so far."""
