"""`open`: a generated application, started for a person to look at, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import signal
import socket

from rich.console import Console
from rich.table import Table

from stackwright_gateway.answers import ApiError, Detail
from stackwright_kit.errors import UnavailableError
from stackwright_local import cli
from stackwright_local.opening.application import StartError, started
from stackwright_local.opening.calls import SignUpError
from stackwright_local.opening.forwarding import forwarded
from stackwright_local.opening.mails import Mailbox
from stackwright_local.opening.people import LogIn, make_accounts
from stackwright_local.opening.source import bad_target, find_project
from stackwright_local.projects import GeneratedProject
from stackwright_sdk.node import ToolchainError
from stackwright_sdk.sandbox import SandboxError


async def open_application(words: argparse.Namespace) -> int:
    """Start it, print where it is and who can sign in, and serve until SIGINT or SIGTERM."""
    project = await find_project(words)
    console = Console()
    serving = asyncio.create_task(_serve(project, words.port, console))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, serving.cancel)
    try:
        await serving
    except asyncio.CancelledError:
        console.print("Stopped; nothing of it is left.")
    except (StartError, SignUpError) as error:
        raise bad_target(str(error)) from None
    except (SandboxError, ToolchainError) as error:
        raise UnavailableError(f"the application cannot be run on this machine: {error}") from None
    return cli.EXIT_OK


async def _serve(project: GeneratedProject, port: int, console: Console) -> None:
    name = project.contract.project.name or project.spec.project_name
    with _listener(port) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with contextlib.AsyncExitStack() as running:
            with console.status(f"{name}: starting the database, the back end and the front end"):
                redis = "redis" in {name.lower() for name in project.spec.stack.database.secondary}
                application = await running.enter_async_context(started(project.files, address, redis=redis))
                await running.enter_async_context(forwarded(listener, application.box, application.port))
                accounts = await make_accounts(project.contract, address, application)
            _tell(console, name, address, accounts, mails=bool(project.contract.mails))
            telling = asyncio.create_task(_tell_mails(console, application.mails))
            try:
                raise StartError(await application.ended())
            finally:
                telling.cancel()


def _listener(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        listener.close()
        reason = f"{port} cannot be bound: {getattr(error, 'strerror', None) or error}"
        raise ApiError(400, "invalid_argument", f"--port: {reason}.", [Detail("--port", reason)]) from None
    return listener


async def _tell_mails(console: Console, mails: Mailbox) -> None:
    """Print what would be sent, so that a person can follow the links; no mail leaves this machine."""
    async for mail in mails.arriving():
        console.print(
            f"Mail to {mail.body['to']}: {mail.body['subject']}", markup=False, highlight=False, soft_wrap=True
        )
        links = mail.body["links"]
        for link in links if isinstance(links, list) else []:
            if isinstance(link, dict):
                console.print(f"  {link['url']}", markup=False, highlight=False, soft_wrap=True)


def _tell(console: Console, name: str, address: str, accounts: list[LogIn], *, mails: bool) -> None:
    console.print(f"{name} is open at {address}", highlight=False, soft_wrap=True, markup=False)
    if accounts:
        table = Table("Role", "E-mail", "Password", show_edge=False)
        for account in accounts:
            table.add_row(account.role or "none", account.email, account.password)
        console.print(table)
        console.print("These log-ins are for this time only.")
    if mails:
        console.print("Mails are not sent, but shown here with their links.")
    console.print("It runs on a copy with a database of its own, and leaves nothing. Ctrl-C stops it.", soft_wrap=True)
