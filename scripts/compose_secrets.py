"""Write what docker-compose.yml needs and nobody may share: `.env` and NATS's users, at random. What exists is kept."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from stackwright_kit.bus import STANDARD_USERS
from stackwright_kit.bus.embedded import server_config

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".env"
NATS = ROOT / ".setup/compose/nats.json"
TOKENS = ("STACKWRIGHT_SERVICE_TOKEN", "STACKWRIGHT_GATEWAY_TOKEN")


def main() -> None:
    if ENVIRONMENT.exists() and NATS.exists():
        print(f"kept: {ENVIRONMENT.name} and {NATS.relative_to(ROOT)}")
        return
    passwords = {user: secrets.token_urlsafe(24) for user in STANDARD_USERS}
    values = {token: secrets.token_urlsafe(32) for token in TOKENS}
    values |= {f"NATS_{user.upper()}": password for user, password in passwords.items()}
    text = server_config(
        store=Path("/data"), port=4222, passwords=passwords, roles=STANDARD_USERS, ports_dir=Path("/tmp")
    )
    NATS.parent.mkdir(parents=True, exist_ok=True)
    # Inside the network of the containers it must be reached from the others.
    write(NATS, json.dumps(json.loads(text) | {"listen": "0.0.0.0:4222"}, indent=2), mode=0o600)
    write(ENVIRONMENT, "".join(f"{name}={value}\n" for name, value in values.items()), mode=0o600)
    print(f"written: {ENVIRONMENT.name} and {NATS.relative_to(ROOT)}")


def write(path: Path, text: str, mode: int) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, mode), "w") as file:
        file.write(text)


if __name__ == "__main__":
    main()
