"""The namer of one contract: identifiers for every element, unique in the space in which each must be unique."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import model_pb2
from stackwright.contract.v1 import names_pb2 as names
from stackwright_registry.naming import reserved
from stackwright_registry.naming.words import camel, digest, kebab, label, moment_label, pascal, plural, snake, words

_SQL_BYTES = 63
_MAX_SLUG = 50


def project_names(name: str) -> contract.Project:
    """Give the names of a project: safe for folders, packages and databases, whatever was asked for."""
    # Only what is written counts: a path is not followed, it is spelled.
    parts = [part for part in re.split(r"[^a-z0-9]+", snake(words(name)) if re.search(r"\w", name) else "") if part]
    slug = kebab(parts)[:_MAX_SLUG].strip("-") or "application"
    if slug in reserved.DEVICES or slug in {"node-modules", "favicon-ico", "template0", "template1", "postgres"}:
        slug = f"{slug}-app"
    database = slug.replace("-", "_")
    if (
        database in reserved.SQL
        or database in {"public", "system", "information_schema", "pg_catalog"}
        or database[:3] == "pg_"
    ):
        database = f"app_{database}"
    return contract.Project(name=name, slug=slug, database=database)


@dataclass
class Space:
    """Names that must differ; `fold` makes names that differ only in case equal."""

    fold: bool = True
    limit: int = 0
    taken: set[str] = field(default_factory=set)

    def take(self, wanted: str, separator: str = "_") -> str:
        """Give the wanted name, or the next one that is free."""
        name = self._bounded(wanted)
        number = 2
        while self._folded(name) in self.taken:
            name = self._bounded(f"{wanted}{separator}{number}")
            number += 1
        self.taken.add(self._folded(name))
        return name

    def _folded(self, name: str) -> str:
        return name.lower() if self.fold else name

    def _bounded(self, name: str) -> str:
        if not self.limit or len(name) <= self.limit:
            return name
        return f"{name[: self.limit - 9].rstrip('_')}_{digest(name, 8)}"


class Namer:
    """Decides every identifier of one contract, in the order in which elements are given."""

    def __init__(self) -> None:
        # Tables, indexes, sequences and constraints share one space, so that an error names one thing.
        self.sql = Space(limit=_SQL_BYTES)
        self.classes = Space()
        self.variables = Space(fold=False)
        self.paths = Space(taken=set(reserved.PATHS))
        self.files = Space()
        self.operations = Space()
        self.pages = Space()
        self._columns: dict[str, Space] = {}
        self._properties: dict[str, Space] = {}

    def feature(self, key: str) -> names.FeatureNames:
        """Name a feature's folder and stems."""
        parts = words(key)
        return names.FeatureNames(folder=snake(parts), pascal=pascal(parts), camel=camel(parts))

    def model(self, name: str, title: str) -> names.ModelNames:
        """Name a model in every language."""
        parts = words(name)
        many = plural(parts)
        class_name = pascal(parts)
        if class_name in reserved.CLASSES:
            class_name = f"{class_name}Model"
        class_name = self.classes.take(class_name, "")
        suffix = class_name[len(pascal(parts)) :].removeprefix("Model")
        if suffix:
            parts, many = [*parts, suffix], [*plural(parts), suffix]
        variable, python = camel(parts), snake(parts)
        if variable.lower() in reserved.JAVASCRIPT or variable in reserved.MEMBERS:
            variable = f"{variable}Row"
        if python in reserved.PYTHON:
            python = f"{python}_row"
        plural_variable, python_plural = camel(many), snake(many)
        if plural_variable == variable or plural_variable.lower() in reserved.JAVASCRIPT:
            plural_variable = f"{camel(parts)}List"
        if python_plural == python or python_plural in reserved.PYTHON:
            python_plural = f"{snake(parts)}_list"
        table = snake(many)
        table = self.sql.take(f"{table}_table" if table in reserved.SQL else table)
        file = kebab(parts)
        return names.ModelNames(
            table=table,
            class_name=class_name,
            variable=self.variables.take(variable, ""),
            plural_variable=self.variables.take(plural_variable, ""),
            python_variable=python,
            python_plural=python_plural,
            path=self.paths.take(kebab(many), "-"),
            file=self.files.take(f"{file}-row" if file in reserved.DEVICES | {"index"} else file, "-"),
            label=title or label(name),
            plural_label=_plural_label(title or label(name)),
            primary_key_name=self.sql.take(f"{table}_pkey"),
            sql_prefix=table,
        )

    def field(
        self, model_id: str, table: str, field_: model_pb2.Field, *, column: str, extra: list[str]
    ) -> names.FieldNames:
        """Name a field; `column` is the wanted column, "" for a field without one."""
        name = field_.name
        columns = self._columns.setdefault(model_id, Space(limit=_SQL_BYTES, taken=set(reserved.IMPLIED)))
        properties = self._properties.setdefault(
            model_id, Space(fold=False, taken={"id", "createdAt", "updatedAt", "rowVersion", "deletedAt", "can"})
        )
        parts = words(name)
        python = snake(parts)
        property_ = camel(parts)
        if property_ in reserved.MEMBERS or (property_ in reserved.JAVASCRIPT and property_ not in _HARMLESS):
            property_ = f"{property_}Value"
        found = names.FieldNames(
            json=name,
            property=properties.take(property_, ""),
            python_attribute=f"{python}_value" if python in reserved.PYTHON else python,
            label=field_label(field_),
        )
        if column:
            # Object mappers call the members of a row as its columns.
            taken = column in reserved.SQL or column in reserved.MEMBERS
            found.column = columns.take(f"{column}_value" if taken else column)
            found.extra_columns.extend(columns.take(wanted) for wanted in extra)
            found.check_name = self.sql.take(f"{table}_{found.column}_check")
            if field_.unique or field_.type.kind == model_pb2.FIELD_KIND_TOKEN:
                found.unique_name = self.sql.take(f"{table}_{found.column}_key")
            else:
                found.index_name = self.sql.take(f"{table}_{found.column}_idx")
        return found

    def reference(self, model_id: str, table: str, found: names.FieldNames) -> None:
        """Add what a reference needs beyond a column."""
        found.foreign_key_name = self.sql.take(f"{table}_{found.column}_fkey")
        found.id_property = self._properties[model_id].take(f"{found.property}Id", "")

    def constraint(self, table: str, *parts: str) -> str:
        """Name a constraint, index or trigger of a rule."""
        return self.sql.take("_".join([table, *(part for part in parts if part)]))

    def operation(self, stem: str, call: str, file: str, title: str) -> names.OperationNames:
        """Name an operation; the stem is its words in camel case: `listUsers`."""
        if stem.lower() in reserved.JAVASCRIPT:
            stem = f"{stem}Operation"
        elif stem in reserved.FUNCTIONS:
            stem = f"{stem}Row"
        operation_id = self.operations.take(stem, "")
        python = snake(words(operation_id))
        return names.OperationNames(
            operation_id=operation_id,
            function=operation_id,
            python_function=f"{python}_operation" if python in reserved.PYTHON else python,
            call=call,
            file=kebab(words(file)),
            label=title,
        )

    def page(self, component: str) -> contract.PageNames:
        """Name a page's component and file."""
        name = self.pages.take(component, "")
        return contract.PageNames(component=name, file=name)


def field_label(field_: model_pb2.Field) -> str:
    """Give what people read above the values of a field."""
    named = moment_label if field_.type.kind == model_pb2.FIELD_KIND_TIMESTAMP else label
    return field_.title or named(field_.name)


# Keywords that are ordinary as properties and that people use as fields.
_HARMLESS = frozenset(
    {"name", "status", "type", "location", "parent", "history", "top", "event", "number", "string", "symbol"}
)


def _plural_label(text: str) -> str:
    if not text.isascii():
        return text
    head, space, last = text.rpartition(" ")
    many = plural([last.lower()])[0]
    if last.isupper() and len(last) > 1:
        return f"{head}{space}{last}s"
    return f"{head}{space}{last[:1] + many[1:] if many else last}"


def setting_names(key: str) -> tuple[str, str]:
    """Give the environment variable and the property of a setting."""
    parts = words(key)
    return f"SETTING_{snake(parts).upper()}", camel(parts)


def member_name(text: str) -> str:
    """Give the JSON member of a field of a request's entity."""
    name = snake(words(text))
    return f"{name}_value" if name in reserved.IMPLIED or name in reserved.UNSAFE else name


def model_name(text: str) -> str:
    """Give the name of a request's entity."""
    return pascal(words(text))
