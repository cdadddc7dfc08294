"""Speaks to the application over HTTP, by the rules of docs/API_CONVENTIONS.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType

import httpx

from stackwright_runtime_validator.scenarios.expectations import Subject, show
from stackwright_runtime_validator.scenarios.values import Json, plain


@dataclass(frozen=True)
class Upload:
    """A file sent as a part of a form."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Request:
    """One request as it is sent; `path` is relative to the server and already filled."""

    method: str
    path: str
    body: dict[str, Json] | None = None
    query: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back. `seconds` counts from sending the request to the last byte."""

    request: Request
    status: int
    headers: Mapping[str, str]
    content: bytes
    body: Json
    seconds: float

    @property
    def subject(self) -> Subject:
        return Subject(self.body, self.content.decode("utf-8", "replace"), self.content, self.headers)

    def summary(self) -> str:
        """`GET /api/me → 401 {"error": …}`, for messages."""
        return f"{self.request.method} {self.request.path} → {self.status} {show(self.body)}"


class NoAnswerError(Exception):
    """The application did not answer: refused, reset or too slow."""


class Client:
    """Requests to one application. Redirects are not followed, since no operation of a contract redirects.

    `organization` is where strangers come who name none, as the proxy in front of an organization's pages tells.
    """

    def __init__(self, base_url: str, *, timeout_seconds: float = 30, organization: str = "") -> None:
        self._organization = organization
        self._http = httpx.AsyncClient(
            base_url=base_url,
            timeout=timeout_seconds,
            trust_env=False,
            # Plain HTTP on loopback: reading the certificates would take longer than most requests.
            verify=False,  # noqa: S501
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
        )
        self.latencies: list[tuple[str, float]] = []
        """Method and path as sent, with seconds, of every answer."""

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send(self, request: Request, *, token: str = "") -> Answer:
        """Sends it, with `token` as bearer. Raises NoAnswerError when there is none."""
        headers = {"Accept": "application/json", **request.headers}
        if token:
            headers.setdefault("Authorization", f"Bearer {token}")
        elif self._organization:
            headers.setdefault("X-Organization", self._organization)
        # Cookies are sent by name where a test wants them; a shared jar would mix up persons.
        self._http.cookies.clear()
        try:
            if request.uploads:
                response = await self._http.request(
                    request.method,
                    request.path,
                    params=dict(request.query),
                    headers=headers,
                    data={key: plain(value) for key, value in (request.body or {}).items()},
                    files={key: (up.name, up.content, up.content_type) for key, up in request.uploads.items()},
                )
            else:
                response = await self._http.request(
                    request.method, request.path, params=dict(request.query), headers=headers, json=request.body
                )
        except (httpx.HTTPError, OSError) as error:
            reason = str(error) or type(error).__name__
            raise NoAnswerError(f"{request.method} {request.path}: no answer ({reason})") from error
        seconds = response.elapsed.total_seconds()
        self.latencies.append((f"{request.method} {request.path}", seconds))
        lowered = {key.lower(): value for key, value in response.headers.items()}
        return Answer(request, response.status_code, lowered, response.content, _json(response), seconds)


def _json(response: httpx.Response) -> Json:
    if "json" not in response.headers.get("content-type", ""):
        return None
    try:
        parsed: Json = json.loads(response.content)
    except ValueError:
        return None
    return parsed
