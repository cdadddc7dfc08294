"""One module a group of verbs; `run` picks, and turns every failure into one sentence and an exit status."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

import grpc

from stackwright_gateway.answers import ApiError, from_failure
from stackwright_gateway.requests import document_path
from stackwright_kit.errors import StackwrightError, error_from_rpc
from stackwright_local import cli
from stackwright_local.commands.generation import generate, plan
from stackwright_local.commands.listing import features, handlers, runs
from stackwright_local.commands.up import up
from stackwright_local.commands.validation import validate

Verb = Callable[[argparse.Namespace], Awaitable[int]]

VERBS: dict[str, Verb] = {
    "generate": generate,
    "plan": plan,
    "up": up,
    "validate": validate,
    "features": features,
    "handlers": handlers,
    "runs": runs,
}


def run(words: argparse.Namespace) -> int:
    """Run the verb and give its exit status: 2 for a bad request, 3 when the suite failed."""
    try:
        return asyncio.run(VERBS[words.verb](words))  # type: ignore[arg-type]  # an awaitable of an async def is a coroutine
    except ApiError as error:
        return _tell(error, as_json=bool(getattr(words, "json", False)))
    except grpc.aio.AioRpcError as error:
        return _tell(from_failure(error_from_rpc(error), document_path), as_json=bool(getattr(words, "json", False)))
    except StackwrightError as error:
        return _tell(from_failure(error, document_path), as_json=bool(getattr(words, "json", False)))


def _tell(error: ApiError, *, as_json: bool) -> int:
    if as_json:
        details = [{"field": item.field, "reason": item.reason} for item in error.details]
        print(
            json.dumps({"success": False, "error": {"code": error.code, "message": error.message, "details": details}})
        )
    else:
        print(f"stackwright: {error.message}", file=sys.stderr)
        for item in error.details:
            print(f"  {item.field}: {item.reason}", file=sys.stderr)
    return cli.EXIT_BAD_REQUEST if error.status < 500 else cli.EXIT_FAILED
