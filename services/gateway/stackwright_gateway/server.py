"""Runs the shim: by itself, or inside another process's loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

import uvicorn

from stackwright_gateway.app import Limits, create_app
from stackwright_gateway.clients import Clients
from stackwright_gateway.settings import GatewaySettings
from stackwright_kit.client import channel


@contextlib.asynccontextmanager
async def running(settings: GatewaySettings) -> AsyncIterator[str]:
    """Serve until the block is left; gives the address, `http://host:port`.

    Raises OSError when the port is taken.
    """
    limits = Limits(wait_seconds=settings.wait_seconds, token=settings.token.get_secret_value())
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((settings.host, settings.port))
    # At once: whoever is told the address may call it before the server takes its first connection.
    listener.listen()
    async with channel(settings.orchestrator) as orchestrator, channel(settings.registry) as registry:
        app = create_app(Clients.over(orchestrator, registry), limits)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=20)
        server = _Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            yield f"http://{host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


class _Server(uvicorn.Server):
    """Leaves signals to the process that it runs in."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # the base class gives no type
        """Capture none."""
        yield
