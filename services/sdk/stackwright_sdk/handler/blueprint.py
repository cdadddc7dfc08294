"""Selects files of a blueprint: a complete application that lies beside its handler.

`blueprint.yaml` in the folder says which files are copied as they are, and when:

    verbatim:
      - path: src/shared/**            # always
      - path: src/shared/openapi/**
        native: openapi                # when the contract names this native module
      - path: src/features/**/*.css
        feature: real_time_chat        # when this feature is on
      - path: docker/redis.conf
        secondary: redis               # when the request asks for this store
    except:
      - "**/*.snap"

A pattern is a path with `*` (within a folder) and `**` (over folders). The last entry that matches a file decides; a
file that no entry matches is not copied (it is emitted, composed, or serves the blueprint's own tests).
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

SKIPPED_FOLDERS = {"node_modules", "dist", "coverage", ".data", "__pycache__"}


@dataclass(frozen=True)
class Selection:
    """What a contract and a stack switch on."""

    features: frozenset[str] = frozenset()
    native_modules: frozenset[str] = frozenset()
    secondary: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BlueprintFile:
    """A file as it lies in the blueprint; `path` is relative to it, with forward slashes."""

    path: str
    content: bytes
    executable: bool = False


@dataclass(frozen=True)
class _Entry:
    pattern: re.Pattern[str]
    feature: str = ""
    native: str = ""
    secondary: str = ""

    def holds(self, selection: Selection) -> bool:
        return (
            (not self.feature or self.feature in selection.features)
            and (not self.native or self.native in selection.native_modules)
            and (not self.secondary or self.secondary in selection.secondary)
        )


class Blueprint:
    """The verbatim files of one blueprint, read once."""

    def __init__(
        self, entries: Sequence[_Entry], excluded: Sequence[re.Pattern[str]], files: Sequence[BlueprintFile]
    ) -> None:
        self._entries = list(entries)
        self._excluded = list(excluded)
        self._files = {file.path: file for file in sorted(files, key=lambda file: file.path)}

    @classmethod
    def load(cls, folder: Path) -> "Blueprint":
        """Read `folder`/blueprint.yaml and the files it names.

        Raises FileNotFoundError without one, and ValueError for an unknown key or an entry that matches no file.
        """
        manifest = yaml.safe_load((folder / "blueprint.yaml").read_text())
        unknown = set(manifest) - {"verbatim", "except"}
        if unknown:
            raise ValueError(f"blueprint.yaml: unknown keys {sorted(unknown)}; expected verbatim, except")
        entries = [_entry(item) for item in manifest.get("verbatim") or ()]
        excluded = [_pattern(item) for item in manifest.get("except") or ()]
        paths = [path for path in _walk(folder) if not any(item.fullmatch(path) for item in excluded)]
        for item, entry in zip(manifest.get("verbatim") or (), entries, strict=True):
            if not any(entry.pattern.fullmatch(path) for path in paths):
                raise ValueError(f"blueprint.yaml: {item['path']} matches no file")
        files = [
            BlueprintFile(path, (folder / path).read_bytes(), bool((folder / path).stat().st_mode & 0o100))
            for path in paths
            if any(entry.pattern.fullmatch(path) for entry in entries)
        ]
        return cls(entries, excluded, files)

    @cached_property
    def digest(self) -> str:
        """The sha256 (hex) over paths and contents."""
        whole = hashlib.sha256()
        for file in self._files.values():
            whole.update(f"{len(file.path)}:{file.path}:{len(file.content)}:".encode())
            whole.update(file.content)
        return whole.hexdigest()

    @property
    def files(self) -> Mapping[str, BlueprintFile]:
        """Every verbatim file by path, whatever is switched on."""
        return self._files

    def select(self, selection: Selection) -> list[BlueprintFile]:
        """Files that `selection` switches on, in order of path."""
        chosen = []
        for path, file in self._files.items():
            deciding = [entry for entry in self._entries if entry.pattern.fullmatch(path)][-1]
            if deciding.holds(selection):
                chosen.append(file)
        return chosen

    def replaced(self, files: Sequence[BlueprintFile]) -> "Blueprint":
        """Give the same blueprint with other contents (types erased), selected by the same rules.

        A renamed file (`.ts` to `.js`) keeps the rule that matched its old name, as far as patterns name no ending.
        """
        return Blueprint([_any_ending(entry) for entry in self._entries], self._excluded, files)


def _entry(item: Mapping[str, str]) -> _Entry:
    unknown = set(item) - {"path", "feature", "native", "secondary"}
    if unknown or "path" not in item:
        raise ValueError(f"blueprint.yaml: {dict(item)}: expected path and at most feature, native, secondary")
    return _Entry(_pattern(item["path"]), item.get("feature", ""), item.get("native", ""), item.get("secondary", ""))


def _pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*)", glob)
    table = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*"}
    return re.compile("".join(table.get(part, re.escape(part)) for part in parts))


def _any_ending(entry: _Entry) -> _Entry:
    source = re.sub(r"\\\.tsx?$", lambda match: match.group().replace("ts", "[jt]s"), entry.pattern.pattern)
    return _Entry(re.compile(source), entry.feature, entry.native, entry.secondary)


def _walk(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not SKIPPED_FOLDERS.intersection(relative.parts):
            found.append(relative.as_posix())
    return found
