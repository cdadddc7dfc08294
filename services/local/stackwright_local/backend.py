"""Where a verb's calls go: a running orchestrator, or the whole suite in this process."""

import argparse
import contextlib
from collections.abc import AsyncIterator

from stackwright_gateway.clients import Clients
from stackwright_kit.client import channel
from stackwright_local.suite import Parts, suite


@contextlib.asynccontextmanager
async def reach(words: argparse.Namespace, parts: Parts = Parts.ALL) -> AsyncIterator[Clients]:
    """Connect to `--server`, or start the suite (its `parts`) and connect to that.

    `--server` names the orchestrator; the registry is reached through the same address, where a proxy serves both.
    """
    if words.server:
        async with channel(words.server) as remote:
            yield Clients.over(remote, remote)
        return
    async with suite(parts) as running:
        async with channel(running.orchestrator) as orchestrator, channel(running.registry) as registry:
            yield Clients.over(orchestrator, registry)
