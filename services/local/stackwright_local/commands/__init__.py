"""One module a group of verbs; `run` picks, and turns every failure into one sentence and an exit status."""

import argparse
import asyncio
import importlib
import json
import sys
import traceback
from collections.abc import Callable, Coroutine

import grpc

from stackwright_gateway.answers import ApiError, from_failure
from stackwright_gateway.requests import document_path
from stackwright_kit.errors import StackwrightError, error_from_rpc
from stackwright_local import cli

Verb = Callable[[argparse.Namespace], Coroutine[None, None, int]]

# Verb → module and function, loaded when it is called: each draws in what the others do without.
FUNCTIONS = {
    "generate": ("generation", "generate"),
    "plan": ("generation", "plan"),
    "up": ("up", "up"),
    "open": ("opening", "open_application"),
    "validate": ("validation", "validate"),
    "features": ("listing", "features"),
    "handlers": ("listing", "handlers"),
    "runs": ("listing", "runs"),
}


def run(words: argparse.Namespace) -> int:
    """Run the verb and give its exit status: 2 for a bad request, 3 when the suite failed."""
    module, function = FUNCTIONS[words.verb]
    try:
        verb: Verb = getattr(importlib.import_module(f"{__name__}.{module}"), function)
        return asyncio.run(verb(words))
    except ApiError as error:
        return _tell(error, as_json=bool(getattr(words, "json", False)))
    except grpc.aio.AioRpcError as error:
        return _tell(from_failure(error_from_rpc(error), document_path), as_json=bool(getattr(words, "json", False)))
    except StackwrightError as error:
        return _tell(from_failure(error, document_path), as_json=bool(getattr(words, "json", False)))
    except Exception as error:
        # Python itself would end with 1, which says that an application is below its target.
        traceback.print_exc()
        said = f"The suite itself failed: {type(error).__name__}: {error}"
        return _tell(ApiError(500, "internal", said), as_json=bool(getattr(words, "json", False)))


def _tell(error: ApiError, *, as_json: bool) -> int:
    if as_json:
        details = [{"field": item.field, "reason": item.reason} for item in error.details]
        print(
            json.dumps({"success": False, "error": {"code": error.code, "message": error.message, "details": details}})
        )
    else:
        print("\n  ".join(_sentences(error)), file=sys.stderr)
    return cli.EXIT_BAD_REQUEST if error.status < 500 else cli.EXIT_FAILED


def _sentences(error: ApiError) -> list[str]:
    """What is wrong, then a line for each bad member; a message that repeats them is not said as well."""
    listed = [f"{item.field}: {item.reason}" for item in error.details]
    if not listed or error.details[0].reason not in error.message:
        return [f"stackwright: {error.message}", *listed]
    if len(listed) == 1:
        return [f"stackwright: {max(error.message, *listed, key=len)}"]
    return [f"stackwright: {len(listed)} things in the request are wrong:", *listed]
