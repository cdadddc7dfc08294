"""The `stackwright` command: reads its words, then loads only what the verb needs, so that `--help` is quick."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

EXIT_OK, EXIT_BELOW_TARGET, EXIT_BAD_REQUEST, EXIT_FAILED = 0, 1, 2, 3

EPILOG = """exit status:
  0 at or above the quality target, 1 below it, 2 for a bad request, 3 when the suite itself failed

examples:
  stackwright plan examples/enterprise-app.json
  stackwright generate examples/seven-features.json --output my-app
  stackwright open my-app              # starts it, with a log-in for each role
  stackwright up                       # REST on 8004, gRPC on 8010, until Ctrl-C
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    # gRPC speaks of its own affairs on standard error otherwise.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    words = _parser().parse_args(argv)
    # Contracts and files live to the end of a run: looking for garbage among them so often finds none.
    gc.set_threshold(20_000, 20, 20)
    try:
        from stackwright_local import commands  # a verb's imports take longer than the help text may

        return commands.run(words)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stackwright",
        description="Turns a requirements document into a complete, running, proven full-stack application.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    generate = verbs.add_parser("generate", help="generate an application from a request")
    _request(generate)
    generate.add_argument("--output", type=Path, metavar="DIR", help="where to write it (default: output/<slug>/<run>)")
    generate.add_argument(
        "--engine", choices=["auto", "blueprint", "claude"], help="who fills what the catalogue lacks"
    )

    plan = verbs.add_parser("plan", help="show features, endpoints, tables and warnings; generate nothing")
    _request(plan)

    up = verbs.add_parser("up", help="run the whole suite until Ctrl-C")
    up.add_argument("--port", type=_port, default=8004, help="REST port (default: 8004)")
    up.add_argument("--grpc-port", type=_port, default=8010, help="port of the orchestrator (default: 8010)")

    validate = verbs.add_parser("validate", help="validate a generated project as it lies")
    validate.add_argument("directory", type=Path, metavar="DIR")
    validate.add_argument("--proof", choices=["static", "run"], default="static")
    validate.add_argument("--json", action="store_true", help="print the report as JSON")

    opened = verbs.add_parser("open", help="start a generated application and show who can sign in, until Ctrl-C")
    opened.add_argument("target", metavar="RUN|DIR", help="id of a run, or folder of a generated project")
    opened.add_argument("--port", type=_port, default=0, help="port of its address (default: any that is free)")
    opened.add_argument("--server", metavar="HOST:PORT", help="where the run is kept, if not by this command")

    for verb, text in (
        ("features", "list the feature catalogue"),
        ("handlers", "list the handlers that are announced"),
    ):
        command = verbs.add_parser(verb, help=text)
        _server(command)

    runs = verbs.add_parser("runs", help="list, show, watch or cancel runs")
    runs.add_argument("action", choices=["list", "show", "watch", "cancel"])
    runs.add_argument("run", nargs="?", help="run id (all but list)")
    _server(runs)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) < 65_536):
        raise argparse.ArgumentTypeError(f"{text!r} is no port: expected a whole number from 0 to 65535")
    return int(text)


def _request(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "request", type=Path, metavar="REQUEST", help="request document (JSON, as for REST); - for standard input"
    )
    command.add_argument("--jdl", type=Path, metavar="FILE", help="the user's own entities in JDL")
    command.add_argument(
        "--proof", choices=["none", "static", "run", "full", "audit"], help="how much is proven (default: full)"
    )
    _server(command)


def _server(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--server", metavar="HOST:PORT", help="use a running orchestrator instead of one in this process"
    )
    command.add_argument("--json", action="store_true", help="print JSON instead of text")
