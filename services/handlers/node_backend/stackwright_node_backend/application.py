"""A contract as the compiler looks at it: elements by feature, and where the files of each lie."""

import re
from collections import defaultdict
from functools import cached_property

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_node_backend.typescript import Imports
from stackwright_sdk.expressions import ContractIndex

# Fields of these kinds are columns of their own model.
_WITHOUT_COLUMN = frozenset({model_pb2.FIELD_KIND_MANY, model_pb2.FIELD_KIND_LINKS})


class Application:
    """The contract with quick access to what belongs together. Folder and class names are the contract's own."""

    def __init__(self, contract: contract_pb2.Contract, secondary: frozenset[str] = frozenset()) -> None:
        self.contract = contract
        self.secondary = secondary
        """Stores beside the database, such as `redis`."""
        self.index = ContractIndex(contract)
        self.features = {feature.key: feature for feature in contract.features}

    @cached_property
    def feature_keys(self) -> list[str]:
        """Features that have anything on the server, in order of dependency; the domain of the request comes last."""
        keys = [feature.key for feature in self.contract.features]
        return [*keys, *sorted({model.feature for model in self.contract.models} - set(keys))]

    @cached_property
    def _operations(self) -> dict[tuple[str, str], list[operation_pb2.Operation]]:
        """Asked for with every feature and model: a walk over the contract each time grows with its square."""
        found: dict[tuple[str, str], list[operation_pb2.Operation]] = defaultdict(list)
        for operation in self.contract.operations:
            found[operation.feature, operation.model_id].append(operation)
        return dict(found)

    def has(self, feature: str) -> bool:
        """Whether the feature is on."""
        return feature in self.features

    def folder(self, feature: str) -> str:
        """Folder of a feature's code."""
        known = self.features.get(feature)
        return f"src/features/{known.names.folder if known else feature}"

    def model_folder(self, model: model_pb2.Model) -> str:
        """Folder of what a model declares: columns, schema and scope."""
        return f"{self.folder(model.feature)}/{model.names.file}"

    def models_of(self, feature: str) -> list[model_pb2.Model]:
        """Models that the feature declares."""
        return [model for model in self.contract.models if model.feature == feature]

    def operations_of(self, feature: str, model_id: str) -> list[operation_pb2.Operation]:
        """Operations whose code lies with the feature, of one model or of none (the empty id)."""
        return self._operations.get((feature, model_id), [])

    @cached_property
    def _of_models(self) -> dict[str, list[operation_pb2.Operation]]:
        found: dict[str, list[operation_pb2.Operation]] = defaultdict(list)
        for operation in self.contract.operations:
            found[operation.model_id].append(operation)
        return dict(found)

    def all_operations(self, model: model_pb2.Model) -> list[operation_pb2.Operation]:
        """Operations of a model, whichever feature adds them."""
        return self._of_models.get(model.id, [])

    def model(self, model_id: str) -> model_pb2.Model:
        """The model of this id."""
        return self.index.model(model_id)

    @cached_property
    def takes_richtext(self) -> bool:
        """Whether anybody may send text with marks, which has to be made harmless."""
        given = (field for operation in self.contract.operations for field in operation.inputs)
        return any(
            field.type.kind == model_pb2.FIELD_KIND_RICHTEXT
            for found in given
            for field in (found, *found.type.members_fields)
        )

    @cached_property
    def kept_files(self) -> set[str]:
        """Ids of the models of files that fields name."""
        kinds = (model_pb2.FIELD_KIND_FILE, model_pb2.FIELD_KIND_IMAGE)
        return {
            target for field in self.index.fields.values() if field.type.kind in kinds for target in field.type.targets
        }

    @cached_property
    def _places(self) -> set[str]:
        return {
            rule.ordered.by_field_id
            for model in self.contract.models
            for rule in model.rules
            if rule.HasField("ordered")
        }

    def is_filled(self, field: model_pb2.Field) -> bool:
        """Whether a new row gets the field by itself: a default, what is computed, a slug, or its place in a list."""
        given = field.HasField("default") or field.HasField("init") or bool(field.from_field_id)
        return given or field.id in self._places

    @cached_property
    def _addressed(self) -> set[tuple[str, str]]:
        return {
            (page.model_id, name)
            for page in self.contract.pages
            for name in re.findall(r":(\w+)", page.path)
            if name != "id"
        }

    def is_addressed(self, model: model_pb2.Model, field: model_pb2.Field) -> bool:
        """Whether the address of a page names rows by the field, so that a list is asked for it."""
        return (model.id, field.name) in self._addressed

    def columns(self, model: model_pb2.Model) -> list[model_pb2.Field]:
        """Fields of the model that are stored in its own table."""
        return [
            field
            for field in model.fields
            if not (field.type.kind in _WITHOUT_COLUMN or field.trap or (field.HasField("value") and not field.stored))
        ]

    def display_field(self, model: model_pb2.Model) -> model_pb2.Field | None:
        """The field that is the title of a row; None where it is the id."""
        return self.index.field(model.display_field_id) if model.display_field_id else None

    def import_model(self, imports: Imports, model: model_pb2.Model) -> str:
        """Import a model's class."""
        return imports.add(f"{self.model_folder(model)}/model.ts", model.names.class_name)

    def import_source(self, imports: Imports, model: model_pb2.Model) -> str:
        """Import how a model's rows are read."""
        return imports.add(f"{self.model_folder(model)}/scope.ts", model.names.plural_variable)

    def has_scope(self, model: model_pb2.Model) -> bool:
        """Whether rows of the model are ever answered, listed or chosen."""
        scopes = (operation.scope for operation in self.all_operations(model))
        return model.id in self._answered or any(scope != operation_pb2.OPERATION_SCOPE_TOKEN for scope in scopes)

    @cached_property
    def _answered(self) -> set[str]:
        """Ids of the models whose rows stand in the answer of some operation."""
        answers = (field for operation in self.contract.operations for field in operation.returns)
        return {target for field in answers for target in field.type.targets}
