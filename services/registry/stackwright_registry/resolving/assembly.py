"""The contract while it is put together: models by id, what other features added, and where each element came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.catalogue import Resolved
from stackwright_registry.language.fragment import ParsedFeature
from stackwright_registry.language.models import ORDINARY
from stackwright_registry.problems import Place, Problems
from stackwright_registry.yaml_source import suggestion

DOMAIN = "domain"
_BY_KIND: dict[model.ModelKind, tuple[str, ...]] = {
    model.MODEL_KIND_RESOURCE: ORDINARY,
    model.MODEL_KIND_PART: ORDINARY,
    model.MODEL_KIND_LINK: ORDINARY,
    model.MODEL_KIND_SINGLE: ("read", "put", "delete"),
    model.MODEL_KIND_LOG: ("list", "read", "create"),
    model.MODEL_KIND_INTERNAL: (),
}


@dataclass(frozen=True)
class Widening:
    """A scope that another feature opens further."""

    feature: str
    name: str
    by: expression.Expression


@dataclass
class Assembly:
    """Everything that is known of a contract before its expressions are typed."""

    resolved: list[Resolved]
    problems: Problems
    sources: dict[str, ParsedFeature] = field(default_factory=dict)
    models: dict[str, model.Model] = field(default_factory=dict)
    # Names that catalogue files, and that the request's entities, use for models.
    catalogue_names: dict[str, str] = field(default_factory=dict)
    domain_names: dict[str, str] = field(default_factory=dict)
    # Where the elements of the request's entities stand: `domain.entities.Invoice.fields.total`.
    domain_places: dict[str, Place] = field(default_factory=dict)
    # Actions by model id ("" for those of no model), in order; ordinary names hold additions, the owner's first.
    actions: dict[tuple[str, str], list[operation.Operation]] = field(default_factory=dict)
    # Which feature opened an ordinary operation of a model.
    opened: dict[str, dict[str, str]] = field(default_factory=dict)
    widenings: dict[str, list[Widening]] = field(default_factory=dict)
    subscriptions: list[operation.Subscription] = field(default_factory=list)
    clocks: list[operation.Clock] = field(default_factory=list)
    gates: list[operation.Gate] = field(default_factory=list)
    permissions: dict[str, contract.Permission] = field(default_factory=dict)
    settings: dict[str, contract.Setting] = field(default_factory=dict)
    mails: dict[str, contract.Mail] = field(default_factory=dict)
    notices: dict[str, contract.Notice] = field(default_factory=dict)
    metrics: dict[str, contract.Metric] = field(default_factory=dict)
    pages: list[contract.Page] = field(default_factory=list)
    # Where each page stands in its file, beside `pages`.
    page_places: list[Place] = field(default_factory=list)
    seeds: list[contract.Seed] = field(default_factory=list)
    native: dict[str, contract.NativeModule] = field(default_factory=dict)
    # Fields of an adopted model whose name the request took: (model id, name in catalogue files) → name now.
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)
    remarks: list[contract.Remark] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        """The keys of all features that are on."""
        return {entry.key for entry in self.resolved}

    def place(self, feature: str, element: str) -> Place:
        """Where an element of a feature's file stands."""
        if feature == DOMAIN:
            return self.domain_places.get(element, Place("domain.entities"))
        source = self.sources.get(feature)
        return source.place(element) if source is not None else Place(feature)

    def lookup(self, name: str, feature: str) -> str | None:
        """Give the id of a model by the name that a file of this feature uses for it."""
        if feature == DOMAIN and name in self.domain_names:
            return self.domain_names[name]
        return self.catalogue_names.get(name)

    def model_names(self, feature: str) -> list[str]:
        """Give the names that a file of this feature may use."""
        return [*(self.domain_names if feature == DOMAIN else ()), *self.catalogue_names]

    def require_model(self, name: str, feature: str, place: Place) -> str:
        """Give the id of a model; an unknown name is noted and gives ""."""
        found = self.lookup(name, feature)
        if found is None:
            near = suggestion(name, self.model_names(feature))
            self.problems.add(place, "unknown_name", f"There is no model `{name}`{near}.")
        return found or ""

    def field(self, model_id: str, name: str, feature: str = "") -> model.Field | None:
        """Give a field of a model by the name that a file of this feature uses for it."""
        found = self.models.get(model_id)
        name = self.name_now(model_id, name, feature)
        return next((item for item in found.fields if item.name == name), None) if found is not None else None

    def name_now(self, model_id: str, name: str, feature: str) -> str:
        """Give what a field is called now that a file of this feature calls `name`."""
        return name if feature == DOMAIN else self.renamed.get((model_id, name), name)

    def require_field(self, model_id: str, name: str, place: Place, feature: str = "") -> model.Field | None:
        """Give a field of a model; an unknown name is noted."""
        found = self.field(model_id, name, feature)
        if found is None and model_id in self.models:
            known = [item.name for item in self.models[model_id].fields]
            message = f"`{self.models[model_id].name}` has no field `{name}`{suggestion(name, known)}."
            self.problems.add(place, "unknown_name", message)
        return found

    def ordinary(self, model_id: str) -> dict[str, str]:
        """Give the ordinary operations that are open, each with the feature that opened it."""
        return self.opened.setdefault(model_id, {})

    def open_by_kind(self, found: model.Model) -> None:
        """Open what the kind of a model, or its `api`, opens."""
        names = found.api.names if found.HasField("api") else _BY_KIND[found.kind]
        self.opened[found.id] = dict.fromkeys(names, found.feature)

    def additions(self, model_id: str, name: str) -> list[operation.Operation]:
        """Give what actions of this name say, the owner's first."""
        return self.actions.get((model_id, name), [])

    def remark(self, level: contract.Remark.Level, element: str, message: str) -> None:
        """Tell a person something about the contract."""
        self.remarks.append(contract.Remark(level=level, element=element, message=message))

    def fields(self) -> Iterator[tuple[model.Model, model.Field]]:
        """Give every field with its model."""
        for found in self.models.values():
            for item in found.fields:
                yield found, item

    def resources(self, names: Iterable[str]) -> list[str]:
        """Give the models that a selector of `any` stands for: never one that has an `any` field itself."""
        kinds = {"resource": model.MODEL_KIND_RESOURCE, "part": model.MODEL_KIND_PART}
        wanted = {kinds[name] for name in names if name in kinds}
        return [
            found.id
            for found in self.models.values()
            if found.kind in wanted and all(item.type.kind != model.FIELD_KIND_ANY for item in found.fields)
        ]
