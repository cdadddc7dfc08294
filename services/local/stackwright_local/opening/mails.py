"""Mails that an open application writes: in development each becomes a file, which nobody would find in a sandbox."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from stackwright_runtime_validator.proof.mails import mail_of
from stackwright_runtime_validator.scenarios.controls import Mail
from stackwright_sdk.sandbox import Sandbox

_EVERY_SECONDS = 0.3


class Mailbox:
    """The folder of mails below an application's data folder, `folder`, in its sandbox."""

    def __init__(self, box: Sandbox, folder: str) -> None:
        self._box = box
        self._folder: Final = f"{folder}/mails"
        self._read: set[str] = set()

    async def arriving(self) -> AsyncIterator[Mail]:
        """Give each mail once, oldest first, without an end."""
        sizes: dict[str, str] = {}
        while True:
            seen = await self._files()
            # A file that is still being written grows between two looks.
            for name in sorted(name for name, size in seen.items() if sizes.get(name) == size):
                if name not in self._read:
                    self._read.add(name)
                    yield mail_of(await self._box.read(f"{self._folder}/{name}"), "", "")
            sizes = seen
            await asyncio.sleep(_EVERY_SECONDS)

    async def to(self, address: str, seconds: float) -> Mail | None:
        """Wait for the next mail to an address, passing over others; None when none comes in time."""
        try:
            async with asyncio.timeout(seconds):
                async for mail in self.arriving():
                    if address.lower() in str(mail.body["to"]).lower():
                        return mail
        except TimeoutError:
            pass
        return None

    async def _files(self) -> dict[str, str]:
        """Names of files that are not empty, with their sizes."""
        script = 'cd "$1" 2>/dev/null && for mail in *.eml; do [ -s "$mail" ] && wc -c "$mail"; done'
        done = await self._box.run(["/bin/sh", "-c", script, "sh", f"{self._box.root}/{self._folder}"])
        pairs = (line.split(maxsplit=1) for line in done.stdout.decode(errors="replace").splitlines())
        return {name: size for size, name in pairs}
