"""Live progress of a run on a terminal; one line an event elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from stackwright_gateway.body import Json

# What each event says to a person; members are filled in.
SENTENCES: dict[str, str] = {
    "generation_started": "Resolved {features}",
    "backend_contracts_established": "Agreed the contract: {endpoints} endpoints, {models} models",
    "backend_generation_completed": "Wrote the back end: {files} files",
    "frontend_generation_completed": "Wrote the front end: {files} files",
    "database_generation_completed": "Wrote the database: {files} files",
    "all_handlers_completed": "Wrote {files} files in all",
    "validation_completed": "Validated: {overall:.1f}/10, {findings} findings",
    "refinement_cycle_completed": "Refined, cycle {cycle}: {before:.1f} → {after:.1f}",
    "fallback_applied": "Fell back to {level}: {reason}",
    "run_completed": "Done: {overall:.1f}/10",
    "run_failed": "Failed: {message}",
    "run_cancelled": "Cancelled",
}


class Progress:
    """Prints each step with the seconds since the start, and a spinner with what goes on now."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._started = time.monotonic()
        self._status = Status(f"{title}: starting the suite", console=console)

    def __enter__(self) -> Self:
        """Start the spinner, where the console is a terminal."""
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the spinner."""
        self._status.stop()

    def show(self, name: str, members: dict[str, Json]) -> None:
        """Tell one event."""
        message = members.get("message")
        if name.endswith(("_progress", "_started")) and name != "generation_started":
            self._status.update(escape(str(message or name.replace("_", " "))))
            return
        sentence = SENTENCES.get(name)
        if sentence is None:
            return
        readable = {
            key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in members.items()
        }
        seconds = time.monotonic() - self._started
        self._console.print(
            f"[dim]{seconds:6.1f} s[/dim]  {escape(sentence.format(**readable))}", highlight=False, soft_wrap=True
        )
