"""The checker of a whole catalogue: what no single file can show. Every problem comes with file and line."""

from __future__ import annotations

from collections.abc import Iterator

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.catalogue import Catalogue
from stackwright_registry.language.fragment import ParsedFeature
from stackwright_registry.language.models import ORDINARY
from stackwright_registry.language.scenarios import misnamed, persons
from stackwright_registry.problems import ContractRefusedError, Problems
from stackwright_registry.resolving.draft import draft_contract
from stackwright_registry.resolving.gather import PUBLIC_SETTINGS
from stackwright_registry.yaml_source import suggestion

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
        "scenarios",
    }
)
_MODEL_PARTS = frozenset({"access", "states", "live", "page", "delete", "kind", "owner", "rules", "guards", "actions"})
_NATIVE = ("operations", "calls", "pages", "ui", "middleware", "rows")

_DERIVED = (*ORDINARY, "choices", "restore", "put", "move")


def check_catalogue(catalogue: Catalogue) -> Problems:
    """Check every file against the index, the `shows` lines, and each feature's contract alone and all together."""
    problems = Problems()
    for parsed in catalogue.features.values():
        _needs(catalogue, parsed, problems)
        _shows(catalogue, parsed, problems)
        _scenarios(catalogue, parsed, problems)
        for conditional in getattr(parsed.fragment, "with"):
            if conditional.feature not in catalogue.index:
                near = suggestion(conditional.feature, list(catalogue.index))
                place = parsed.place(f"with.{conditional.feature}")
                problems.add(place, "unknown_name", f"There is no feature `{conditional.feature}`{near}.")
    for keys in (*([key] for key in sorted(catalogue.features)), sorted(catalogue.features)):
        try:
            draft_contract(catalogue, keys, with_probe=True)
        except ContractRefusedError as error:
            problems.extend(error.problems)
    return problems


def _needs(catalogue: Catalogue, parsed: ParsedFeature, problems: Problems) -> None:
    """A file repeats what the index says it needs, and the two are compared."""
    entry = catalogue.index.get(parsed.fragment.key)
    if entry is None:
        return
    written, indexed = set(parsed.fragment.needs), set(entry.needs)
    for name in sorted(written - indexed):
        problems.add(parsed.place("needs"), "needs_differ", f"The index does not say that it needs `{name}`.")
    for name in sorted(indexed - written):
        problems.add(
            parsed.place("needs"), "needs_differ", f"The index says that it needs `{name}`, which is missing here."
        )


def _shows(catalogue: Catalogue, parsed: ParsedFeature, problems: Problems) -> None:
    """Each line of the index is made true by elements that exist."""
    entry = catalogue.index.get(parsed.fragment.key)
    if entry is None:
        return
    shows = parsed.fragment.shows
    for line in range(len(shows) + 1, len(entry.shows) + 1):
        problems.add(
            parsed.place("shows"), "uncovered_shows", f"Line {line} is not covered: “{entry.shows[line - 1]}”."
        )
    for line in range(len(entry.shows) + 1, len(shows) + 1):
        problems.add(parsed.place(f"shows.{line}"), "uncovered_shows", f"The index has no line {line}.")
    known = _Known(catalogue, parsed)
    for show in shows:
        place = parsed.place(f"shows.{show.line}")
        if not show.elements:
            problems.add(place, "uncovered_shows", f"Line {show.line} names no element.")
        for element in show.elements:
            if not known.has(element):
                near = suggestion(element, known.names)
                problems.add(place, "unknown_name", f"There is no element `{element}`{near}.")


class _Known:
    """The elements that a `shows` line of one file may name: its own, and those of the features it needs."""

    def __init__(self, catalogue: Catalogue, parsed: ParsedFeature) -> None:
        self.names: set[str] = set()
        closure = catalogue.close({parsed.fragment.key: ""})
        for entry in closure:
            source = catalogue.features.get(entry.key)
            if source is not None:
                self.names.update(_elements(source.fragment, own=entry.key == parsed.fragment.key))
                for conditional in getattr(source.fragment, "with"):
                    self.names.update({f"with.{conditional.feature}", *_elements(conditional.fragment, own=False)})

    def has(self, element: str) -> bool:
        """Say whether there is such an element."""
        return element in self.names or element.replace(".actions.", ".") in self.names


def _elements(fragment: contract.FeatureFragment, *, own: bool) -> Iterator[str]:
    for model_ in fragment.models:
        yield model_.name
        yield from (f"{model_.name}.{field.name}" for field in model_.fields)
        yield from (f"{model_.name}.{rule.WhichOneof('kind')}" for rule in model_.rules)
        yield from (f"{model_.name}.{part}" for part in _MODEL_PARTS)
        yield from (f"{model_.name}.{name}" for name in ("list", "read", "create", "update", "choices", "restore"))
        if model_.HasField("part_of"):
            yield f"{model_.part_of.parent_model_id}.{model_.part_of.collection}"
        if model_.HasField("owner"):
            yield f"{model_.name}.{model_.owner.field_id}"
    for extension in fragment.extensions:
        target = extension.target
        yield from (f"{target}.{field.name}" for field in extension.additions.fields)
        yield from (f"{target}.{rule.WhichOneof('kind')}" for rule in extension.additions.rules)
        yield from (f"{target}.{name}" for name in extension.api)
        yield from (f"{target}.{action.name}" for action in extension.actions)
    for action in fragment.actions:
        yield f"{action.model_id}.{action.name}" if action.model_id else action.name
    for section in ("permissions", "settings", "mails", "notices", "metrics"):
        yield from (item.key for item in getattr(fragment, section))
    for module in fragment.native_modules:
        for part in _NATIVE:
            yield from (f"native {module.name}.{name}" for name in getattr(module, part))
    if own:
        yield from _present(fragment)


def _present(fragment: contract.FeatureFragment) -> Iterator[str]:
    """Give the sections that a file has, so that a line may name one as a whole."""
    names = {"extensions": "extend", "subscriptions": "subscribe", "clocks": "every", "native_modules": "native"}
    for descriptor, _ in fragment.ListFields():
        name = names.get(descriptor.name, descriptor.name)
        if name in _SECTIONS:
            yield name


def _scenarios(catalogue: Catalogue, parsed: ParsedFeature, problems: Problems) -> None:
    """A scenario proves a line that exists, by persons who exist."""
    entry = catalogue.index.get(parsed.fragment.key)
    roles = {
        role
        for source in catalogue.features.values()
        for permission in source.fragment.permissions
        for role in permission.roles
    }
    operations = _operations(catalogue)
    seen: set[str] = set()
    for number, scenario in enumerate(parsed.fragment.scenarios):
        place = parsed.place(f"scenarios.{number}")
        if entry is not None and not 1 <= scenario.line <= len(entry.shows):
            problems.add(place, "unknown_name", f"The index has no line {scenario.line} for `{entry.key}`.")
        if scenario.name in seen:
            problems.add(place, "duplicate_name", f"Two scenarios are called `{scenario.name}`.")
        seen.add(scenario.name)
        for person in sorted(persons(scenario) - roles):
            problems.add(place, "unknown_name", f"`{person}` is neither a person nor a role that a grant names.")
        for message in misnamed(scenario, roles, operations):
            problems.add(place, "unknown_name", message)


def _operations(catalogue: Catalogue) -> set[str]:
    """Give every operation that a step may do: of any feature, since an application may have more than one."""
    names = {f"Sample.{name}" for name in _DERIVED} | {PUBLIC_SETTINGS}
    for source in catalogue.features.values():
        fragments = [source.fragment, *(section.fragment for section in getattr(source.fragment, "with"))]
        for fragment in fragments:
            models = {item.name for item in fragment.models} | {item.target for item in fragment.extensions}
            names.update(f"{name}.{verb}" for name in models for verb in _DERIVED)
            actions = [*fragment.actions, *(action for item in fragment.extensions for action in item.actions)]
            names.update(f"{item.model_id}.{item.name}" if item.model_id else item.name for item in actions)
    return names
