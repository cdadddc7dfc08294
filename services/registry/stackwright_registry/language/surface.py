"""What people meet: permissions, settings, mails, notices, metrics, pages; and seeds and native modules."""

from __future__ import annotations

import re
from typing import cast

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.language.actions import native_call
from stackwright_registry.language.context import Reading
from stackwright_registry.language.literals import read_literal
from stackwright_registry.language.rules import aggregate, names, one_of
from stackwright_registry.language.texts import read_key
from stackwright_registry.language.type_names import read_type
from stackwright_registry.yaml_source import Source

_ROLE = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
VIEWS: dict[str, int] = {name.removeprefix("VIEW_").lower(): number for name, number in contract.View.items() if number}
_MENUS = {"main": contract.MENU_AREA_MAIN, "account": contract.MENU_AREA_ACCOUNT, "admin": contract.MENU_AREA_ADMIN}
_AGGREGATES = {
    "count": contract.Metric.AGGREGATE_COUNT,
    "sum": contract.Metric.AGGREGATE_SUM,
    "avg": contract.Metric.AGGREGATE_AVG,
}
_CHARTS = {"number": 1, "bar": 2, "line": 3, "pie": 4}
_PAGE_KEYS = frozenset(
    {
        "view",
        "native",
        "of",
        "by",
        "from",
        "to",
        "slot",
        "badge",
        "menu",
        "path",
        "where",
        "columns",
        "access",
        "title",
    }
)


def read_permissions(reading: Reading, source: Source) -> list[contract.Permission]:
    """Read `permissions`; a role exists because a `grant` names it."""
    found = []
    for key, value in source.pairs():
        permission = contract.Permission(key=read_key(key, "a permission"), feature=reading.feature)
        keys = value.keyed("A permission", frozenset({"title", "grant"}))
        permission.title = keys["title"].text() if "title" in keys else permission.key
        for role in keys["grant"].items() if "grant" in keys else []:
            name = role.text("the name of a role")
            if not _ROLE.match(name):
                role.wrong("wrong_name", f"`{name}` is no name of a role: lower-case letters, digits and underscores.")
            permission.roles.append(name)
        reading.note(f"permissions.{permission.key}", key)
        found.append(permission)
    return found


def read_settings(reading: Reading, source: Source) -> list[contract.Setting]:
    """Read `settings`."""
    found = []
    for key, value in source.pairs():
        setting = contract.Setting(key=read_key(key, "a setting"), feature=reading.feature)
        keys = value.keyed("A setting", frozenset({"is", "default", "public", "secret", "title"}))
        if "is" not in keys:
            value.wrong("missing_key", f"The setting `{setting.key}` needs `is` with its type.")
            continue
        type_, flags = read_type(keys["is"], keys["is"].text("a type"))
        setting.type.CopyFrom(type_)
        if unknown := [flag for flag in flags if flag != "optional"]:
            keys["is"].wrong("unknown_flag", f"A setting may be `optional`, not `{unknown[0]}`.")
        if "default" in keys:
            setting.default.CopyFrom(read_literal(keys["default"], type_))
        elif "optional" in flags:
            setting.default.null_value.SetInParent()
        else:
            value.wrong("missing_key", f"The setting `{setting.key}` needs a `default`, or is `optional`.")
        for flag in ("public", "secret"):
            if flag in keys:
                setattr(setting, flag, keys[flag].boolean())
        if "title" in keys:
            setting.title = keys["title"].text()
        reading.note(f"settings.{setting.key}", key)
        found.append(setting)
    return found


def read_metrics(reading: Reading, source: Source) -> list[contract.Metric]:
    """Read `metrics`."""
    found = []
    for key, value in source.pairs():
        metric = contract.Metric(key=read_key(key, "a metric"), feature=reading.feature, chart="number")
        keys = value.keyed("A metric", frozenset({"title", "from", "of", "where", "by", "over", "as"}))
        metric.title = keys["title"].text() if "title" in keys else metric.key
        if "from" in keys:
            metric.model_id = keys["from"].text("the name of a model")
        else:
            value.wrong("missing_key", "A metric needs `from`, the name of a model.")
        metric.aggregate = contract.Metric.AGGREGATE_COUNT
        if "of" in keys:
            name, of = aggregate(reading, keys["of"])
            metric.aggregate = _AGGREGATES[name]
            if of is not None:
                metric.of.CopyFrom(of)
        for part in ("where", "by"):
            if part in keys:
                getattr(metric, part).CopyFrom(reading.expression(keys[part]))
        if "over" in keys:
            metric.over_member = keys["over"].text("the name of a field")
        if "as" in keys and one_of(keys["as"], _CHARTS, "a chart"):
            metric.chart = keys["as"].text()
        reading.note(f"metrics.{metric.key}", key)
        found.append(metric)
    return found


def read_pages(reading: Reading, source: Source, owner: str = "", of: str | None = None) -> list[contract.Page]:
    """Read `pages`; model ids are still names.

    `owner` is the extension that they stand in and `of` the model it extends ("" for a selector: each of its models).
    """
    found = []
    for number, item in enumerate(source.items()):
        keys = item.keyed("A page", _PAGE_KEYS)
        page = contract.Page(feature=reading.feature)
        reading.note(f"{owner}.pages.{number}" if owner else f"pages.{number}", item)
        _what(item, keys, page, of)
        for key, member in _PAGE_TEXTS.items():
            if key in keys:
                setattr(page, member, keys[key].text())
        if page.path and not page.path.startswith("/"):
            keys["path"].wrong("wrong_shape", "A path begins with `/`.")
        page.path = page.path.replace("{", ":").replace("}", "")
        if "menu" in keys:
            page.menu = cast("contract.MenuArea", one_of(keys["menu"], dict(_MENUS), "main, account or admin"))
        if "columns" in keys:
            page.columns.extend(names(keys["columns"]))
        for key in ("where", "access"):
            if key in keys:
                getattr(page, key).CopyFrom(reading.expression(keys[key]))
        found.append(page)
    return found


_PAGE_TEXTS = {
    "by": "by_member",
    "from": "from_member",
    "to": "to_member",
    "slot": "slot",
    "badge": "badge_operation",
    "path": "path",
    "title": "title",
}


def _what(item: Source, keys: dict[str, Source], page: contract.Page, of: str | None) -> None:
    """Read what a page shows: a view of a model, or a page written by hand."""
    if ("view" in keys) == ("native" in keys):
        item.wrong("missing_key", "A page has either `view` or `native`.")
    if "view" in keys:
        page.view = cast("contract.View", one_of(keys["view"], VIEWS, "a view"))
    if "native" in keys:
        call = native_call(keys["native"])
        page.native.module, page.native.operation = call.module, call.operation
    if "of" in keys:
        page.model_id, _, page.of_field_id = keys["of"].text("the name of a model").partition(".")
    elif of is not None:
        page.model_id = of
    elif "view" in keys:
        item.wrong("missing_key", "A view needs `of`, the name of a model.")


def read_seeds(reading: Reading, source: Source) -> tuple[list[contract.Seed], dict[str, list[dict[str, Source]]]]:
    """Read `seeds`; the rows stay YAML until the types of their fields are known (`Model` → rows)."""
    found: list[contract.Seed] = []
    rows: dict[str, list[dict[str, Source]]] = {}
    for key, value in source.pairs():
        seed = contract.Seed(model_id=key.text("the name of a model"), feature=reading.feature)
        reading.note(f"seeds.{seed.model_id}", key)
        if value.is_scalar:
            seed.from_contract = value.text() == "from_contract"
            if not seed.from_contract:
                value.wrong("wrong_shape", "Seeds are rows, or `from_contract`.")
        else:
            rows[seed.model_id] = [item.mapping() for item in value.items()]
        found.append(seed)
    return found, rows


def read_native(reading: Reading, source: Source) -> list[contract.NativeModule]:
    """Read `native`."""
    found = []
    members = {"operations": "operations", "calls": "calls", "pure": "pure_calls"}
    members |= {"pages": "pages", "ui": "ui", "middleware": "middleware", "rows": "rows"}
    for key, value in source.pairs():
        module = contract.NativeModule(name=key.text("the name of a module"), features=[reading.feature])
        for name, inner in value.keyed("A native module", frozenset(members)).items():
            getattr(module, members[name]).extend(names(inner))
        for pure in module.pure_calls:
            if pure not in module.calls:
                value.wrong("unknown_name", f"`{pure}` is pure but not among `calls`.")
        reading.note(f"native.{module.name}", key)
        found.append(module)
    return found
