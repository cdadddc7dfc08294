"""Where things lie inside the sandbox."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from stackwright_sdk.browser import Browser


@dataclass(frozen=True)
class Place:
    """Told by the validator to the process inside; all paths are absolute."""

    root: Path
    """Scratch: `delivered/` and `probe/` lie in it."""
    start: Path
    """The request's `ValidateStart`, serialised; read-only."""
    behaviour: Path
    """Behaviour tests of the catalogue; read-only."""
    toolchain: Path
    node: Path
    """Folder of the Node binary."""
    postgres_port: int
    """Where PostgreSQL listens on the sandbox's loopback."""
    chromium: Browser | None
    """None when there is none here."""
    processors: int
    lines: tuple[str, ...] = ()
    """Only these `shows` lines are tried, as `authentication:2`, and nothing else is done; empty: everything."""

    @property
    def delivered(self) -> Path:
        return self.root / "delivered"

    @property
    def probe(self) -> Path:
        return self.root / "probe"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def path(self) -> str:
        return f"{self.node}:/usr/local/bin:/usr/bin:/bin"

    def encode(self) -> str:
        """As one word of a command line."""
        told = asdict(self)
        told["chromium"] = encode_browser(self.chromium)
        return json.dumps(told, default=str)

    @classmethod
    def decode(cls, text: str) -> Place:
        """What `encode` wrote."""
        told = json.loads(text)
        paths = {key: Path(told[key]) for key in ("root", "start", "behaviour", "toolchain", "node")}
        return cls(
            **paths,
            postgres_port=told["postgres_port"],
            chromium=decode_browser(told["chromium"]),
            processors=told["processors"],
            lines=tuple(told["lines"]),
        )


def encode_browser(browser: Browser | None) -> str:
    """A browser as text; empty for none."""
    return json.dumps(asdict(browser), default=str) if browser else ""


def decode_browser(text: str) -> Browser | None:
    """What `encode_browser` wrote."""
    if not text:
        return None
    told = json.loads(text)
    return Browser(
        Path(told["executable"]),
        tuple(told["arguments"]),
        told["environment"],
        tuple(Path(folder) for folder in told["folders"]),
    )
