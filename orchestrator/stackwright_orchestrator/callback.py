"""The one POST that tells a caller that its run is finished: repeated until taken, never sent inside by accident."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from google.protobuf import json_format

from stackwright.generation.v1 import request_response_pb2 as generation
from stackwright_kit.bus import Lease, WorkQueue
from stackwright_kit.errors import NotFoundError, StackwrightError, invalid_field
from stackwright_kit.tasks import end
from stackwright_orchestrator.records import RunRecord
from stackwright_orchestrator.runs import RunStore
from stackwright_orchestrator.settings import OrchestratorSettings

if TYPE_CHECKING:
    import httpx

CALLBACK_FIELD = "spec.options.callback_url"
_TIMEOUT = 20.0
_LONGEST_PAUSE = 120.0
_AT_ONCE = 16
_AGAIN = frozenset({404, 408, 409, 425, 429})
_log = logging.getLogger("stackwright.callback")


def check_url(url: str, *, private: bool) -> None:
    """Refuse an address that is plainly wrong when the request comes; names are looked up when it is called.

    Raises:
        InvalidArgumentError: naming the field.

    """
    if not url:
        return
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise invalid_field(CALLBACK_FIELD, "must be an absolute http or https address") from None
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise invalid_field(CALLBACK_FIELD, "must be an absolute http or https address")
    if parts.username or parts.password:
        raise invalid_field(CALLBACK_FIELD, "must carry no user name or password")
    if not private and (
        _is_private(host) or host == "localhost" or host.endswith((".localhost", ".internal", ".local"))
    ):
        raise invalid_field(CALLBACK_FIELD, "must not be a private address", reason="CALLBACK_PRIVATE")


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global or address.is_multicast


async def _resolve(host: str, port: int, *, private: bool) -> str:
    """An address of a host; all of them must be public, so that no name leads inside."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not private and any(_is_private(address) for address in addresses):
        raise invalid_field(CALLBACK_FIELD, "leads to a private address", reason="CALLBACK_PRIVATE")
    return addresses[0]


def body_of(record: RunRecord, result: generation.RunResult | None, public_url: str) -> dict[str, object]:
    """The body, in the words of the REST answer."""
    base = f"{public_url.rstrip('/')}/api/v1/runs/{record.run_id}"
    body: dict[str, object] = {
        "run_id": record.run_id,
        "done": True,
        "state": generation.RunState.Name(record.state).removeprefix("RUN_STATE_").lower(),
        "success": record.state == generation.RUN_STATE_SUCCEEDED,
        "project_name": record.project_name,
        "status_url": base,
    }
    if record.failure:
        body["error"] = {"code": record.failure.reason, "message": record.failure.message}
    if result is None:
        return body
    if result.HasField("fallback"):
        body |= {
            "fallback_applied": True,
            "fallback_level": result.fallback.level,
            "completed_components": list(result.fallback.completed_components),
            "requires_human_completion": list(result.fallback.requires_human_completion),
            "documentation_path": result.fallback.documentation_path,
            "recovery_instructions": list(result.fallback.recovery_instructions),
        }
    if result.success:
        body |= {
            "features_implemented": list(result.features_implemented),
            "features_not_implemented": [
                {"name": missing.name, "reason": missing.reason, "nearest": missing.nearest}
                for missing in result.features_not_implemented
            ],
            "output_path": result.output_path,
            "files_written": result.files_written,
            "quality_score": round(result.report.overall, 2),
            "contracts_established": json_format.MessageToDict(result.contracts_established),
            "documentation_updated": list(result.documentation_updated),
            "premium_features": list(result.premium_features),
            "artifact_url": f"{base}/artifact",
        }
    return body


def _client() -> httpx.AsyncClient:
    from httpx import AsyncClient

    return AsyncClient(timeout=_TIMEOUT, follow_redirects=False, trust_env=False)


class Callbacks:
    """Delivers callbacks from their queue, so that one outlives the process that made it."""

    def __init__(self, store: RunStore, queue: WorkQueue, settings: OrchestratorSettings) -> None:
        self._store, self._queue, self._settings = store, queue, settings
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Deliver while the block runs."""
        async with AsyncExitStack() as stack:
            loops = [asyncio.create_task(self._take(stack)), asyncio.create_task(self._queue.bury(self._given_up))]
            try:
                yield
            finally:
                await end(loops)
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, stack: AsyncExitStack) -> None:
        client: httpx.AsyncClient | None = None
        slots = asyncio.Semaphore(_AT_ONCE)
        leases = self._queue.take()
        while True:
            await slots.acquire()
            lease = await anext(leases)
            # Most runs ask for no callback, and the client takes longer to load than all the rest of a start.
            if client is None:
                client = await stack.enter_async_context(_client())
            task = asyncio.create_task(self._deliver(client, lease))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(lambda _: slots.release())

    async def _deliver(self, client: httpx.AsyncClient, lease: Lease) -> None:
        from httpx import HTTPError

        run_id = lease.payload.decode()
        try:
            async with self._queue.holding(lease):
                again = await self._post(client, run_id)
        except NotFoundError:
            again = ""
        except StackwrightError as error:
            _log.warning(f"the callback of run {run_id} is refused: {error.message}")
            again = ""
        except (HTTPError, OSError) as error:
            again = repr(error)
        if again:
            pause = min(self._settings.callback_first_pause * 2 ** (lease.deliveries - 1), _LONGEST_PAUSE)
            _log.info(f"the callback of run {run_id} comes again in {pause:g} s: {again}")
            await lease.give_back(pause)
        else:
            await lease.done()

    async def _post(self, client: httpx.AsyncClient, run_id: str) -> str:
        """Send it once; returns why to send it again, or nothing."""
        from httpx import URL

        record = (await self._store.get(run_id)).value
        url = (await self._store.spec(record)).options.callback_url
        check_url(url, private=self._settings.callback_private)
        parts = URL(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = await _resolve(parts.host, port, private=self._settings.callback_private)
        # The address that was checked is the one that is called: a second look-up could lead elsewhere.
        response = await client.post(
            parts.copy_with(host=address),
            json=body_of(record, await self._store.result(record), self._settings.public_url),
            headers={"Host": parts.netloc.decode(), "Idempotency-Key": f"callback-{run_id}"},
            extensions={"sni_hostname": parts.host},
        )
        status = response.status_code
        if status in _AGAIN or status >= 500:
            return f"it answered {status}"
        _log.info(f"the callback of run {run_id} was answered with {status}")
        return ""

    async def _given_up(self, payload: bytes) -> None:
        _log.error(f"the callback of run {payload.decode()} was given up")
