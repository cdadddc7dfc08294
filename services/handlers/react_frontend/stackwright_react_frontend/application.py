"""A contract as this handler looks at it: elements by what belongs together, and where their files lie."""

from collections import defaultdict
from functools import cached_property

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend.dependence import models_counted

_REFERENCES = frozenset({model_pb2.FIELD_KIND_REF, model_pb2.FIELD_KIND_LINKS, model_pb2.FIELD_KIND_ANY})
_ROW_KINDS = frozenset({operation_pb2.OPERATION_KIND_UPDATE, operation_pb2.OPERATION_KIND_DELETE})
_ROWS = frozenset(
    {
        operation_pb2.ANSWER_BODY_ROW,
        operation_pb2.ANSWER_BODY_PAGE,
        operation_pb2.ANSWER_BODY_CURSOR_PAGE,
    }
)

# Where panels stand in the pages of single rows, and those that are written by hand.
DETAIL_SLOT = "resource.detail"
NATIVE_PANELS = frozenset({("storage", "FilePanel")})
# Pages that are written by hand, and the icons of their menu entries.
NATIVE_PAGES = {
    ("auth", "LoginPage"): "login",
    ("auth", "RegisterPage"): "login",
    ("auth", "ForgotPasswordPage"): "lock",
    ("auth", "ResetPasswordPage"): "lock",
    ("auth", "VerifyEmailPage"): "mail",
    ("openapi", "DocsPage"): "code",
    ("observe", "HealthPage"): "pulse",
    ("chat", "ChatPage"): "chat",
    ("storage", "FilesPage"): "files",
}
# What pages of any feature follow, so it stands in none.
PUBLIC_SETTINGS = "src/shared/settings/api.ts"


class Application:
    """The contract with quick access to its elements. Names of folders and classes are the contract's own."""

    def __init__(self, contract: contract_pb2.Contract) -> None:
        self.contract = contract
        self.models = {model.id: model for model in contract.models}
        self.fields = {field.id: field for model in contract.models for field in model.fields}
        self._features = {feature.key: feature for feature in contract.features}

    # Every page asks for what belongs to its model: a walk over the contract each time grows with its square.
    @cached_property
    def _operations(self) -> dict[str, list[operation_pb2.Operation]]:
        found: dict[str, list[operation_pb2.Operation]] = defaultdict(list)
        for operation in self.contract.operations:
            found[operation.model_id].append(operation)
        return dict(found)

    @cached_property
    def _pages(self) -> dict[tuple[str, int], list[contract_pb2.Page]]:
        found: dict[tuple[str, int], list[contract_pb2.Page]] = defaultdict(list)
        for page in self.contract.pages:
            if not page.slot and not page.HasField("native"):
                found[page.model_id, page.view].append(page)
        return dict(found)

    @cached_property
    def _readable(self) -> dict[str, list[model_pb2.Field]]:
        return {model.id: [field for field in model.fields if is_readable(field)] for model in self.contract.models}

    @cached_property
    def _readers(self) -> dict[str, list[model_pb2.Model]]:
        found: dict[str, list[model_pb2.Model]] = defaultdict(list)
        for model in self.contract.models:
            if any(operation.answer_body in _ROWS for operation in self.operations(model)):
                references = (field for field in self.readable(model) if field.type.kind in _REFERENCES)
                shown = {target for field in references for target in field.type.targets}
                for target in shown.union(models_counted(model, self.operations(model))):
                    found[target].append(model)
        return dict(found)

    @cached_property
    def features(self) -> list[str]:
        """Keys of all features: the request's own first, then those of the catalogue in order of dependency."""
        known = [feature.key for feature in self.contract.features]
        owners = [model.feature for model in self.contract.models] + [page.feature for page in self.contract.pages]
        own = [key for key in dict.fromkeys(owners) if key not in self._features]
        return [*own, *known]

    def feature_folder(self, key: str) -> str:
        """Folder of a feature's code, from the root of the front end."""
        known = self._features.get(key)
        return f"src/features/{known.names.folder if known and known.names.folder else key}"

    def feature_variable(self, key: str) -> str:
        """Name under which the list of features imports it."""
        known = self._features.get(key)
        return known.names.camel if known and known.names.camel else key

    def has_feature(self, key: str) -> bool:
        """Whether the feature is on."""
        return key in self._features

    def model_folder(self, feature: str, model: model_pb2.Model) -> str:
        """Folder of what one feature holds of a model."""
        return f"{self.feature_folder(feature)}/{model.names.file}"

    def types_module(self, model: model_pb2.Model) -> str:
        """File of a model's types, in the feature that declares it."""
        return f"{self.model_folder(model.feature, model)}/types.ts"

    def api_module(self, operation: operation_pb2.Operation) -> str:
        """File of the hook of an operation, in the feature that declared or opened it."""
        if is_public_settings(operation):
            return PUBLIC_SETTINGS
        model = self.models.get(operation.model_id)
        folder = self.model_folder(operation.feature, model) if model else self.feature_folder(operation.feature)
        return f"{folder}/api.ts"

    def operations(self, model: model_pb2.Model) -> list[operation_pb2.Operation]:
        """All operations of a model, whatever feature opened them."""
        return self._operations.get(model.id, [])

    def operation(self, model: model_pb2.Model, kind: int) -> operation_pb2.Operation | None:
        """The model's operation of this kind."""
        return next((operation for operation in self.operations(model) if operation.kind == kind), None)

    def page(self, model: model_pb2.Model, view: int) -> contract_pb2.Page | None:
        """The page that shows a model in this view; panels in slots are no pages."""
        return next(iter(self.pages(model, view)), None)

    def pages(self, model: model_pb2.Model, view: int) -> list[contract_pb2.Page]:
        """All pages that show a model in this view: there may be one form for new rows and one for changes."""
        return self._pages.get((model.id, view), [])

    def create_page(self, model: model_pb2.Model) -> contract_pb2.Page | None:
        """The form for a new row."""
        return next((page for page in self.pages(model, contract_pb2.VIEW_FORM) if ":" not in page.path), None)

    def edit_page(self, model: model_pb2.Model) -> contract_pb2.Page | None:
        """The form for changes."""
        return next((page for page in self.pages(model, contract_pb2.VIEW_FORM) if ":id" in page.path), None)

    def list_path(self, model: model_pb2.Model) -> str:
        """Browser address of the model's list, else the one it would have."""
        page = self.page(model, contract_pb2.VIEW_LIST)
        return page.path if page and page.path else f"/{model.names.path}"

    def detail_path(self, model: model_pb2.Model) -> str:
        """Address of the page of one row, without the id; empty where the model has no such page."""
        pages = self.pages(model, contract_pb2.VIEW_DETAIL)
        return next((page.path.removesuffix("/:id") for page in pages if page.path.endswith("/:id")), "")

    def panels(self, model: model_pb2.Model) -> list[contract_pb2.Page]:
        """Panels that features put beneath each row of a resource, but for those of the rows they show themselves."""
        if model.kind != model_pb2.MODEL_KIND_RESOURCE:
            return []
        found = (page for page in self.panel_pages if page.slot == DETAIL_SLOT and page.model_id != model.id)
        return [page for page in found if (page.native.module, page.native.operation) in NATIVE_PANELS]

    def by_hand(self, model_id: str) -> bool:
        """Whether people come to these rows by a page written by hand, which offers all that can be done to them."""
        return model_id in self._by_hand

    @cached_property
    def _by_hand(self) -> set[str]:
        pages = (page for page in self.contract.pages if not page.slot)
        return {page.model_id for page in pages if (page.native.module, page.native.operation) in NATIVE_PAGES}

    @cached_property
    def panel_pages(self) -> list[contract_pb2.Page]:
        """What stands in pages of others, in order of the contract."""
        return [page for page in self.contract.pages if page.slot]

    def readable(self, model: model_pb2.Model) -> list[model_pb2.Field]:
        """Fields that answers carry, in order of the contract."""
        return self._readable[model.id]

    def row_actions(self, model: model_pb2.Model) -> list[operation_pb2.Operation]:
        """What can be done to one row, besides reading, restoring and moving it; updates first, deletion last.

        A signal, as of typing, is no deed of a person: parts of the page send it.
        """
        found = [
            operation
            for operation in self.operations(model)
            if operation.kind in _ROW_KINDS
            or (
                operation.kind == operation_pb2.OPERATION_KIND_ACTION
                and operation.scope == operation_pb2.OPERATION_SCOPE_ROW
                and not operation.query
                and not operation.transient
            )
        ]
        order = {operation_pb2.OPERATION_KIND_UPDATE: 0, operation_pb2.OPERATION_KIND_DELETE: 2}
        return sorted(found, key=lambda operation: order.get(operation.kind, 1))

    def collection_actions(self, model: model_pb2.Model) -> list[operation_pb2.Operation]:
        """Actions on all rows that ask for nothing, so that a button is enough."""
        collection = operation_pb2.OPERATION_SCOPE_COLLECTION
        return [operation for operation in self.operations(model) if _is_button(operation, collection)]

    def feature_actions(self, feature: str, model: model_pb2.Model) -> list[operation_pb2.Operation]:
        """Actions of no model that ask for nothing; they stand on the first list of their feature."""
        lists = [
            page for page in self.contract.pages if page.view == contract_pb2.VIEW_LIST and page.feature == feature
        ]
        if not lists or lists[0].model_id != model.id:
            return []
        own = (operation for operation in self.contract.operations if operation.feature == feature)
        return [operation for operation in own if _is_button(operation, operation_pb2.OPERATION_SCOPE_GLOBAL)]

    def readers(self, model: model_pb2.Model) -> list[model_pb2.Model]:
        """Other models whose rows show rows of this one or count them, and so change with it."""
        return [other for other in self._readers.get(model.id, []) if other.id != model.id]

    def title(self, model: model_pb2.Model) -> model_pb2.Field | None:
        """The field that is the title of a row, where answers carry it."""
        field = self.fields.get(model.display_field_id)
        return field if field is not None and is_readable(field) else None

    def follows_time(self, operation: operation_pb2.Operation) -> bool:
        """Whether it answers a metric along time, which is asked for some days."""
        metrics = ((metric.feature, metric.key) for metric in self.contract.metrics if metric.over_member)
        is_metric = operation.kind == operation_pb2.OPERATION_KIND_METRIC
        return is_metric and (operation.feature, operation.name) in metrics

    @property
    def is_live(self) -> bool:
        """Whether the server tells of changes or signals as they happen."""
        readers = any(model.HasField("live") or model.live_readers for model in self.contract.models)
        return readers or any(operation.transient for operation in self.contract.operations)

    def bases(self) -> set[str]:
        """Parts of the base that only some contracts need."""
        single = {model.id for model in self.contract.models if model.kind == model_pb2.MODEL_KIND_SINGLE}
        pages = self.contract.pages
        needed = {
            "live": self.is_live,
            "inbox": any(page.view == contract_pb2.VIEW_INBOX for page in pages),
            "preferences": any(page.view == contract_pb2.VIEW_FORM and page.model_id in single for page in pages),
        }
        return {name for name, wanted in needed.items() if wanted}

    def hand_written(self) -> set[str]:
        """Native modules that the contract needs."""
        return {module.name for module in self.contract.native_modules}


def _is_button(operation: operation_pb2.Operation, scope: int) -> bool:
    action = operation.kind == operation_pb2.OPERATION_KIND_ACTION and operation.scope == scope
    return action and not (operation.query or operation.transient or operation.inputs or operation.HasField("native"))


def is_public_settings(operation: operation_pb2.Operation) -> bool:
    """Whether it tells the settings that pages follow: of all features in one answer, whatever feature declares it."""
    return not operation.model_id and operation.name == "public_settings"


def is_readable(field: model_pb2.Field) -> bool:
    """Whether answers carry the field. Inverse sets have addresses of their own."""
    unread = (model_pb2.FIELD_KIND_PASSWORD, model_pb2.FIELD_KIND_TOKEN, model_pb2.FIELD_KIND_MANY)
    return not (field.hidden or field.secret or field.trap or field.type.kind in unread)
