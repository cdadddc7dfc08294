"""The feature catalogue: its index, its files, and how the names of a request find their features."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.catalogue_index import IndexEntry, normalised, read_index
from stackwright_registry.language.fragment import ParsedFeature, read_feature
from stackwright_registry.problems import Place, Problems

INDEX = "index.yaml"
FEATURE_FILE = "feature.yaml"
AUTHENTICATION, FILES = "authentication", "file_upload"
_FILE_KINDS = (model.FIELD_KIND_FILE, model.FIELD_KIND_IMAGE)
# What makes a feature need somebody who is signed in (§3 rule 6 of the language).
_CALLER = re.compile(r"\b(?:actor|session|signed_in)\b|\b(?:can|holders)\(")


@dataclass(frozen=True)
class Resolved:
    """A feature of a closure, and why it is there."""

    key: str
    requested_as: str
    needed_by: tuple[str, ...]
    inferred: bool
    specified: bool


@dataclass
class Catalogue:
    """All features, parsed once; `digest` is the sha256 over all files."""

    index: dict[str, IndexEntry]
    features: dict[str, ParsedFeature]
    digest: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.index.values():
            for name in (entry.key, *entry.aliases):
                self._names.setdefault(normalised(name), entry.key)

    def find(self, name: str) -> str | None:
        """Give the key of a feature by its name or an alias."""
        return self._names.get(normalised(name))

    def nearest(self, name: str) -> str:
        """Give the key whose name or alias is nearest, or "" when none is near."""
        wanted = normalised(name)
        near = difflib.get_close_matches(wanted, self._names, n=1, cutoff=0.6)
        if near:
            return self._names[near[0]]
        holding = [known for known in self._names if len(known) > 3 and (known in wanted or wanted in known)]
        return self._names[max(holding, key=len)] if holding and len(wanted) > 3 else ""

    def close(
        self, requested: Mapping[str, str], caller_needed: bool = False, files_needed: bool = False
    ) -> list[Resolved]:
        """Close a set of keys (key → name in the request) over `needs`, in order of dependency, then name.

        What other elements imply comes in, inferred: file_upload for a field that is a file, authentication when a file
        of the closure names the caller. `files_needed` and `caller_needed` say so of the request's entities.
        """
        needed_by: dict[str, set[str]] = {key: set() for key in requested}
        self._needed(list(requested), needed_by)
        inferred: set[str] = set()
        for implied, implies, asked in (
            (FILES, self._has_files, files_needed),
            (AUTHENTICATION, self._names_caller, caller_needed),
        ):
            if implied in needed_by or implied not in self.index:
                continue
            because = {key for key in needed_by if key in self.features and implies(key)}
            if because or asked:
                needed_by[implied] = because
                inferred.add(implied)
                self._needed([implied], needed_by)
        return [
            Resolved(
                key=key,
                requested_as=requested.get(key, ""),
                needed_by=tuple(sorted(needed_by[key])),
                inferred=key in inferred,
                specified=key in self.features,
            )
            for key in self._ordered(needed_by)
        ]

    def _needed(self, pending: list[str], needed_by: dict[str, set[str]]) -> None:
        while pending:
            key = pending.pop()
            for need in self.needs(key):
                if need not in needed_by:
                    needed_by[need] = set()
                    pending.append(need)
                needed_by[need].add(key)

    def _has_files(self, key: str) -> bool:
        models = self.features[key].fragment.models
        return any(field.type.kind in _FILE_KINDS for found in models for field in found.fields)

    def title(self, key: str) -> str:
        """Give what people call a feature: its file says it, else the index."""
        parsed = self.features.get(key)
        return parsed.fragment.title if parsed is not None else self.index[key].title

    def native_modules(self, key: str) -> list[str]:
        """Give what of a feature is written by hand; none for one that is data alone, or that has no file."""
        parsed = self.features.get(key)
        return [module.name for module in parsed.fragment.native_modules] if parsed is not None else []

    def needs(self, key: str) -> tuple[str, ...]:
        """Give what a feature needs at once."""
        return self.index[key].needs if key in self.index else ()

    def _names_caller(self, key: str) -> bool:
        text = self.files.get(self.features[key].path, b"").decode("utf-8", "replace")
        return bool(_CALLER.search(_without_comments(text)))

    def _ordered(self, keys: Iterable[str]) -> list[str]:
        """Order by dependency, then name; what lies in a circle comes in order of name."""
        left = set(keys)
        # What everything stands on comes first, also where it was only inferred.
        ordered: list[str] = []
        while left:
            ready = sorted(key for key in left if not left & set(self.needs(key)))
            for key in ready or sorted(left)[:1]:
                ordered.append(key)
                left.discard(key)
        if AUTHENTICATION in ordered:
            ordered.remove(AUTHENTICATION)
            ordered.insert(0, AUTHENTICATION)
        return ordered


def _without_comments(text: str) -> str:
    return "\n".join(line.partition(" #")[0] for line in text.splitlines() if not line.lstrip().startswith("#"))


def parse_catalogue(files: Mapping[str, bytes], problems: Problems) -> Catalogue:
    """Parse a whole catalogue from its files (path → content); problems are noted, checks of meaning come after."""
    index: dict[str, IndexEntry] = {}
    if INDEX in files:
        index = read_index(_text(files[INDEX], INDEX, problems), INDEX, problems)
    else:
        problems.add(Place(INDEX), "missing_file", "The catalogue has no index.yaml.")
    features: dict[str, ParsedFeature] = {}
    for path in sorted(files):
        if not path.endswith(f"/{FEATURE_FILE}"):
            continue
        parsed = read_feature(_text(files[path], path, problems), path, problems)
        if parsed is None:
            continue
        key = parsed.fragment.key
        if key not in index:
            problems.add(parsed.place("feature"), "unknown_name", f"`{key}` is not in the index.")
        elif path != f"{index[key].area}/{key}/{FEATURE_FILE}":
            problems.add(parsed.place("feature"), "wrong_place", f"`{key}` belongs to {index[key].area}/{key}/.")
        features[key] = parsed
    return Catalogue(index, features, digest_of(files), dict(files))


def _text(content: bytes, path: str, problems: Problems) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        problems.add(Place(path), "not_yaml", "The file is not UTF-8.")
        return ""


def digest_of(files: Mapping[str, bytes]) -> str:
    """Give the sha256 over all files, by path."""
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(f"{path}\0{len(files[path])}\0".encode())
        total.update(files[path])
    return total.hexdigest()


def read_files(root: Path) -> dict[str, bytes]:
    """Read the files of a catalogue folder that are part of it: the index, feature files and behaviour tests."""
    files = {}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root).as_posix()
        wanted = relative == INDEX or path.name == FEATURE_FILE or "/behaviour/" in relative
        if (
            wanted
            and path.is_file()
            and "__pycache__" not in relative
            and path.suffix in (".yaml", ".py", ".json", ".txt")
        ):
            files[relative] = path.read_bytes()
    return files


_CACHE: dict[str, Catalogue] = {}


def load_catalogue(root: Path) -> Catalogue:
    """Read and parse a catalogue folder; refuses it as a whole with every problem. Parsed once for each content."""
    files = read_files(root)
    digest = digest_of(files)
    if digest not in _CACHE:
        problems = Problems()
        catalogue = parse_catalogue(files, problems)
        problems.refuse()
        _CACHE.clear()
        _CACHE[digest] = catalogue
    return _CACHE[digest]
