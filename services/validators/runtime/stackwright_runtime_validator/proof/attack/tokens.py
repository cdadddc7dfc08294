"""Forged, stale and misused tokens, and sessions of the past."""

from __future__ import annotations

from stackwright_runtime_validator.proof.attack.probe import (
    CRITICAL,
    HIGH,
    Tries,
    call,
    credentials,
    doors,
    probe,
    sent,
    somebody,
)
from stackwright_runtime_validator.proof.target import Target
from stackwright_runtime_validator.proof.tokens import claims_of, signed
from stackwright_runtime_validator.proof.wire import Reply
from stackwright_runtime_validator.scenarios.values import Json, find

_FAR = 4_000_000_000
_GUESSES = ("", "secret", "changeme", "your-256-bit-secret", "jwt-secret", "development", "password", "test", "0" * 32)


async def _refused(target: Target, tries: Tries, token: str, what: str) -> None:
    for door in doors(target)[:4]:
        reply = await sent(target, "GET", door.path, token=token)
        tries.refused(reply, f"{what} opens {door}", (401,))


def _claims(target: Target) -> dict[str, Json]:
    return {**claims_of(target.holder.access_token), "exp": _FAR}


@probe("token-none", CRITICAL, "a token with `alg: none` is 401")
async def _none(target: Target, tries: Tries) -> None:
    for name in ("none", "None", "NONE", ""):
        await _refused(target, tries, signed(_claims(target), "", algorithm=name), f"alg {name!r}")


@probe("token-confusion", CRITICAL, "a token of another algorithm, or with a key of its own choice, is 401")
async def _confusion(target: Target, tries: Tries) -> None:
    claims = _claims(target)
    for name in ("HS384", "HS512"):
        await _refused(target, tries, signed(claims, target.secret, algorithm=name), f"alg {name}")
    own: dict[str, Json] = {"kid": "../../../../dev/null", "jwk": {"kty": "oct", "k": ""}, "jku": "http://127.0.0.1:1/"}
    for name, value in own.items():
        await _refused(target, tries, signed(claims, "", header={name: value}), f"header {name}")


@probe("token-other-secret", CRITICAL, "a token signed with a secret that many use is 401")
async def _other(target: Target, tries: Tries) -> None:
    for secret in _GUESSES:
        await _refused(target, tries, signed(_claims(target), secret), f"the secret {secret!r}")


@probe("token-tampered", CRITICAL, "a token whose claims were changed after it was signed is 401")
async def _tampered(target: Target, tries: Tries) -> None:
    head, _, mark = target.bob.access_token.split(".") if target.bob.access_token.count(".") == 2 else ("", "", "")
    if not head:
        return
    claims = signed(_claims(target), "x").split(".")[1]
    await _refused(target, tries, f"{head}.{claims}.{mark}", "somebody else's claims")
    await _refused(target, tries, f"{head}.{claims}.", "no signature")


@probe("token-expired", HIGH, "a token of the past is 401")
async def _expired(target: Target, tries: Tries) -> None:
    old: dict[str, Json] = {**_claims(target), "iat": 1, "exp": 2}
    await _refused(target, tries, signed(old, target.secret), "a token of 1970")


@probe("token-in-address", HIGH, "a token in the query is not looked at")
async def _address(target: Target, tries: Tries) -> None:
    token = target.holder.access_token
    for door in doors(target)[:4]:
        for name in ("token", "access_token"):
            reply = await sent(target, "GET", f"{door.path}?{name}={token}")
            tries.refused(reply, f"?{name} opens {door}", (400, 401))


@probe("refresh-as-access", HIGH, "a refresh token opens nothing but the refresh")
async def _refresh_as_access(target: Target, tries: Tries) -> None:
    await _refused(target, tries, target.holder.refresh_token, "a refresh token")


@probe("token-after-logout", HIGH, "logging out ends the access token too")
async def _after_logout(target: Target, tries: Tries) -> None:
    person = await somebody(target)
    reply = await call(target, "logout", {}, token=person.access_token)
    if reply is not None and reply.status < 300:
        await _refused(target, tries, person.access_token, "a token after logout")


@probe("refresh-reuse", HIGH, "a refresh token that was rotated is 401")
async def _reuse(target: Target, tries: Tries) -> None:
    person = await somebody(target)
    values: dict[str, Json] = {"refresh_token": person.refresh_token}
    first = await call(target, "refresh", values)
    if first is not None and first.status < 300:
        tries.refused(await call(target, "refresh", values), "a used refresh token", (400, 401, 403))


async def cookie_of(target: Target) -> str:
    """The cookie that a browser gets when somebody signs in; empty when there is none."""
    person = await somebody(target)
    reply = await call(target, "login", credentials(person), headers={"X-Token-Transport": "cookie"})
    return reply.headers.get("set-cookie", "") if reply is not None else ""


@probe("cookie-flags", HIGH, "the session cookie is HttpOnly, Secure and SameSite, and the answer does not repeat it")
async def _flags(target: Target, tries: Tries) -> None:
    cookie = (await cookie_of(target)).lower()
    if cookie:
        for flag in ("httponly", "secure", "samesite=strict" if "strict" in cookie else "samesite=lax"):
            tries.repelled(flag in cookie, f"the cookie is without {flag}")


@probe("csrf-refresh", HIGH, "the session cookie sent from a foreign page gives no tokens")
async def _csrf(target: Target, tries: Tries) -> None:
    for origin in ("https://evil.example", "null", f"{target.wire.base_url}.evil.example"):
        cookie = (await cookie_of(target)).partition(";")[0]
        if not cookie:
            return
        reply = await call(target, "refresh", {}, headers={"Cookie": cookie, "Origin": origin})
        if reply is not None:
            tries.repelled(not _has_tokens(reply), f"Origin {origin}: {reply.summary()}")
    reply = await sent(target, "GET", doors(target)[0].path, headers={"Cookie": cookie}) if doors(target) else None
    tries.refused(reply, "the refresh cookie alone opens an operation", (401,))


def _has_tokens(reply: Reply) -> bool:
    return (
        reply.status < 300 and isinstance(reply.body, dict) and isinstance(find(reply.body, "tokens.access_token"), str)
    )
