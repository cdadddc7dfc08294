"""One generated application whose back end serves on a port of this machine, with an account for each role."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from stackwright_local.opening.application import started_api
from stackwright_local.opening.forwarding import forwarded
from stackwright_local.opening.people import LogIn, make_accounts
from stackwright_local.projects import read_project

# Far more is asked in a minute than by any person, and nobody signs in again in between.
SETTINGS = {
    "NODE_ENV": "test",
    "JWT_SECRET": "s" * 40,
    "RATE_LIMIT_FACTOR": "100000",
    "SETTING_AUTH_ACCESS_MINUTES": "60",
}


@dataclass(frozen=True)
class Served:
    address: str
    accounts: tuple[LogIn, ...]
    ended: "asyncio.Task[str]"
    """Ends when a part of the application does, with what that said."""


@contextlib.asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Served]:
    """Migrate and start the back end of the project in `folder`."""
    project = read_project(folder)
    redis = "redis" in {name.lower() for name in project.spec.stack.database.secondary}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with started_api(project.files, address, SETTINGS, redis=redis) as application:
            async with forwarded(listener, application.box, application.port):
                accounts = await make_accounts(project.contract, address, application)
                ended = asyncio.ensure_future(application.ended())
                try:
                    yield Served(address, tuple(accounts), ended)
                finally:
                    ended.cancel()
