"""`up`: the whole suite in one process, until Ctrl-C."""

import argparse
import asyncio
import signal

from rich.console import Console

from stackwright_gateway.server import running as gateway
from stackwright_gateway.settings import GatewaySettings
from stackwright_local import cli
from stackwright_local.suite import Parts, suite


async def up(words: argparse.Namespace) -> int:
    """Serve REST and gRPC on loopback until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    console = Console()
    async with suite(Parts.ALL, orchestrator_port=words.grpc_port) as running:
        settings = GatewaySettings(port=words.port, orchestrator=running.orchestrator, registry=running.registry)
        async with gateway(settings) as address:
            console.print(f"REST  {address}  (POST /api/v1/generate, GET /openapi.json)")
            console.print(f"gRPC  {running.orchestrator}  (reflection is on)")
            console.print(f"Runs are kept in {running.home}; projects go to {running.output_root}. Ctrl-C stops.")
            await stop.wait()
    return cli.EXIT_OK
