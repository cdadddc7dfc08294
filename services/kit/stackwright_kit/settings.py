"""Settings that every service has, read from the environment with the prefix STACKWRIGHT_."""

from __future__ import annotations

from typing import Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of a service. A service with more of its own derives from this class.

    Without `nats_url` a service serves gRPC alone: it announces nothing and has no bus. Without `service_token` it may
    bind to loopback only.
    """

    model_config = SettingsConfigDict(env_prefix="STACKWRIGHT_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)
    """0 lets the system choose; the address is logged and announced."""
    advertise: str = ""
    """`host:port` under which others reach this service; empty: host and bound port."""
    service_token: SecretStr = SecretStr("")
    """Shared secret of all services: sent by clients, asked for by servers (health and reflection are open)."""

    nats_url: str = ""
    nats_user: str = ""
    nats_password: SecretStr = SecretStr("")
    nats_connect_seconds: float = Field(default=10.0, gt=0)
    """How long to wait for the NATS server at start."""
    retention_days: float = Field(default=7.0, gt=0)
    """How long runs, events and artifacts are kept."""
    announce_ttl: float = Field(default=15.0, gt=0.3)
    """Seconds after which a silent service counts as gone; it announces itself three times in that time."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "text"] = "json"
    drain_seconds: float = Field(default=20.0, ge=0)
    """How long running calls may go on after SIGTERM."""
    max_request_bytes: int = Field(default=16 * 1024 * 1024, gt=0)
    """Largest single message; files are streamed in chunks."""
    deadline_margin: float = Field(default=0.2, ge=0)
    """Seconds kept back from a caller's deadline when calling on, so that the answer still arrives."""


S = TypeVar("S", bound=BaseSettings)


def read_settings(kind: type[S]) -> S:
    """Read settings from the environment.

    Raises:
        ValueError: in one sentence, naming each variable at fault and what is expected of it.

    """
    try:
        return kind()
    except ValidationError as error:
        prefix = kind.model_config.get("env_prefix", "")
        wrong = [
            f"{prefix}{'_'.join(str(part) for part in item['loc'])}".upper().rstrip("_") + f": {item['msg']}"
            if item["loc"]
            else item["msg"].removeprefix("Value error, ")
            for item in error.errors(include_url=False, include_input=False)
        ]
        raise ValueError("; ".join(wrong)) from None
