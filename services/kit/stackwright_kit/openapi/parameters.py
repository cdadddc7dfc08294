"""Parameters of operations: addresses, pages, sorting, search and filters, and headers."""

from __future__ import annotations

import re

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2 as model
from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_kit.openapi.fields import required
from stackwright_kit.openapi.metrics import metric_of, metric_parameters
from stackwright_kit.openapi.schemas import Json, Schema, Schemas

_IN_PATH = re.compile(r"\{([^}]+)\}")
_IN_PAGE = re.compile(r":(\w+)")
_ORDERED = frozenset(
    {
        model.FIELD_KIND_INT,
        model.FIELD_KIND_BIGINT,
        model.FIELD_KIND_DECIMAL,
        model.FIELD_KIND_MONEY,
        model.FIELD_KIND_DATE,
        model.FIELD_KIND_TIME,
        model.FIELD_KIND_TIMESTAMP,
    }
)
_CHOSEN = frozenset(
    {
        model.FIELD_KIND_ENUM,
        model.FIELD_KIND_REF,
        model.FIELD_KIND_UUID,
        model.FIELD_KIND_FILE,
        model.FIELD_KIND_IMAGE,
    }
)
_ALWAYS_DATED = ("created_at", "updated_at")


def parameter(name: str, where: str, schema: Schema, text: str = "", *, needed: bool = False) -> Schema:
    """Give one parameter."""
    result: Schema = {"name": name, "in": where, "required": needed or where == "path", "schema": schema}
    if text:
        result["description"] = text
    return result


class Parameters:
    """Makes the parameters of one contract's operations."""

    def __init__(self, agreed: contract.Contract, schemas: Schemas) -> None:
        self._agreed = agreed
        self._conventions = agreed.conventions
        self._schemas = schemas
        # Pages whose address names a row by one of its fields ask the list for it.
        self._addressed = {(page.model_id, name) for page in agreed.pages for name in _IN_PAGE.findall(page.path)}

    def of(self, item: operation.Operation, path: str) -> list[Json]:
        """Give all parameters of an operation at one of its addresses."""
        found: list[Schema] = [self._in_path(name, item) for name in _IN_PATH.findall(path)]
        target = self._schemas.models.get(item.model_id)
        if item.kind == operation.OPERATION_KIND_LIST and target is not None:
            found += self._listing(target)
        elif item.kind == operation.OPERATION_KIND_CHOICES:
            found += [_search(), *self._paging()]
        elif item.kind == operation.OPERATION_KIND_METRIC:
            given = metric_parameters(metric_of(self._agreed, item))
            found += [parameter(name, "query", schema, text) for name, (schema, text) in given.items()]
        elif item.method == operation.HTTP_METHOD_GET:
            found += [
                parameter(field.names.json, "query", self._schemas.sent(field), field.title, needed=required(field))
                for field in item.inputs
            ]
        found += self._headers(item, target)
        return list(found)

    def _in_path(self, name: str, item: operation.Operation) -> Schema:
        target = self._schemas.models.get(item.model_id)
        fields = {field.name: field for field in target.fields} if target is not None else {}
        if name != "id" and name in fields:
            return parameter(name, "path", self._schemas.sent(fields[name]))
        return parameter(name, "path", {"type": "string", "format": "uuid"})

    def _paging(self) -> list[Schema]:
        size: Schema = {"type": "integer", "minimum": 1, "maximum": self._conventions.max_page_size}
        size["default"] = self._conventions.default_page_size
        page: Schema = {"type": "integer", "minimum": 1, "maximum": 1_000_000, "default": 1}
        return [parameter("page", "query", page), parameter("page_size", "query", size)]

    def _listing(self, target: model.Model) -> list[Schema]:
        found = self._paging()
        if target.paging.cursor:
            found[0] = parameter(
                "cursor", "query", {"type": "string", "maxLength": 500}, "`next_cursor` of the page before."
            )
        else:
            names = [*_ALWAYS_DATED, *(field.names.json for field in target.fields if field.sort)]
            pattern = "|".join(re.escape(name) for name in names)
            sort: Schema = {"type": "string", "pattern": f"^-?({pattern})(,-?({pattern}))*$"}
            found.append(parameter("sort", "query", sort, "Fields, joined by commas; `-` before one turns it round."))
        if any(field.search for field in target.fields):
            found.append(_search())
        dated = model.FieldType(kind=model.FIELD_KIND_TIMESTAMP)
        for name in _ALWAYS_DATED:
            found += self._filters(model.Field(type=dated), name)
        for field in target.fields:
            addressed = (target.id, field.name) in self._addressed
            if (field.filter or addressed) and field.type.kind not in (
                model.FIELD_KIND_MANY,
                model.FIELD_KIND_JSON,
                model.FIELD_KIND_ANY,
            ):
                found += self._filters(field, field.names.json)
        return found

    def _filters(self, field: model.Field, name: str) -> list[Schema]:
        plain = model.Field()
        plain.CopyFrom(field)
        plain.optional = False
        plain.ClearField("default")
        value = self._schemas.sent(plain)
        found = [parameter(name, "query", value), parameter(f"{name}[ne]", "query", value)]
        if field.type.kind in _ORDERED:
            found += [parameter(f"{name}[{sign}]", "query", value) for sign in ("lt", "lte", "gt", "gte")]
        if field.type.kind in _CHOSEN:
            found.append(
                parameter(f"{name}[in]", "query", {"type": "string", "maxLength": 4000}, "Values, joined by commas.")
            )
        elif field.type.kind not in _ORDERED and field.type.kind != model.FIELD_KIND_BOOL:
            found.append(parameter(f"{name}[contains]", "query", {"type": "string", "minLength": 1, "maxLength": 200}))
        if field.optional:
            found.append(parameter(f"{name}[null]", "query", {"type": "boolean"}))
        return found

    def _headers(self, item: operation.Operation, target: model.Model | None) -> list[Schema]:
        found = []
        changes = item.method in (operation.HTTP_METHOD_PATCH, operation.HTTP_METHOD_DELETE)
        changes |= item.kind == operation.OPERATION_KIND_ACTION and item.method == operation.HTTP_METHOD_POST
        row = item.scope == operation.OPERATION_SCOPE_ROW
        if changes and row and target is not None and target.kind == model.MODEL_KIND_RESOURCE:
            text = "`ETag` of the row as it was read; 412 if it changed in the meantime."
            found.append(parameter("If-Match", "header", {"type": "string", "pattern": '^"[0-9]+"$'}, text))
        if item.method == operation.HTTP_METHOD_POST:
            key: Schema = {"type": "string", "minLength": 8, "maxLength": 200}
            text = "The same key gives the same answer again."
            name = self._conventions.idempotency_header
            found.append(parameter(name, "header", key, text, needed=item.idempotent_required))
        return found


def _search() -> Schema:
    return parameter("search", "query", {"type": "string", "maxLength": 200}, "Text to look for.")
