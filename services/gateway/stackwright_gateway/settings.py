"""Settings of the gateway, read from the environment with the prefix STACKWRIGHT_GATEWAY_."""

from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class GatewaySettings(BaseSettings):
    """Where the gateway listens and whom it calls. Refuses an address other than loopback without a token."""

    model_config = SettingsConfigDict(env_prefix="STACKWRIGHT_GATEWAY_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8004, ge=0, le=65535)
    token: SecretStr = SecretStr("")
    """Asked for as `Authorization: Bearer …` on everything but /health."""
    wait_seconds: float = Field(default=240, gt=0, le=3600)
    """How long a generate call waits before it answers 202; n8n gives up at 300 s."""
    orchestrator: str = "127.0.0.1:8010"
    registry: str = "127.0.0.1:8011"

    @model_validator(mode="after")
    def _open_only_with_a_token(self) -> Self:
        if self.host not in LOOPBACK and not self.token.get_secret_value():
            raise ValueError(f"STACKWRIGHT_GATEWAY_TOKEN must be set to listen on {self.host}, which is not loopback")
        return self
