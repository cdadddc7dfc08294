"""Gathering: models, extensions and everything else of the features that are on, with names resolved to ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from google.protobuf.message import Message

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.language.literals import read_literal
from stackwright_registry.language.type_names import SCALARS
from stackwright_registry.problems import Place
from stackwright_registry.resolving.assembly import Assembly, Widening

Part = tuple[str, contract.FeatureFragment]
_M = TypeVar("_M", bound=Message)


def parts_of(assembly: Assembly) -> list[Part]:
    """Give the fragments that apply, in order of features: each file, then its `with` sections."""
    parts: list[Part] = []
    for entry in assembly.resolved:
        source = assembly.sources.get(entry.key)
        if source is None:
            continue
        parts.append((entry.key, source.fragment))
        sections = getattr(source.fragment, "with")
        parts.extend((entry.key, section.fragment) for section in sections if section.feature in assembly.keys)
    return parts


def gather_models(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Take up all models of the catalogue's features, with what they open."""
    for feature, fragment in parts:
        for raw in fragment.models:
            if raw.name in assembly.catalogue_names:
                other = assembly.catalogue_names[raw.name]
                place = assembly.place(feature, raw.name)
                assembly.problems.add(
                    place, "duplicate_name", f"The model `{raw.name}` is already declared as {other}."
                )
                continue
            add_model(assembly, raw, model.PROVENANCE_CATALOGUE)
            assembly.catalogue_names[raw.name] = f"{feature}/{raw.name}"


def add_model(assembly: Assembly, raw: model.Model, provenance: model.Provenance) -> model.Model:
    """Take up one model under its id."""
    found = model.Model()
    found.CopyFrom(raw)
    found.id = f"{raw.feature}/{raw.name}"
    found.provenance = provenance
    for item in found.fields:
        item.feature, item.provenance = raw.feature, provenance
    assembly.models[found.id] = found
    assembly.open_by_kind(found)
    return found


def gather_actions(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Take up the actions of models and of none."""
    for feature, fragment in parts:
        for raw in fragment.actions:
            model_id = (
                assembly.require_model(raw.model_id, feature, assembly.place(feature, raw.model_id))
                if raw.model_id
                else ""
            )
            add_action(assembly, raw, model_id)


def add_action(assembly: Assembly, raw: operation.Operation, model_id: str) -> None:
    """Take up one action; a second one of the same name adds to the first."""
    action = operation.Operation()
    action.CopyFrom(raw)
    action.model_id = model_id
    assembly.actions.setdefault((model_id, raw.name), []).append(action)


PUBLIC_SETTINGS = "public_settings"


def offer_settings(assembly: Assembly) -> None:
    """Let pages read the settings that say `public`, by one action of no model, in the feature of the first."""
    public = [setting for setting in assembly.settings.values() if setting.public]
    if not public:
        return
    action = operation.Operation(
        name=PUBLIC_SETTINGS,
        feature=public[0].feature,
        kind=operation.OPERATION_KIND_ACTION,
        scope=operation.OPERATION_SCOPE_GLOBAL,
        query=True,
        answer_body=operation.ANSWER_BODY_FIELDS,
        title="Settings that pages follow, as they are now",
    )
    action.by.source = "anyone"
    for setting in public:
        field = action.returns.add(name=setting.key.replace(".", "_"), type=setting.type)
        field.returns.source = f"setting.{setting.key}"
    add_action(assembly, action, "")


def gather_extensions(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Apply every `extend`, in order of feature dependency, then name."""
    for feature, fragment in parts:
        for extension in fragment.extensions:
            place = assembly.place(feature, f"extend.{extension.target}")
            if extension.selector:
                targets = _selected(assembly, extension.target, feature)
            else:
                found = assembly.require_model(extension.target, feature, place)
                targets = [found] if found else []
            for model_id in targets:
                _extend(assembly, feature, extension, model_id)


def _selected(assembly: Assembly, selector: str, feature: str) -> list[str]:
    """Give the models of a selector; it skips the file it stands in and models with an `any` field."""
    found = []
    for item in assembly.models.values():
        if item.feature == feature or any(field.type.kind == model.FIELD_KIND_ANY for field in item.fields):
            continue
        kinds = {"resource": model.MODEL_KIND_RESOURCE, "part": model.MODEL_KIND_PART}
        fits = selector == "all" or kinds.get(selector) == item.kind
        if selector in SCALARS:
            fits = any(field.type.kind == SCALARS[selector] for field in item.fields)
        if fits:
            found.append(item.id)
    return found


def _extend(assembly: Assembly, feature: str, extension: contract.Extension, model_id: str) -> None:
    target = assembly.models[model_id]
    for raw in extension.additions.fields:
        add_field(assembly, target, raw, feature)
    for rule in extension.additions.rules:
        target.rules.add().CopyFrom(rule)
    for guard in extension.additions.guards:
        target.guards.add().CopyFrom(guard)
    for number, page in enumerate(extension.pages):
        added = _page(assembly, page, assembly.place(feature, f"extend.{extension.target}.pages.{number}"))
        added.model_id = added.model_id or model_id
    for name in extension.api:
        assembly.ordinary(model_id).setdefault(name, feature)
    for action in extension.actions:
        add_action(assembly, action, model_id)
    for descriptor, by in extension.access_also.ListFields():
        names = ("create", "update", "delete") if descriptor.name == "write" else (descriptor.name,)
        for name in names:
            # A copy for each model: a selector's expression is typed for each by itself.
            copy = expression.Expression()
            copy.CopyFrom(by)
            assembly.widenings.setdefault(model_id, []).append(Widening(feature, name, copy))


def add_field(assembly: Assembly, target: model.Model, raw: model.Field, feature: str) -> model.Field:
    """Add a field to a model of another; a name that is there already is kept, and the added one is prefixed."""
    added = target.fields.add()
    added.CopyFrom(raw)
    added.feature = feature
    added.provenance = model.PROVENANCE_CATALOGUE
    if any(item.name == raw.name for item in target.fields[:-1]):
        added.name = f"{feature}_{raw.name}"
        message = (
            f"`{target.name}` has a field `{raw.name}` already; the one that {feature} adds is called `{added.name}`."
        )
        assembly.remark(contract.Remark.LEVEL_WARNING, f"{target.id}/{added.name}", message)
    needs = not raw.optional and raw.type.kind not in (model.FIELD_KIND_MANY, model.FIELD_KIND_LINKS)
    if needs and not (raw.HasField("default") or raw.HasField("init") or raw.HasField("value")):
        place = assembly.place(feature, f"{target.name}.{raw.name}")
        assembly.problems.add(
            place, "missing_key", f"A required field that extends `{target.name}` needs `default` or `init`."
        )
    return added


def gather_rest(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Take up what stands outside models; keys are unique across features."""
    for feature, fragment in parts:
        assembly.subscriptions.extend(_copies(fragment.subscriptions))
        assembly.clocks.extend(_copies(fragment.clocks))
        assembly.gates.extend(_copies(fragment.gates))
        for number, page in enumerate(fragment.pages):
            _page(assembly, page, assembly.place(feature, f"pages.{number}"))
        for section in ("permissions", "settings", "mails", "notices", "metrics"):
            known = getattr(assembly, section)
            for item in getattr(fragment, section):
                if item.key in known:
                    place = assembly.place(feature, f"{section}.{item.key}")
                    owner = known[item.key].feature
                    assembly.problems.add(
                        place, "duplicate_name", f"`{item.key}` is already one of the {section} of {owner}."
                    )
                else:
                    copy = type(item)()
                    copy.CopyFrom(item)
                    known[item.key] = copy
        for module in fragment.native_modules:
            _native(assembly, module)


def _copies(items: Iterable[_M]) -> list[_M]:
    copies = []
    for item in items:
        copy = type(item)()
        copy.CopyFrom(item)
        copies.append(copy)
    return copies


def _page(assembly: Assembly, raw: contract.Page, place: Place) -> contract.Page:
    page = contract.Page()
    page.CopyFrom(raw)
    assembly.pages.append(page)
    assembly.page_places.append(place)
    return page


def _native(assembly: Assembly, module: contract.NativeModule) -> None:
    known = assembly.native.setdefault(module.name, contract.NativeModule(name=module.name))
    for section in ("operations", "calls", "pure_calls", "pages", "ui", "middleware", "rows", "features"):
        items = getattr(known, section)
        items.extend(item for item in getattr(module, section) if item not in items)


def gather_seeds(assembly: Assembly, parts: Iterable[Part]) -> None:
    """Take up seeds; their rows are read by the types of the fields."""
    for feature, fragment in parts:
        for raw in fragment.seeds:
            place = assembly.place(feature, f"seeds.{raw.model_id}")
            model_id = assembly.require_model(raw.model_id, feature, place)
            seed = contract.Seed(model_id=model_id, feature=feature, from_contract=raw.from_contract)
            for row in assembly.sources[feature].seed_rows.get(raw.model_id, []):
                values = seed.rows.add()
                for name, source in row.items():
                    field = assembly.require_field(model_id, name, source.place)
                    if field is not None:
                        literal = read_literal(source, field.type)
                        values.values.add(field_id=field.id, member=name, value=literal)
            assembly.seeds.append(seed)
