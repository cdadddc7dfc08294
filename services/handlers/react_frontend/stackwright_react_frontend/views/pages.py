"""What the pages of one model ask of the contract: addresses, who may do what, hooks and inputs."""

from functools import cached_property

from stackwright.contract.v1 import contract_pb2, model_pb2, operation_pb2
from stackwright_react_frontend import access, fields
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, attribute, jsx_text, key, member, sentence, string
from stackwright_react_frontend.views.model import currency_of, hook_name, inputs_of, ordering, title_of
from stackwright_react_frontend.where import parameters

_VALUES = "src/shared/ui/values.tsx"


class Pages:
    """One model as its pages show it. `folder` is where they lie."""

    def __init__(self, application: Application, model: model_pb2.Model, folder: str) -> None:
        self.application = application
        self.model = model
        self.folder = folder
        self.listing = application.operation(model, operation_pb2.OPERATION_KIND_LIST)
        self.read = application.operation(model, operation_pb2.OPERATION_KIND_READ)
        self.create = application.operation(model, operation_pb2.OPERATION_KIND_CREATE)
        self.update = application.operation(model, operation_pb2.OPERATION_KIND_UPDATE)
        self.put = application.operation(model, operation_pb2.OPERATION_KIND_PUT)
        self._searched = any(field.search for field in application.readable(model))

    @property
    def create_path(self) -> str:
        """Address of the form for a new row, or nothing."""
        page = self.application.create_page(self.model)
        return page.path if page and self.create else ""

    @property
    def edit_path(self) -> str:
        """Address of the form for changes, or nothing."""
        page = self.application.edit_page(self.model)
        return page.path if page and self.update and self.read else ""

    def create_access(self) -> access.Access:
        """Who is offered the form for a new row."""
        return self._access(self.create, self.model.access.create)

    def update_access(self) -> access.Access:
        """Who is offered the form for changes."""
        return self._access(self.update, self.model.access.update)

    def list_access(self) -> access.Access:
        """Who is offered lists and rows."""
        return self._access(self.listing or self.read, self.model.access.read)

    def _access(self, operation: operation_pb2.Operation | None, scope: object) -> access.Access:
        found = access.of_expression(operation.by) if operation and operation.HasField("by") else access.ANYONE
        return found.both(access.of_expression(scope))  # type: ignore[arg-type]  # always an Expression

    def shared(
        self, imports: Imports, page: contract_pb2.Page | None, hook: str, component: str = ""
    ) -> dict[str, object]:
        """The members of `PageView`. To be asked for last: it holds the lines of all imports until then."""
        model = self.model
        return {
            "imports": imports.text,
            "component": component or (page.names.component if page else ""),
            "class_name": model.names.class_name,
            "title": attribute(page.title if page and page.title else model.names.plural_label),
            "singular": sentence(model.names.label),
            "plural": sentence(model.names.plural_label),
            "label": attribute(model.names.label),
            "singular_label": model.names.label,
            "plural_label": model.names.plural_label,
            "row_title": title_of(self.application, model),
            "list_path": self.application.list_path(model),
            "detail_path": self.application.detail_path(model) if self.read else "",
            "hook": hook,
            "search": self._searched,
        }

    def fixed(self, page: contract_pb2.Page) -> dict[str, str] | None:
        """What the page's `where` asks of every row, as parameters of the list; None where it cannot be told so."""
        return parameters(page.where, self.application.fields) if page.HasField("where") else {}

    def by_name(self, page: contract_pb2.Page) -> str | None:
        """The member by which a page's address names its row; nothing for the id, None where it cannot be found."""
        place = page.path.rpartition(":")[2]
        if place in ("", "id"):
            return ""
        known = {field.names.json for field in self.application.readable(self.model) if field.unique}
        return place if place in known and self.listing and not self.model.paging.cursor else None

    def alone(self) -> str:
        """Name of the owner's field, where people see rows of their own alone."""
        owner = self.application.fields.get(self.model.owner.field_id)
        return owner.name if owner and self.model.access.read.source == f"{owner.name} == actor" else ""

    @property
    def drawer(self) -> bool:
        """Whether the list shows a row beside itself: a log is read entry by entry, so the list stays in view."""
        return self.model.kind == model_pb2.MODEL_KIND_LOG or not (
            self.read and self.application.detail_path(self.model)
        )

    @property
    def details_path(self) -> str:
        """File of what the drawer and the page of one row share."""
        return f"{self.folder}/{self.model.names.class_name}Details.tsx"

    def creation(self, imports: Imports, *, icon: bool = True) -> str:
        """The condition of the button for a new row; nothing where there is none."""
        if not self.create_path:
            return ""
        condition = self.create_access().condition()
        if condition == "false":
            return ""
        imports.default("@mui/material/Button", "Button")
        imports.add("react-router", "Link")
        if icon:
            imports.add("src/shared/ui/icons.tsx", "Icon")
        if "visitor." in condition:
            imports.add("src/shared/session/useVisitor.ts", "useVisitor")
        return condition

    def create_label(self) -> str:
        """Text of the button for a new row."""
        page = self.application.create_page(self.model)
        return jsx_text(page.title if page and page.title else f"New {sentence(self.model.names.label)}")

    def hook(self, imports: Imports, operation: operation_pb2.Operation | None) -> str:
        """Import the hook of an operation, and give its name."""
        return imports.add(self.application.api_module(operation), hook_name(operation)) if operation else ""

    def target(self, field: model_pb2.Field) -> str:
        """Where what the field refers to is shown: an address, or an address for each model; nothing without pages."""
        return self.pointer_pages(field) if field.type.kind == model_pb2.FIELD_KIND_ANY else self._target_path(field)

    def pointer_pages(self, field: model_pb2.Field) -> str:
        """Addresses of the pages of each model that a reference to any row may name, as an object literal."""
        targets = (
            self.application.models[target] for target in field.type.targets if target in self.application.models
        )
        found = {model.name: self.application.detail_path(model) for model in targets}
        return "{ " + ", ".join(f"{key(name)}: {string(path)}" for name, path in found.items() if path) + " }"

    def _target_path(self, field: model_pb2.Field) -> str:
        if field.type.kind != model_pb2.FIELD_KIND_REF or not field.type.targets:
            return ""
        target = self.application.models.get(field.type.targets[0])
        if target is None or not self.application.detail_path(target):
            return ""
        # A link is offered only where all who see this page may follow it.
        own, theirs = self.list_access(), Pages(self.application, target, "").list_access()
        return self.application.detail_path(target) if own.both(theirs) == own else ""

    def collection(self, field: model_pb2.Field) -> str:
        """Last segment of the address of what the field refers to."""
        target = self.application.models.get(field.type.targets[0]) if field.type.targets else None
        return target.names.path if target else ""

    def use(self, imports: Imports, piece: fields.Piece) -> str:
        """Import what a piece needs, and give its text."""
        for module, name in piece.imports:
            imports.add(module, name)
        return piece.text

    def shown(self, imports: Imports, field: model_pb2.Field, *, cell: bool, leads: bool = True) -> str:
        """The element that shows the field of `row`; `leads`: to the page of what it refers to, if any."""
        self.labels(imports, field)
        to = self.target(field) if leads else ""
        text = self._element(imports, field, to, cell=cell)
        if field.id not in self.model.tombstone_field_ids:
            return text
        return f"<{imports.add(_VALUES, 'Kept')} deleted={{row.deleted_at}}>{text}</Kept>"

    def _element(self, imports: Imports, field: model_pb2.Field, to: str, *, cell: bool) -> str:
        value = member("row", field.names.json)
        if field.type.kind in fields.FILES:
            link = imports.add(f"{fields.FILES_FOLDER}/FileLink.tsx", "FileLink")
            return f"<{link} value={{{value}}} />"
        unit = currency_of(self.application.readable(self.model), field)
        if unit:
            money = imports.add("src/shared/ui/MoneyText.tsx", "MoneyText")
            return f"<{money} value={{{value}}} currency={{{member('row', unit)}}} />"
        return self.use(imports, fields.shown(field, to, cell=cell))

    def labels(self, imports: Imports, field: model_pb2.Field) -> None:
        """Import what people read for the members of an enum."""
        if field.type.kind == model_pb2.FIELD_KIND_ENUM:
            imports.add(self.application.types_module(self.model), fields.labels_name(field))

    @cached_property
    def entered_fields(self) -> list[model_pb2.Field]:
        """Fields that the form shows; people put rows in order where they see the others."""
        left_out = ordering(self.application, self.model)
        # Rows of its own are added on the page of the row.
        parts = {field.name for field in self.model.fields if field.type.kind == model_pb2.FIELD_KIND_MANY}
        return [
            field
            for field in inputs_of(self.application, self.model)
            if fields.is_entered(field) and field.id not in left_out
            if not (field.optional and field.type.kind in fields.NESTED and field.name in parts)
        ]

    def not_entered(self) -> list[str]:
        """Names of fields that may be written, but that the form cannot ask for."""
        known = inputs_of(self.application, self.model)
        return [field.name for field in known if not fields.is_entered(field)]

    def update_inputs(self) -> list[model_pb2.Field]:
        """Fields that changes may name."""
        return list(self.update.inputs) if self.update else []
