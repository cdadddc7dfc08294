"""A feature file, whole: strict, with all problems at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.language.actions import read_actions
from stackwright_registry.language.context import Reading
from stackwright_registry.language.models import read_extensions, read_models
from stackwright_registry.language.reactions import read_clocks, read_gates, read_subscriptions
from stackwright_registry.language.scenarios import read_scenarios
from stackwright_registry.language.surface import (
    read_metrics,
    read_native,
    read_pages,
    read_permissions,
    read_seeds,
    read_settings,
)
from stackwright_registry.language.texts import read_mails, read_notices
from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import Source, read_yaml

LANGUAGE = 1
_SECTIONS = frozenset(
    {
        "models",
        "actions",
        "extend",
        "subscribe",
        "every",
        "gates",
        "permissions",
        "settings",
        "mails",
        "notices",
        "metrics",
        "pages",
        "seeds",
        "native",
    }
)
_KEYS = _SECTIONS | frozenset({"contract", "feature", "version", "title", "needs", "with", "shows", "scenarios"})


@dataclass
class ParsedFeature:
    """A feature file as read: the fragment, where its elements stand, and the rows of its seeds."""

    path: str
    fragment: contract.FeatureFragment
    places: dict[str, Place] = field(default_factory=dict)
    seed_rows: dict[str, list[dict[str, Source]]] = field(default_factory=dict)

    def place(self, element: str) -> Place:
        """Where an element stands; the file itself when it is not known."""
        return self.places.get(element, Place(self.path, 1, 1))


def read_feature(text: str, path: str, problems: Problems) -> ParsedFeature | None:
    """Read one feature file; what is wrong is noted, and None is given when there is nothing to go on with."""
    source = read_yaml(text, path, problems)
    if source is None:
        return None
    fragment = contract.FeatureFragment(digest=hashlib.sha256(text.encode()).hexdigest())
    parsed = ParsedFeature(path, fragment)
    keys = source.keyed("A feature file", _KEYS)
    for missing in sorted({"feature", "version", "title", "shows"} - keys.keys()):
        source.wrong("missing_key", f"A feature file needs `{missing}`.")
    if "contract" in keys and keys["contract"].integer() not in (LANGUAGE, LANGUAGE - 1):
        keys["contract"].wrong("unknown_version", f"This registry reads version {LANGUAGE} of the language.")
    fragment.key = keys["feature"].text("the key of the feature") if "feature" in keys else ""
    fragment.version = keys["version"].integer() if "version" in keys else 0
    fragment.title = keys["title"].text() if "title" in keys else ""
    if "needs" in keys:
        fragment.needs.extend(item.text("a feature") for item in keys["needs"].items())
    reading = Reading(fragment.key, problems, places=parsed.places)
    for name in ("feature", "needs", "shows", "title"):
        if name in keys:
            reading.note(name, keys[name])
    _sections(reading, keys, fragment, parsed)
    _rest(reading, keys, fragment, parsed)
    return parsed


def _rest(reading: Reading, keys: dict[str, Source], fragment: contract.FeatureFragment, parsed: ParsedFeature) -> None:
    """Read the keys that no `with` section may have."""
    for key, value in keys["with"].pairs() if "with" in keys else ():
        conditional = getattr(fragment, "with").add(feature=key.text("a feature"))
        reading.note(f"with.{conditional.feature}", key)
        inner = value.keyed("A `with` section", _SECTIONS)
        conditional.fragment.key = fragment.key
        _sections(reading, inner, conditional.fragment, parsed)
    for number, line in enumerate(keys["shows"].items() if "shows" in keys else (), start=1):
        reading.note(f"shows.{number}", line)
        fragment.shows.add(line=number, elements=[item.text("the name of an element") for item in line.items()])
    if "scenarios" in keys:
        fragment.scenarios.extend(read_scenarios(reading, keys["scenarios"]))


def _sections(
    reading: Reading, keys: dict[str, Source], fragment: contract.FeatureFragment, parsed: ParsedFeature
) -> None:
    if "models" in keys:
        models, actions = read_models(reading, keys["models"])
        fragment.models.extend(models)
        fragment.actions.extend(actions)
    if "actions" in keys:
        fragment.actions.extend(read_actions(reading, keys["actions"], "actions", ""))
    if "seeds" in keys:
        seeds, rows = read_seeds(reading, keys["seeds"])
        fragment.seeds.extend(seeds)
        parsed.seed_rows.update(rows)
    for key, (member, read) in _READERS.items():
        if key in keys:
            getattr(fragment, member).extend(read(reading, keys[key]))


_READERS: dict[str, tuple[str, Callable[[Reading, Source], Sequence[Message]]]] = {
    "extend": ("extensions", read_extensions),
    "subscribe": ("subscriptions", read_subscriptions),
    "every": ("clocks", read_clocks),
    "gates": ("gates", read_gates),
    "permissions": ("permissions", read_permissions),
    "settings": ("settings", read_settings),
    "mails": ("mails", read_mails),
    "notices": ("notices", read_notices),
    "metrics": ("metrics", read_metrics),
    "pages": ("pages", read_pages),
    "native": ("native_modules", read_native),
}
