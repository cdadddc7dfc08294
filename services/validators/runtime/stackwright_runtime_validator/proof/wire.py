"""Requests as an attacker or a broken client sends them: any bytes as body and address, nothing corrected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

import httpx

from stackwright_runtime_validator.scenarios.client import NoAnswerError
from stackwright_runtime_validator.scenarios.values import MISSING, Found, Json


@dataclass(frozen=True)
class Reply:
    """What came back; names of headers in lower case, several cookies on lines of their own."""

    method: str
    target: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def kind(self) -> str:
        """Media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def body(self) -> Found:
        """The JSON that it holds; MISSING when it is none."""
        if "json" not in self.kind:
            return MISSING
        try:
            parsed: Json = json.loads(self.content)
        except (ValueError, RecursionError):
            return MISSING
        return parsed

    def summary(self) -> str:
        """`GET /api/me → 401 {"error": …}`, for messages; no longer than a line."""
        return f"{self.method} {self.target[:120]} → {self.status} {' '.join(self.text.split())[:160]}"


class Wire:
    """One application, by its address. Redirects are not followed and cookies not kept."""

    def __init__(self, base_url: str, *, timeout_seconds: float = 20) -> None:
        self.base_url = base_url
        self._http = httpx.AsyncClient(
            timeout=timeout_seconds,
            trust_env=False,
            verify=False,  # noqa: S501 - plain HTTP on loopback
            limits=httpx.Limits(max_connections=60, max_keepalive_connections=20),
        )

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send(
        self,
        method: str,
        target: str,
        body: Found = MISSING,
        *,
        content: bytes | None = None,
        token: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Sends `target` (path and query, already escaped) as it stands, with a JSON body or with bytes.

        Raises NoAnswerError when nothing comes back in time, or the request cannot even be written.
        """
        told = {"Accept": "application/json"}
        if token:
            told["Authorization"] = f"Bearer {token}"
        if body is not MISSING:
            content = json.dumps(body).encode()
        if content is not None:
            told["Content-Type"] = "application/json"
        told |= headers or {}
        self._http.cookies.clear()
        try:
            url = httpx.URL(self.base_url).copy_with(raw_path=target.encode("ascii"))
            answer = await self._http.request(method, url, content=content, headers=_raw(told))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise NoAnswerError(f"{method} {target[:120]}: no answer ({type(error).__name__} {error})") from error
        found: dict[str, str] = {}
        for name, value in answer.headers.multi_items():
            found[name.lower()] = f"{found[name.lower()]}\n{value}" if name.lower() in found else value
        seconds = answer.elapsed.total_seconds()
        return Reply(method, target, answer.status_code, found, answer.content, seconds)


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers.items()]
