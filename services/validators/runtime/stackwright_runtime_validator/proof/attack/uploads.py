"""Files that are sent: what they claim to be, how large they are, and what they are called."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from stackwright_runtime_validator.proof.attack.probe import CRITICAL, HIGH, MEDIUM, Tries, goes_on, probe, sent
from stackwright_runtime_validator.proof.surface import Endpoint
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.wire import Reply

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000" "01f15c4890000000d49444154789c6360000002000001"
    "e221bc330000000049454e44ae426082"
)  # fmt: skip
_DISGUISED = {
    "a program": b"\x7fELF\x02\x01\x01" + bytes(200),
    "a program of Windows": b"MZ\x90\x00" + bytes(200),
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a shell script": b"#!/bin/sh\nid\n",
}
_OVERSIZED = 64 << 20
_BOUNDARY = "----of-the-proof"
_numbers = itertools.count(1)


def _takers(target: Target) -> list[tuple[Endpoint, str]]:
    """Operations without a row that take a file, each with the name of the part that is the file."""
    found = []
    for endpoint in target.surface.endpoints:
        if endpoint.form is None or endpoint.has_row:
            continue
        members = target.values().properties(endpoint.form)
        named = next((name for name, schema in members.items() if _is_file(schema)), "")
        if named:
            found.append((endpoint, named))
    return found


def _is_file(schema: object) -> bool:
    return isinstance(schema, dict) and ("contentMediaType" in schema or schema.get("format") == "binary")


def _part(name: str, content: bytes, file: bytes = b"", kind: str = "") -> bytes:
    named = b'; filename="' + file + b'"' if file else b""
    typed = f"Content-Type: {kind}\r\n".encode() if kind else b""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'.encode()
    return head + named + b"\r\n" + typed + b"\r\n" + content + b"\r\n"


async def _send(target: Target, endpoint: Endpoint, *parts: bytes) -> Reply | None:
    content = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
    return await sent(target, endpoint.method, endpoint.path, content=content, by=target.ann, headers=headers)


@probe("upload-disguised", HIGH, "a file is what it holds: a program that is called a picture is refused")
async def _disguised(target: Target, tries: Tries) -> None:
    for endpoint, name in _takers(target):
        for what, content in _DISGUISED.items():
            reply = await _send(target, endpoint, _part(name, content, b"picture.png", "image/png"))
            tries.repelled(reply is None or 400 <= reply.status < 500, f"{what}: {reply.summary() if reply else ''}")


@probe("upload-oversized", MEDIUM, "a file of 64 MB is refused, and the application goes on")
async def _oversized(target: Target, tries: Tries) -> None:
    for endpoint, name in _takers(target):
        content = PNG + bytes(_OVERSIZED)
        reply = await _send(target, endpoint, _part(name, content, b"large.png", "image/png"))
        tries.repelled(reply is None or 400 <= reply.status < 500, f"taken: {reply.summary() if reply else ''}")
        await goes_on(target, tries, "a file of 64 MB")


@probe("upload-name", CRITICAL, "the name of a file is a name: it leads nowhere and breaks nothing")
async def _names(target: Target, tries: Tries) -> None:
    mark = f"stackwright-upload-{os.getpid()}-{next(_numbers)}.png"
    climbing = f"/tmp/{mark}"  # noqa: S108 - it must not come to be
    names = [
        f"{'../' * 12}tmp/{mark}".encode(), climbing.encode(), f"..\\..\\{mark}".encode(), b"x" * 5000 + b".png",
        b"a\x00b.png", b".", b"..", b"con.png", "\u202egnp.exe".encode(), b"\xff\xfe.png",
        b"a%0d%0aX-Injected: yes.png",
    ]  # fmt: skip
    for endpoint, part in _takers(target):
        for name in names:
            reply = await _send(target, endpoint, _part(part, PNG, name, "image/png"))
            broke = reply is not None and reply.status >= 500
            tries.repelled(not broke, f"{name[:40]!r} breaks it: {reply.summary() if reply else ''}")
        tries.repelled(not Path(climbing).exists(), f"a file was written to {climbing}")
        Path(climbing).unlink(missing_ok=True)


@probe(
    "upload-parts",
    MEDIUM,
    "a form of thousands of parts or cut off is refused, and the application goes on",
)
async def _parts(target: Target, tries: Tries) -> None:
    for endpoint, name in _takers(target):
        file = _part(name, PNG, b"a.png", "image/png")
        forms = {
            "5,000 fields": [_part(f"field{number}", b"x") for number in range(5000)] + [file],
            "100 files": [file] * 100,
            "a field of 5 MB": [_part("field", b"x" * 5_000_000), file],
            "no file": [_part("field", b"x")],
        }
        for what, parts in forms.items():
            reply = await _send(target, endpoint, *parts)
            tries.repelled(reply is None or 400 <= reply.status < 500, f"{what}: {reply.summary() if reply else ''}")
            await goes_on(target, tries, what)
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        for what, content in {"cut off": file[:-40], "no boundary": b"x" * 1000}.items():
            reply = await sent(target, "POST", endpoint.path, content=content, by=target.ann, headers=headers)
            tries.repelled(reply is None or 400 <= reply.status < 500, f"{what}: {reply.summary() if reply else ''}")
