"""A Chromium that is installed nowhere: unpacked once from the toolchain into the cache folder, or the system's."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stackwright_sdk.node import ToolchainError, cache_folder, node_binary, package
from stackwright_sdk.processes import run_to_end

_PACKAGE = "@sparticuz/chromium"
_ARCHIVES = ("chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br")
_UNPACK = """
const { inflate } = await import(process.argv[1]);
await Promise.all(process.argv.slice(2).map((file) => inflate(file)));
"""
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><dir>/usr/share/fonts</dir></fontconfig>
"""
# It runs inside a sandbox, which is stronger than its own and does not let it make one.
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
)
_SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class BrowserUnavailableError(Exception):
    """No Chromium runs here; the message says what was tried."""


@dataclass(frozen=True)
class Browser:
    """How to start a headless Chromium. `folders` must be visible where it runs, `environment` be set there."""

    executable: Path
    arguments: tuple[str, ...] = _ARGUMENTS
    environment: dict[str, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()


async def chromium() -> Browser:
    """A Chromium that starts on this machine. The first call ever unpacks it: about 3 s and 200 MB."""
    tried: list[str] = []
    try:
        return await _checked(await _unpacked())
    except (BrowserUnavailableError, ToolchainError, OSError) as error:
        tried.append(str(error))
    for name in _SYSTEM_NAMES:
        if found := shutil.which(name):
            try:
                return await _checked(Browser(Path(found)))
            except BrowserUnavailableError as error:
                tried.append(str(error))
    raise BrowserUnavailableError(f"no Chromium starts here: {'; '.join(tried)}")


async def _unpacked() -> Browser:
    source = package(_PACKAGE)
    version = json.loads((source / "package.json").read_text())["version"]
    folder = cache_folder() / f"chromium-{version}"
    if not folder.exists():
        await asyncio.to_thread(folder.parent.mkdir, parents=True, exist_ok=True)
        with _alone(folder.with_suffix(".lock")):
            if not folder.exists():
                await _unpack(source, folder)
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    # Its own copies of system libraries come last, for machines that lack them.
    if await _lacks_libraries(folder / "chromium"):
        environment["LD_LIBRARY_PATH"] = str(folder / "al2023/lib")
    return Browser(folder / "chromium", environment=environment, folders=(folder,))


async def _unpack(source: Path, folder: Path) -> None:
    # Held alone: what lies here half made is of one that was killed.
    for left in folder.parent.glob(f"{folder.name}.part-*"):
        shutil.rmtree(left, ignore_errors=True)
    fresh = folder.with_name(f"{folder.name}.part-{secrets.token_hex(4)}")
    fresh.mkdir()
    archives = [str(source / "bin" / name) for name in _ARCHIVES]
    arguments = ["--input-type=module", "-e", _UNPACK, (source / "build/esm/lambdafs.js").as_uri(), *archives]
    try:
        ended = await run_to_end(node_binary(), *arguments, env={"TMPDIR": str(fresh)})
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if ended.code:
        shutil.rmtree(fresh, ignore_errors=True)
        raise BrowserUnavailableError(f"Chromium was not unpacked: {ended.stderr.decode(errors='replace')[-500:]}")
    # Whoever a sandbox runs as must be able to read it.
    (fresh / "chromium").chmod(0o755)
    (fresh / "fonts.conf").write_text(_FONTS.format(folder=folder / "fonts"))
    fresh.chmod(0o755)
    os.replace(fresh, folder)  # noqa: PTH105 - atomic


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


async def _lacks_libraries(program: Path) -> bool:
    return b"not found" in (await run_to_end("ldd", program)).stdout


async def _checked(browser: Browser) -> Browser:
    environment = {"PATH": os.environ.get("PATH", ""), **browser.environment}
    ended = await run_to_end(browser.executable, "--version", "--no-sandbox", env=environment)
    if ended.code:
        raise BrowserUnavailableError(f"{browser.executable}: {ended.stderr.decode(errors='replace').strip()[-300:]}")
    return browser
