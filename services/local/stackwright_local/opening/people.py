"""One account for each role of an application, made through its own sign-up, with a password that nobody else knows."""

import asyncio
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_local.opening.mails import Mailbox

Grant = Callable[[str, str], Awaitable[None]]
"""Gives the person with an e-mail address a role."""
_SECONDS = 30


class SignUpError(Exception):
    """The application would not make an account; the message has its answer."""


@dataclass(frozen=True)
class LogIn:
    """An account. `role` is empty for one without any."""

    role: str
    email: str
    password: str


async def make_accounts(contract: Contract, address: str, grant: Grant, mails: Mailbox) -> list[LogIn]:
    """Register one person for each role and one without, and confirm their addresses where that is asked for.

    None where the application has no sign-up by password. Raises SignUpError.
    """
    register = next((operation for operation in contract.operations if operation.names.call == "register"), None)
    if register is None:
        return []
    known = {field.name for field in register.inputs}
    confirm = next((op.path for op in contract.operations if op.names.call == "EmailVerification.confirm"), "")
    made = []
    for role in [*(role.name for role in contract.roles), ""]:
        name = role or "member"
        log_in = LogIn(role, f"{name.replace('_', '-')}@example.com", secrets.token_urlsafe(15))
        values = {
            "email": log_in.email,
            "name": name.replace("_", " ").capitalize(),
            "password": log_in.password,
        }
        sent = {key: value for key, value in values.items() if key in known}
        await asyncio.to_thread(_post, f"{address}{register.path}", sent)
        if role:
            await grant(log_in.email, role)
        if confirm:
            token = await _mailed_token(mails, log_in.email)
            await asyncio.to_thread(_post, f"{address}{confirm}", {"token": token})
        made.append(log_in)
    return made


async def _mailed_token(mails: Mailbox, email: str) -> str:
    mail = await mails.to(email, _SECONDS)
    links = mail.body["links"] if mail else []
    for link in links if isinstance(links, list) else []:
        query = link.get("query") if isinstance(link, dict) else None
        token = query.get("token") if isinstance(query, dict) else None
        if isinstance(token, str):
            return token
    raise SignUpError(f"no mail with a link to confirm {email} came within {_SECONDS} s")


def _post(url: str, values: dict[str, str]) -> None:
    request = urllib.request.Request(  # noqa: S310 -- of this machine
        url, json.dumps(values).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310 -- the same
            return
    except urllib.error.HTTPError as error:
        said = error.read(500).decode(errors="replace")
        raise SignUpError(f"POST {url} answered {error.code}: {said}") from None
    except OSError as error:
        raise SignUpError(f"POST {url} was not answered: {error}") from None
