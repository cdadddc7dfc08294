"""The test of one model's pages, against the small server that tests bring along."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, key, sentence, string
from stackwright_react_frontend.views.pages import Pages
from stackwright_react_frontend.views.test_values import ENTRY, FIRST, TITLES, entered, example, takes


@dataclass(frozen=True)
class TestView:
    """A file `<model>.test.tsx`."""

    imports: str
    plural: str
    singular: str
    collection: str
    row_path: str
    members: list[str]
    search: list[str]
    required: list[str]
    display: str
    label: str
    list_path: str
    create_path: str
    edit_path: str
    title_key: str
    permissions: str
    first: str
    fills: list[tuple[str, str]]
    deletes: bool
    empty: str
    detail: bool


def test_view(application: Application, model: model_pb2.Model, pages: Pages, folder: str) -> TestView | None:
    """The test; None for models whose title is no plain text, or that cannot be listed by page."""
    title = application.title(model)
    if title is None or title.type.kind != model_pb2.FIELD_KIND_STRING or model.paging.cursor:
        return None
    if application.page(model, contract_pb2.VIEW_LIST) is None:
        return None
    imports = Imports(f"{folder}/{model.names.file}.test.tsx")
    operations = {operation.name for operation in application.operations(model)}
    detail = bool(application.detail_path(model)) and "read" in operations
    deletes = detail and "delete" in operations
    imports.add("vitest", "expect")
    imports.add("vitest", "test")
    imports.add("@testing-library/react", "screen")
    if deletes:
        imports.add("@testing-library/react", "within")
    needed = [
        field for field in pages.entered_fields if not field.optional and field.type.kind != model_pb2.FIELD_KIND_LINKS
    ]
    named = takes(title, TITLES)
    plain = all(field.id == title.id or _is_plain(field) for field in needed)
    creates = bool(pages.create_path) and named and plain and detail and title.id in {field.id for field in needed}
    inputs = pages.update_inputs()
    # The form sends nothing while an entry of the row is not valid.
    valid = named and all(field.id == title.id or entered(field) for field in inputs)
    changes = bool(pages.edit_path) and detail and valid and title.id in {field.id for field in inputs}
    permissions = {*pages.list_access().permissions, *pages.create_access().permissions, *_writers(pages)}
    return TestView(
        imports=imports.text,
        plural=sentence(model.names.plural_label),
        singular=sentence(model.names.label),
        collection=key(model.names.path),
        row_path=string(f"{application.detail_path(model)}/one"),
        members=[f"{key(field.names.json)}: {example(field, title)}" for field in application.readable(model)],
        search=[string(field.names.json) for field in application.readable(model) if field.search],
        required=[string(field.names.json) for field in needed],
        display=string(title.names.json),
        label=title.names.label,
        list_path=string(application.list_path(model)),
        create_path=string(pages.create_path) if creates else "",
        edit_path=string(pages.edit_path.replace(":id", "one")) if changes else "",
        title_key=key(title.names.json),
        permissions=", ".join(string(name) for name in sorted(permissions)),
        first=FIRST,
        fills=[(field.names.label, ENTRY) for field in needed if field.id != title.id],
        deletes=deletes,
        empty=f"No {sentence(model.names.plural_label)} yet",
        detail=detail,
    )


def _is_plain(field: model_pb2.Field) -> bool:
    """Whether the form takes the text that the test enters."""
    kinds = (model_pb2.FIELD_KIND_STRING, model_pb2.FIELD_KIND_EMAIL)
    return field.type.kind in kinds and (field.type.kind == kinds[1] or takes(field, (ENTRY,)))


def _writers(pages: Pages) -> list[str]:
    return pages.update_access().permissions
