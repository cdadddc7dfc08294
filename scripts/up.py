"""NATS and each service as a process of its own, as in production, until Ctrl-C.

scripts/up.py                  all of them: REST on 8004, the orchestrator's gRPC on 8010, the registry's on 8011
scripts/up.py --without NAME   all but one, which you start yourself (its environment is printed)
scripts/up.py --free-ports     on any ports; each service says where it serves
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import secrets
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from publish import CATALOGUE, publish_patiently  # type: ignore[import-not-found]  # lies beside this script

from stackwright_kit.bus import EmbeddedNats, embedded_nats
from stackwright_kit.errors import StackwrightError

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 22
STOP_SECONDS = 25.0
COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95, 94, 91)


@dataclass(frozen=True)
class Service:
    package: str
    user: str
    environment: dict[str, str] = field(default_factory=dict)


def services(gateway: int, orchestrator: int, registry: int) -> dict[str, Service]:
    """Every service, with the ports of those that others are told."""
    behind = {
        "STACKWRIGHT_GATEWAY_PORT": str(gateway),
        "STACKWRIGHT_GATEWAY_ORCHESTRATOR": f"127.0.0.1:{orchestrator}",
        "STACKWRIGHT_GATEWAY_REGISTRY": f"127.0.0.1:{registry}",
    }
    handlers = ("react_frontend", "node_backend", "postgresql_database")
    validators = ("javascript", "sql", "security", "runtime")
    return {
        "registry": Service("stackwright_registry", "registry", {"STACKWRIGHT_PORT": str(registry)}),
        "orchestrator": Service("stackwright_orchestrator", "orchestrator", {"STACKWRIGHT_PORT": str(orchestrator)}),
        "gateway": Service("stackwright_gateway", "gateway", behind),
        **{name: Service(f"stackwright_{name}", "handlers") for name in handlers},
        **{f"{name}_validator": Service(f"stackwright_{name}_validator", "validators") for name in validators},
    }


class Log:
    """One log of all: each line under the name of who said it, in a colour of its own where a terminal reads it."""

    def __init__(self, names: Sequence[str]) -> None:
        shown = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)} if shown else {}

    def say(self, name: str, line: str) -> None:
        head = f"{name:>{WIDTH}} │"
        if name in self._colours:
            head = f"\033[{self._colours[name]}m{head}\033[0m"
        print(f"{head} {line}", flush=True)


async def run(name: str, service: Service, added: Mapping[str, str], log: Log) -> None:
    """Run one service and pass on what it says; ended, it stays ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        service.package,
        env=os.environ | dict(added),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        # A session of its own: Ctrl-C at the terminal is for this process, which stops them in order.
        start_new_session=True,
    )
    reading = asyncio.create_task(_pass_on(name, process, log))
    try:
        await asyncio.shield(reading)
        log.say(name, f"ended with status {await process.wait()}")
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
        await reading


async def _pass_on(name: str, process: asyncio.subprocess.Process, log: Log) -> None:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        log.say(name, line.decode(errors="replace").rstrip())


async def publish_catalogue(registry: str, log: Log) -> None:
    """Give the catalogue to the registry, as a platform team does after a change."""
    try:
        answer = await publish_patiently(registry, CATALOGUE, 60)
    except StackwrightError as failure:
        log.say("catalogue", f"not published: {failure.message}")
    else:
        log.say("catalogue", f"published, {answer.features} features")


def environment(nats: EmbeddedNats, service: Service, token: str) -> dict[str, str]:
    return {
        **nats.environment(service.user),
        "STACKWRIGHT_SERVICE_TOKEN": token,
        "STACKWRIGHT_LOG_FORMAT": "text",
        **service.environment,
    }


async def up(without: Sequence[str], ports: Sequence[int]) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    chosen = services(*ports)
    # The channel of this process reads it there, as any client's does.
    token = os.environ.setdefault("STACKWRIGHT_SERVICE_TOKEN", secrets.token_urlsafe(24))
    log = Log(["nats", "catalogue", *chosen])
    home = Path(os.environ.get("STACKWRIGHT_HOME", ROOT / ".stackwright"))
    async with embedded_nats(home / "nats") as nats:
        log.say("nats", f"serves on {nats.url}")
        plug_in = Service("", "handlers")
        log.say("a new handler", _words(environment(nats, plug_in, token)))
        tasks = [asyncio.create_task(publish_catalogue(f"127.0.0.1:{ports[2]}", log))]
        for name, service in chosen.items():
            added = environment(nats, service, token)
            if name in without:
                log.say(name, f"yours: {_words(added)} python -m {service.package}")
            else:
                tasks.append(asyncio.create_task(run(name, service, added, log)))
        await stop.wait()
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)
        log.say("nats", "all ended")


def _words(environment: Mapping[str, str]) -> str:
    return " ".join(f"{key}={value}" for key, value in environment.items())


def _free_ports(count: int) -> list[int]:
    """Ports that nobody uses now, below those that the system gives to others before the services bind them."""
    found: list[int] = []
    for port in random.sample(range(20_000, 32_000), 1000):
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            return found
    raise ValueError("no port from 20000 to 32000 is free")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = sorted(services(0, 0, 0))
    options.add_argument("--without", action="append", default=[], choices=names, metavar="NAME", help=", ".join(names))
    options.add_argument("--free-ports", action="store_true", help="any ports instead of 8004, 8010 and 8011")
    words = options.parse_args()
    try:
        asyncio.run(up(words.without, _free_ports(3) if words.free_ports else (8004, 8010, 8011)))
    except ValueError as error:
        print(f"up: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
