"""NATS and each service as a process of its own, as in production, until Ctrl-C.

scripts/up.py                  all of them
scripts/up.py --without NAME   all but one, which you start yourself (its environment is printed)
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

from stackwright_kit.bus import EmbeddedNats, embedded_nats

ROOT = Path(__file__).resolve().parent.parent
ORCHESTRATOR, REGISTRY = "127.0.0.1:8010", "127.0.0.1:8011"


@dataclass(frozen=True)
class Service:
    package: str
    user: str
    environment: dict[str, str] = field(default_factory=dict)


SERVICES = {
    "registry": Service("stackwright_registry", "registry", {"STACKWRIGHT_PORT": "8011"}),
    "orchestrator": Service("stackwright_orchestrator", "orchestrator", {"STACKWRIGHT_PORT": "8010"}),
    "gateway": Service(
        "stackwright_gateway",
        "gateway",
        {"STACKWRIGHT_GATEWAY_ORCHESTRATOR": ORCHESTRATOR, "STACKWRIGHT_GATEWAY_REGISTRY": REGISTRY},
    ),
    **{
        name: Service(f"stackwright_{name}", "handlers")
        for name in ("react_frontend", "node_backend", "postgresql_database")
    },
    **{
        name: Service(f"stackwright_{name}_validator", "validators")
        for name in ("javascript", "sql", "security", "runtime")
    },
}


def environment(service: Service, nats: EmbeddedNats, token: str) -> dict[str, str]:
    return {
        **nats.environment(service.user),
        "STACKWRIGHT_SERVICE_TOKEN": token,
        "STACKWRIGHT_LOG_FORMAT": "text",
        **service.environment,
    }


async def run(name: str, service: Service, added: dict[str, str]) -> None:
    """Run one service and pass on what it says, each line under its name."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        service.package,
        env=os.environ | added,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        while process.stdout and (line := await process.stdout.readline()):
            print(f"{name:>20}  {line.decode(errors='replace').rstrip()}", flush=True)
        print(f"{name:>20}  ended with status {await process.wait()}", flush=True)
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 25)
            except TimeoutError:
                process.kill()


async def up(without: list[str]) -> None:
    token = secrets.token_urlsafe(24)
    async with embedded_nats(ROOT / ".stackwright/nats") as nats:
        print(f"{'nats':>20}  {nats.url}", flush=True)
        tasks = []
        for name, service in SERVICES.items():
            added = environment(service, nats, token)
            if name in without:
                print(f"{name:>20}  yours: " + " ".join(f"{key}={value}" for key, value in added.items()), flush=True)
            else:
                tasks.append(asyncio.create_task(run(name, service, added)))
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await stop.wait()
        for task in tasks:
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks, return_exceptions=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--without", action="append", default=[], choices=sorted(SERVICES), metavar="NAME")
    asyncio.run(up(options.parse_args().without))


if __name__ == "__main__":
    main()
