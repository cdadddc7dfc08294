"""The index of the catalogue: every feature by its key, with its names and what it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import Source, read_yaml

_KEYS = frozenset({"key", "title", "aliases", "needs", "shows", "built"})


def normalised(name: str) -> str:
    """Give a name as it is matched: without case, spaces, hyphens and underscores."""
    return re.sub(r"[\s_\-]+", "", name).lower()


@dataclass(frozen=True)
class IndexEntry:
    """A feature as the index knows it."""

    key: str
    area: str
    title: str
    aliases: tuple[str, ...]
    needs: tuple[str, ...]
    shows: tuple[str, ...]
    built: bool
    place: Place


def read_index(text: str, path: str, problems: Problems) -> dict[str, IndexEntry]:
    """Read the index: areas, each with its features."""
    source = read_yaml(text, path, problems)
    entries: dict[str, IndexEntry] = {}
    names: dict[str, str] = {}
    for area, features in source.pairs() if source is not None else ():
        for item in features.items():
            entry = _entry(item, area.text())
            for name in (entry.key, *entry.aliases):
                owner = names.setdefault(normalised(name), entry.key)
                if owner != entry.key or (name == entry.key and entry.key in entries):
                    item.wrong("duplicate_name", f"`{name}` already stands for `{owner}`.")
            entries[entry.key] = entry
    for entry in entries.values():
        for need in entry.needs:
            if need not in entries:
                problems.add(entry.place, "unknown_name", f"`{entry.key}` needs `{need}`, which is not in the index.")
    return entries


def _entry(item: Source, area: str) -> IndexEntry:
    keys = item.keyed("A feature of the index", _KEYS)

    def texts(key: str) -> tuple[str, ...]:
        return tuple(source.text() for source in keys[key].items()) if key in keys else ()

    key = keys["key"].text() if "key" in keys else ""
    if not key:
        item.wrong("missing_key", "A feature of the index needs `key`.")
    title = keys["title"].text() if "title" in keys else key.replace("_", " ").capitalize()
    built = "built" in keys and keys["built"].boolean()
    return IndexEntry(key, area, title, texts("aliases"), texts("needs"), texts("shows"), built, item.place)
