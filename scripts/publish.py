"""Publish a catalogue to a running registry: all of it is taken, or all of it refused with file and line.

scripts/publish.py HOST:PORT [FOLDER]     FOLDER is catalogue/ unless given; STACKWRIGHT_SERVICE_TOKEN is sent
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path

import grpc

from stackwright.registry.v1.request_response_pb2 import PublishCatalogueResponse
from stackwright_kit.errors import StackwrightError, UnavailableError, error_from_rpc
from stackwright_local.publishing import publish

CATALOGUE = Path(__file__).resolve().parent.parent / "catalogue"


async def publish_patiently(address: str, folder: Path, seconds: float) -> PublishCatalogueResponse:
    """Publish, waiting up to some seconds for a registry that is not there yet.

    Raises:
        StackwrightError: what the registry refused, with the place of each problem, or that it did not come.

    """
    end = time.monotonic() + seconds
    while True:
        try:
            return await publish(address, folder)
        except grpc.aio.AioRpcError as error:
            failure = error_from_rpc(error)
            if not isinstance(failure, UnavailableError) or time.monotonic() > end:
                raise failure from error
        await asyncio.sleep(0.5)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("registry", metavar="HOST:PORT")
    options.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, default=CATALOGUE)
    words = options.parse_args()
    if not words.folder.is_dir():
        print(f"FOLDER: {words.folder} is not a folder", file=sys.stderr)
        return 2
    try:
        answer = asyncio.run(publish_patiently(words.registry, words.folder, 60))
    except StackwrightError as failure:
        lines = [f"{violation.field}: {violation.description}" for violation in failure.violations]
        print("\n".join(lines or [failure.message]), file=sys.stderr)
        return 1
    print(f"published {answer.features} features, {answer.digest[:12]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
