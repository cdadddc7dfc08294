"""Where the suite in one process keeps its things."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[3]


def _state_home() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "stackwright"


class LocalSettings(BaseSettings):
    """Folders, read from the environment with the prefix STACKWRIGHT_."""

    model_config = SettingsConfigDict(env_prefix="STACKWRIGHT_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=_state_home)
    """Runs, events and artifacts; one suite at a time uses it."""
    output_root: Path = Field(default_factory=lambda: Path.cwd() / "output")
    """Projects without an output path go below it; a path of the request must lie in it."""
    catalogue: Path = REPOSITORY / "catalogue"
    """Folder of feature files."""
