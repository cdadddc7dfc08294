"""Columns of lists and of panels."""

from collections.abc import Sequence, Set

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_react_frontend import fields
from stackwright_react_frontend.source import Imports, string
from stackwright_react_frontend.views.page_views import ColumnView
from stackwright_react_frontend.views.pages import Pages

_VISIBLE = 6
# What every row has, by the names of what all lists share: to the second in logs.
_IMPLIED = {"created_at": "created", "updated_at": "updated"}


def chosen_columns(pages: Pages, page: contract_pb2.Page) -> list[str]:
    """The columns of a list.

    On a page that nobody wrote, what rows are called stands first, and an owner who is always oneself not at all.
    """
    chosen = list(page.columns)
    if page.provenance != model_pb2.PROVENANCE_INFERRED:
        return chosen
    named = [name for name in ("title", "name") if name in chosen]
    title = pages.application.title(pages.model)
    first = [title.name] if title and title.name in chosen else named[:1]
    return [*first, *(name for name in chosen if name not in {*first, pages.alone()})]


def list_columns(pages: Pages, imports: Imports, chosen: Sequence[str], hidden: Set[str]) -> list[ColumnView]:
    """All columns that a list can have; those that nobody chose are left out until a person does."""
    known = pages.application.readable(pages.model)
    readable = {field.name: field for field in known if field.names.json not in hidden}
    title = pages.application.title(pages.model)
    listed = [name for name, field in readable.items() if field.type.kind not in fields.NOT_LISTED]
    order = [title.name] if title else []
    order += [name for name in listed if name not in order]
    names = [*chosen, *(name for name in order if name not in chosen)]
    visible = set(chosen) or {*order[:_VISIBLE], "updated_at"}
    names += [name for name in _IMPLIED if name not in names]
    sorts = not pages.model.paging.cursor
    return [
        ColumnView(_column(pages, imports, name, readable.get(name), hidden=name not in visible, sorts=sorts))
        for name in names
        if name in readable or name in _IMPLIED
    ]


def _column(
    pages: Pages, imports: Imports, name: str, field: model_pb2.Field | None, *, hidden: bool, sorts: bool
) -> str:
    end = ", hidden: true" if hidden else ""
    if field is None:
        cursor = pages.model.paging.cursor
        shared = imports.add("src/shared/list/rowTimes.tsx", f"{_IMPLIED[name]}{'Exactly' if cursor else 'At'}")
        fixed = ", sortable: false" if not sorts and not cursor else ""
        return f"{{ ...{shared}{fixed}{end} }}" if fixed or end else shared
    element = pages.shown(imports, field, cell=True)
    mark = ", sortable: true" if sorts and fields.is_sortable(field) else ""
    if field.type.kind in fields.WHOLE | fields.DECIMAL:
        mark += ', align: "right"'
    label = string(field.names.label)
    return f"{{ key: {string(field.names.json)}, label: {label}{mark}{end}, render: (row) => {element} }}"


def column_views(pages: Pages, imports: Imports, page: contract_pb2.Page | None, without: Set[str]) -> list[ColumnView]:
    """The columns of a panel: those that its page names, else the first that fit; never sorted by people."""
    listed = [field for field in pages.application.readable(pages.model) if field.type.kind not in fields.NOT_LISTED]
    known = {field.name: field for field in listed if field.name not in without}
    named = [name for name in page.columns if name in known or name in _IMPLIED] if page else []
    names = named or list(known)[:_VISIBLE] or ["created_at"]
    return [ColumnView(_column(pages, imports, name, known.get(name), hidden=False, sorts=False)) for name in names]
