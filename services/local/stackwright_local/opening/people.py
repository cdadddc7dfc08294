"""One account for each role of an application, made through its own sign-up, with a password that nobody else knows."""

import secrets
from dataclasses import dataclass
from urllib.parse import quote

from stackwright.contract.v1.contract_pb2 import Contract
from stackwright_local.opening.application import Application
from stackwright_local.opening.calls import SignUpError, call, items_of, text_at
from stackwright_local.opening.mails import Mailbox

_SECONDS = 30
_ADMIN = "admin"


@dataclass(frozen=True)
class LogIn:
    """An account. `role` is empty for one without any."""

    role: str
    email: str
    password: str


async def make_accounts(contract: Contract, address: str, application: Application) -> list[LogIn]:
    """Register one person for each role and one without, and add the example rows.

    Addresses are confirmed where that is asked for. The first, an administrator where there are any, is one of the
    people in the example rows. Nobody where the application has no sign-up by password. Raises SignUpError.
    """
    register = next((operation for operation in contract.operations if operation.names.call == "register"), None)
    if register is None:
        await application.seed()
        return []
    known = {field.name for field in register.inputs}
    confirm = next((op.path for op in contract.operations if op.names.call == "EmailVerification.confirm"), "")
    made: list[LogIn] = []
    for role in [*sorted((role.name for role in contract.roles), key=lambda name: name != _ADMIN), ""]:
        name = role or "member"
        log_in = LogIn(role, f"{name.replace('_', '-')}@example.com", secrets.token_urlsafe(15))
        values = {
            "email": log_in.email,
            "name": name.replace("_", " ").capitalize(),
            "password": log_in.password,
        }
        sent = {key: value for key, value in values.items() if key in known}
        await call(f"{address}{register.path}", sent)
        if role:
            await application.grant(log_in.email, role)
        if confirm:
            token = await _mailed_token(application.mails, log_in.email)
            await call(f"{address}{confirm}", {"token": token})
        if not made:
            await application.seed()
        made.append(log_in)
    await _become_members(contract, address, made)
    return made


async def _become_members(contract: Contract, address: str, made: list[LogIn]) -> None:
    """The first takes the others into their organization, each with their role; who has none gets the least.

    Nobody gives more than they have: whose role allows more than that of the first stays outside.
    """
    paths = {operation.names.call: operation.path for operation in contract.operations}
    if "Organization.add_member" not in paths:
        return
    first, *others = made
    log_in = await call(f"{address}{paths['login']}", {"email": first.email, "password": first.password})
    token = text_at(log_in, "tokens", "access_token")
    mine = text_at(await call(f"{address}{paths['current_organization']}", token=token), "organization", "id")
    permissions = {role.name: set(role.permissions) for role in contract.roles}
    least = min(permissions, key=lambda name: len(permissions[name]))
    for other in others:
        role = other.role or least
        if not mine or not permissions[role] <= permissions.get(first.role, set()):
            continue
        found = await call(f"{address}{paths['Role.choices']}?search={quote(role)}", token=token)
        known = {text_at(item, "display"): text_at(item, "id") for item in items_of(found)}
        path = paths["Organization.add_member"].replace("{id}", mine)
        await call(f"{address}{path}", {"email": other.email, "role": known[role]}, token=token)


async def _mailed_token(mails: Mailbox, email: str) -> str:
    mail = await mails.to(email, _SECONDS)
    links = mail.body["links"] if mail else []
    for link in links if isinstance(links, list) else []:
        query = link.get("query") if isinstance(link, dict) else None
        token = query.get("token") if isinstance(query, dict) else None
        if isinstance(token, str):
            return token
    raise SignUpError(f"no mail with a link to confirm {email} came within {_SECONDS} s")
