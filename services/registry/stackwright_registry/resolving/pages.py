"""Pages: those declared, and the defaults of every model that has a list, a detail or a form."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi import answers
from stackwright_registry.naming.names import Namer, Space
from stackwright_registry.naming.words import kebab, label, pascal, words
from stackwright_registry.problems import Place
from stackwright_registry.resolving import joining
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.joining import ANYONE, SIGNED_IN, can, scope_of
from stackwright_registry.resolving.writable import by_id

_COLUMNS = 6
_WIDE = (
    model.FIELD_KIND_TEXT,
    model.FIELD_KIND_RICHTEXT,
    model.FIELD_KIND_JSON,
    model.FIELD_KIND_MANY,
    model.FIELD_KIND_LINKS,
    model.FIELD_KIND_POINT,
)
_LIST, _DETAIL, _FORM = contract.VIEW_LIST, contract.VIEW_DETAIL, contract.VIEW_FORM


class Pages:
    """Spells out every page of an application."""

    def __init__(self, assembly: Assembly, namer: Namer, operations: list[operation.Operation]) -> None:
        self.assembly = assembly
        self.namer = namer
        self._fields = by_id(assembly.models.values())
        self._operations = {(item.model_id, item.name): item for item in operations}
        self._all = operations
        # Addresses written by hand come first, so that a default never takes one.
        self._paths = Space(taken={page.path.lower() for page in assembly.pages if page.path} | {"/", "/login"})

    def spell_out(self) -> list[contract.Page]:
        """Give declared and default pages, in order of features."""
        found: list[contract.Page] = []
        numbers: dict[str, int] = {}
        for page, place in zip(self.assembly.pages, self.assembly.page_places, strict=True):
            number = numbers[page.feature] = numbers.get(page.feature, 0) + 1
            self._declared(page, number, place)
            found.append(page)
        for item in self.assembly.models.values():
            found.extend(self._defaults(item))
        order = {entry.key: number for number, entry in enumerate(self.assembly.resolved)}
        found.sort(key=lambda page: order.get(page.feature, len(order)))
        for page in found:
            page.permission = joining.permission_of(page.access)
            page.public = joining.open_to_strangers(page.access)
            page.names.CopyFrom(self.namer.page(self._component(page)))
        return found

    def _declared(self, page: contract.Page, number: int, place: Place) -> None:
        page.id = f"{page.feature}/pages/{number}"
        page.provenance = model.PROVENANCE_CATALOGUE
        found = self._resolve(page, place)
        if page.view == _LIST and not page.columns and found is not None:
            page.columns.extend(self._columns(found))
        if page.menu == contract.MENU_AREA_UNSPECIFIED:
            page.menu = contract.MENU_AREA_NONE
        if not page.path and not page.slot and found is not None:
            page.path = self._paths.take(self._path(page, found), "-")
        if not page.title:
            page.title = self._title(page, found)
        if not page.HasField("access"):
            page.access.CopyFrom(self._access(page, found))

    def _resolve(self, page: contract.Page, place: Place) -> model.Model | None:
        if page.HasField("native"):
            module = self.assembly.native.get(page.native.module)
            if module is None or page.native.operation not in module.pages:
                name = f"{page.native.module}.{page.native.operation}"
                self.assembly.problems.add(place, "unknown_name", f"`{name}` is not among the pages of `native`.")
        found = self.assembly.models.get(page.model_id)
        if found is None:
            return None
        for name in (page.by_member, page.from_member, page.to_member, *page.columns):
            if name and name not in ("id", "created_at", "updated_at"):
                self.assembly.require_field(found.id, name, place)
        if page.of_field_id:
            field = self.assembly.require_field(found.id, page.of_field_id, place)
            page.of_field_id = field.id if field is not None else ""
        if page.badge_operation:
            known = {item.name for item in self._all if item.model_id == found.id}
            if page.badge_operation not in known:
                message = f"`{found.name}` has no operation `{page.badge_operation}`."
                self.assembly.problems.add(place, "unknown_name", message)
        return found

    def _path(self, page: contract.Page, found: model.Model) -> str:
        base = f"/{found.names.path}"
        if page.of_field_id:
            return f"{base}/{kebab(words(page.of_field_id.rpartition('/')[2]))}"
        if page.HasField("native"):
            return f"{base}/{kebab(words(page.native.operation.removesuffix('Page')))}"
        plain = {_LIST: base, _DETAIL: f"{base}/:id", _FORM: f"{base}/new"}
        if found.kind == model.MODEL_KIND_SINGLE and page.view == _FORM:
            return base
        return plain.get(page.view, f"{base}/{contract.View.Name(page.view).removeprefix('VIEW_').lower()}")

    def _title(self, page: contract.Page, found: model.Model | None) -> str:
        if page.HasField("native"):
            return label(page.native.operation.removesuffix("Page"))
        if found is None:
            return ""
        if page.of_field_id:
            field = self._fields[page.of_field_id]
            return f"{field.title} of {found.names.plural_label.lower()}"
        return found.names.label if page.view in (_DETAIL, _FORM) else found.names.plural_label

    def _access(self, page: contract.Page, found: model.Model | None) -> expression.Expression:
        if found is None:
            return SIGNED_IN
        if page.of_field_id:
            return self._grid_access(page, found)
        wanted = {_DETAIL: "read", _FORM: "create"}.get(page.view, "list")
        return self.access_of(found, wanted)

    def _grid_access(self, page: contract.Page, found: model.Model) -> expression.Expression:
        """A matrix is for those who may change it."""
        field = self._fields[page.of_field_id]
        scope = field.write if field.HasField("write") else scope_of(found, "update")
        permission = joining.permission_of(scope)
        return can(permission) if permission else SIGNED_IN

    def access_of(self, found: model.Model, name: str) -> expression.Expression:
        """Give who may open a page that stands on this operation: what can be said without a row."""
        item = self._operations.get((found.id, name)) or self._operations.get((found.id, "put"))
        if item is None:
            item = next((other for other in self._all if other.model_id == found.id), operation.Operation())
        if item.permission:
            return can(item.permission)
        return ANYONE if item.public else SIGNED_IN

    def _defaults(self, found: model.Model) -> list[contract.Page]:
        """Give the pages of a model that no declared page replaces.

        One without a path and a slot replaces, and so does a form for new rows.
        """
        declared = [page for page in self.assembly.pages if page.model_id == found.id]
        replaced = {page.view for page in declared if self._replaces(page, found)}
        listed = any(page.view == _LIST and not page.slot for page in declared)
        pages = []
        if found.kind == model.MODEL_KIND_RESOURCE or (found.kind == model.MODEL_KIND_LOG and listed):
            base = f"/{found.names.path}"
            if found.kind == model.MODEL_KIND_RESOURCE and _LIST not in replaced:
                pages.append(self._default(found, "list", _LIST, base, contract.MENU_AREA_MAIN))
            if _DETAIL not in replaced:
                pages.append(self._default(found, "read", _DETAIL, f"{base}/:id", contract.MENU_AREA_NONE))
            if _FORM not in replaced:
                pages.append(self._default(found, "create", _FORM, f"{base}/new", contract.MENU_AREA_NONE))
            pages.append(self._default(found, "update", _FORM, f"{base}/:id/edit", contract.MENU_AREA_NONE))
        written = self._operations.get((found.id, "put"))
        if written is not None and "{" not in written.path and not declared:
            pages.append(self._default(found, "put", _FORM, f"/{found.names.path}", contract.MENU_AREA_ACCOUNT))
        return [page for page in pages if page is not None]

    def _replaces(self, page: contract.Page, found: model.Model) -> bool:
        # Rows are made at one place: a form with a path of its own, as `/checkout`, is where.
        making = page.view == _FORM and ":" not in page.path
        own = page.path == self._path(page, found) or making
        return not page.slot and not page.HasField("native") and own

    def _default(
        self, found: model.Model, name: str, view: contract.View, path: str, menu: contract.MenuArea
    ) -> contract.Page | None:
        item = self._operations.get((found.id, name))
        if item is None:
            return None
        page = contract.Page(
            id=f"{item.feature}/{found.name}.{name}_page",
            feature=item.feature,
            view=view,
            model_id=found.id,
            menu=menu,
            path=self._paths.take(path, "-"),
            provenance=model.PROVENANCE_INFERRED,
        )
        titles = {"list": found.names.plural_label, "read": found.names.label, "put": found.names.label}
        page.title = titles.get(name, f"{'New' if name == 'create' else 'Edit'} {found.names.label.lower()}")
        if view == _LIST:
            page.columns.extend(self._columns(found))
        page.access.CopyFrom(self.access_of(found, name))
        return page

    def _columns(self, found: model.Model) -> list[str]:
        """Give the columns of a list that says none: the title first, then what is short, then when it was made."""
        fields = [
            field
            for field in found.fields
            if answers(field)
            and field.type.kind not in _WIDE
            and not field.secret
            and field.id != found.display_field_id
        ]
        first = [self._fields[found.display_field_id].name] if found.display_field_id in self._fields else []
        names = [*first, *(field.name for field in fields)][: _COLUMNS - 1]
        return [*names, "created_at"]

    def _component(self, page: contract.Page) -> str:
        if page.HasField("native"):
            stem = pascal(words(page.native.operation))
            return stem if stem.endswith("Page") or page.slot else f"{stem}Page"
        found = self.assembly.models[page.model_id]
        stem = pascal(words(found.name))
        if page.of_field_id:
            stem += pascal(words(page.of_field_id.rpartition("/")[2]))
        view = pascal(words(contract.View.Name(page.view).removeprefix("VIEW_").lower()))
        if page.slot:
            return f"{stem}{view}Panel"
        if page.view == _FORM and page.path.endswith("/edit"):
            return f"{stem}EditPage"
        if page.view == _FORM:
            return f"{stem}CreatePage" if found.kind != model.MODEL_KIND_SINGLE else f"{stem}FormPage"
        return f"{stem}{view}Page"
