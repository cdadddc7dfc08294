"""The published catalogue: checked as a whole, kept as a whole, parsed once for each content."""

from __future__ import annotations

import asyncio

from stackwright_kit.errors import FailedPreconditionError, FieldViolation, InvalidArgumentError
from stackwright_registry.catalogue import Catalogue, parse_catalogue
from stackwright_registry.checked import checked_catalogue
from stackwright_registry.jdl.syntax import PATH as JDL
from stackwright_registry.problems import ContractRefusedError, Problem, Problems
from stackwright_registry.store import CatalogueStore

_MAX_VIOLATIONS = 50


class Published:
    """The published catalogue, parsed once for each content; replicas follow what another one was given."""

    def __init__(self, store: CatalogueStore) -> None:
        self._store = store
        self._parsed: tuple[str, Catalogue] | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> Catalogue:
        """Give the catalogue.

        Raises:
            FailedPreconditionError: none was published yet.

        """
        digest = await self._store.current()
        if not digest:
            raise FailedPreconditionError("no catalogue is published yet", reason="CATALOGUE_MISSING", retry_after=1)
        async with self._lock:
            if self._parsed is None or self._parsed[0] != digest:
                files = await self._store.files(digest)
                self._parsed = (digest, await asyncio.to_thread(parse_catalogue, files, Problems()))
            return self._parsed[1]

    async def publish(self, files: dict[str, bytes]) -> Catalogue:
        """Check a catalogue as a whole and make it the current one, or refuse it with every problem."""
        catalogue = await asyncio.to_thread(checked_catalogue, files)
        self._parsed = (await self._store.publish(files), catalogue)
        return catalogue


def refused(error: ContractRefusedError, prefix: str = "") -> InvalidArgumentError:
    """Give the error of the wire: one sentence, and one violation for each problem with its place."""
    problems = error.problems
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    violations = [_violation(item, prefix) for item in problems[:_MAX_VIOLATIONS]]
    return InvalidArgumentError(
        f"{problems[0].place}: {problems[0].message}{more}", reason="CONTRACT_REFUSED", violations=violations
    )


def _violation(problem: Problem, prefix: str) -> FieldViolation:
    """Give one violation; a field of the request that is a text has the line and column in the reason."""
    if problem.place.path == JDL:
        where = f"line {problem.place.line}, column {problem.place.column}: "
        return FieldViolation(JDL, f"{where}{problem.message}")
    return FieldViolation(f"{prefix}{problem.place}", problem.message)
