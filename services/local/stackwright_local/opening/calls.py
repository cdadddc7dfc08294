"""Calls of the application that is being opened, as one of its people would make them."""

import asyncio
import json
import urllib.error
import urllib.request

_SECONDS = 30


class SignUpError(Exception):
    """The application would not make an account; the message has its answer."""


async def call(url: str, values: dict[str, str] | None = None, *, token: str = "") -> object:
    """POST the values, or GET without any; give the answer. Raises SignUpError."""
    return await asyncio.to_thread(_call, url, values, token)


def _call(url: str, values: dict[str, str] | None, token: str) -> object:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    body = None if values is None else json.dumps(values).encode()
    request = urllib.request.Request(url, body, headers)  # noqa: S310 -- of this machine
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 -- the same
            text = answer.read()
            return json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        said = error.read(500).decode(errors="replace")
        raise SignUpError(f"{request.get_method()} {url} answered {error.code}: {said}") from None
    except (OSError, ValueError) as error:
        raise SignUpError(f"{request.get_method()} {url} was not answered: {error}") from None


def text_at(answer: object, *names: str) -> str:
    """The text at a path of an answer; empty where there is none."""
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, str) else ""


def items_of(answer: object) -> list[object]:
    """The items of a page."""
    items = answer.get("items") if isinstance(answer, dict) else None
    return items if isinstance(items, list) else []
