"""Writing a project: all of it or nothing, inside the configured root, and only where nothing lies."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stackwright.code.v1.file_pb2 import SourceFile
from stackwright_kit.errors import FailedPreconditionError, InvalidArgumentError, invalid_field
from stackwright_kit.files import check_path

OUTPUT_FIELD = "spec.options.output_path"
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])$")
_MAX_SLUG = 60
_WRITERS = 2


def slug_of(name: str) -> str:
    """A folder name made of any text: `a-z`, `0-9` and `-`, at most 60 characters, never empty or a device."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_MAX_SLUG].strip("-")
    return f"app-{slug}" if _DEVICE.match(slug) else slug or "app"


def check_target(root: Path, wanted: str, *, default: str = "") -> Path:
    """The folder that a project goes to: `wanted`, or `<root>/<default>`; absolute, and without symbolic links.

    Raises:
        InvalidArgumentError: it lies outside the root, is no folder, or is not empty.

    """
    base = root.resolve()
    if not wanted and not default:
        return base
    if len(wanted.encode()) > 1000 or any(len(part.encode()) > 200 for part in Path(wanted).parts):
        raise invalid_field(OUTPUT_FIELD, "must be at most 1000 bytes, and 200 for each part")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in wanted):
        raise invalid_field(OUTPUT_FIELD, "must have no control characters")
    target = (base / (wanted or default)).resolve()
    if target == base or not target.is_relative_to(base):
        raise invalid_field(
            OUTPUT_FIELD,
            f"must lie inside the output folder of the server (got {wanted[:120]!r})",
            reason="OUTPUT_OUTSIDE",
        )
    if target.exists() and not target.is_dir():
        raise invalid_field(OUTPUT_FIELD, "is there and is no folder", reason="OUTPUT_NOT_EMPTY")
    if target.is_dir() and any(target.iterdir()):
        raise invalid_field(OUTPUT_FIELD, "must be a new or an empty folder", reason="OUTPUT_NOT_EMPTY")
    return target


class PremiumFileWriter:
    """Writes a tree of files beside its target and moves it there in one step, so that no half is ever seen."""

    def __init__(self, root: Path, attempt: str = "new") -> None:
        self._root, self._attempt = root.resolve(), attempt

    def write(self, target: Path, files: Iterable[SourceFile]) -> int:
        """Write all files into `target`, a new or empty folder below the root; returns how many.

        What an earlier one of the same `attempt` left behind is removed first.

        Raises:
            InvalidArgumentError: the target is no place to write to, or a path is unsafe or comes twice in any cases.
            FailedPreconditionError: the disk is full, or the target was filled in between.

        """
        target = check_target(self._root, str(target))
        partial = target.parent / f".{target.name[:100]}.{self._attempt}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            count = self._fill(os.fspath(partial), files)
            # Replaces an empty folder, and fails for one with content.
            partial.rename(target)
        except OSError as error:
            said = f"the project cannot be written to {target.name}: {error.strerror}"
            raise FailedPreconditionError(said, reason="OUTPUT_FAILED") from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return count

    @staticmethod
    def _fill(root: str, files: Iterable[SourceFile]) -> int:
        seen: set[str] = set()
        sources = list(files)
        for source in sources:
            check_path(source.path)
            if source.path.casefold() in seen:
                raise InvalidArgumentError(f"{source.path} comes twice, or differs from another path only in case")
            seen.add(source.path.casefold())
        for folder in sorted({f"{root}/{source.path}".rsplit("/", 1)[0] for source in sources}):
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 -- this loop is measured against `cp -r`
        # Nearly all of it is the system's work, which two do at the same time.
        with ThreadPoolExecutor(_WRITERS) as writers:
            for written in [writers.submit(_write, root, sources[turn::_WRITERS]) for turn in range(_WRITERS)]:
                written.result()
        return len(sources)


def _write(root: str, sources: Iterable[SourceFile]) -> None:
    for source in sources:
        mode = 0o755 if source.executable else 0o644
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with open(os.open(f"{root}/{source.path}", flags, mode), "wb") as file:  # noqa: PTH123 -- a descriptor
            file.write(source.content)
