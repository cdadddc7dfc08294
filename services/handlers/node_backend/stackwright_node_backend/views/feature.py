"""What a feature brings: its routes, settings, subscribers, clocks and its plug."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.constraints import constraint_lines
from stackwright_node_backend.views.live import capability_names, live_lines, storage_settings
from stackwright_node_backend.views.operations import is_emitted
from stackwright_node_backend.views.steps import statements
from stackwright_sdk.expressions import to_sql

_METHODS = {
    o.HTTP_METHOD_GET: "get",
    o.HTTP_METHOD_POST: "post",
    o.HTTP_METHOD_PATCH: "patch",
    o.HTTP_METHOD_PUT: "put",
    o.HTTP_METHOD_DELETE: "delete",
}


_EDGE = """edge: {
    bodyBytes: settings['security.body_kilobytes'] * 1024,
    jsonDepth: settings['security.json_depth'],
    jsonFields: settings['security.json_fields'],
    requestSeconds: settings['security.request_seconds'],
    hstsSeconds: settings['security.hsts_seconds'],
  }"""


@dataclass(frozen=True)
class Route:
    """One address."""

    method: str
    path: str
    function: str


@dataclass(frozen=True)
class RoutesView:
    """A file `routes.ts`."""

    imports: list[str]
    constant: str
    routes: list[Route]


@dataclass(frozen=True)
class Entry:
    """A name and the code that belongs to it."""

    name: str
    text: str


@dataclass(frozen=True)
class SettingsView:
    """A file `settings.ts`."""

    imports: list[str]
    settings: list[Entry]


@dataclass(frozen=True)
class Follower:
    """One subscriber or clock."""

    name: str
    event: str
    within: str
    seconds: int
    class_name: str
    item: str
    where: str
    body: list[str]


@dataclass(frozen=True)
class FollowersView:
    """A file `subscribers.ts` or `clocks.ts`."""

    imports: list[str]
    followers: list[Follower]


@dataclass(frozen=True)
class GateView:
    """A condition on every request."""

    name: str
    open: str
    allow: str
    status: int
    code: str
    message: str


@dataclass(frozen=True)
class FeatureView:
    """A file `index.ts`: the plug."""

    imports: list[str]
    name: str
    native: list[str]
    gates: list[GateView]
    capabilities: list[str]
    live: list[str]
    models: list[str]
    routers: list[str]
    subscribers: bool
    clocks: bool
    settings: bool
    permissions: list[str]
    constraints: list[str]


@dataclass(frozen=True)
class Parts:
    """Which files a feature has, beside its plug."""

    models: list[m.Model]
    routers: list[Entry]
    """Constant and module of each router."""
    settings: list[c.Setting]
    subscriptions: list[o.Subscription]
    clocks: list[o.Clock]


def router_name(stem: str) -> str:
    """Name of a router's constant."""
    return f"{stem}Routes"


def feature_router_name(application: Application, feature: str) -> str:
    """Name of the router of a feature's actions of no row; told apart from that of a model of the same name."""
    known = application.features.get(feature)
    stem = known.names.camel if known else feature
    models = {
        model.names.variable for model in application.contract.models if application.operations_of(feature, model.id)
    }
    return router_name(f"{stem}Action" if stem in models else stem)


def routes_view(operations: Sequence[o.Operation], path: str, constant: str) -> RoutesView:
    """The addresses of operations that share a file; fixed ones come before those with an id in their place."""
    imports = ts.Imports(path)
    imports.add("express", "Router")
    module = f"{path.rsplit('/', 1)[0]}/operations.ts"
    routes = []
    for operation in operations:
        imports.add(module, operation.names.function)
        routes += [
            Route(_METHODS[operation.method], express_path(address), operation.names.function)
            for address in (operation.path, *operation.alternative_paths)
        ]
    ordered = sorted(routes, key=lambda route: route.path.count(":"))
    return RoutesView(imports.lines(), constant, ordered)


def express_path(path: str) -> str:
    """`/api/users/{id}` as Express writes it."""
    return re.sub(r"\{(\w+)\}", r":\1", path)


def settings_view(settings: Sequence[c.Setting], path: str) -> SettingsView:
    """The settings of a feature."""
    imports = ts.Imports(path)
    imports.add("src/shared/settings.ts", "readSettings")
    entries = [Entry(setting.key, _setting(setting, imports)) for setting in settings]
    return SettingsView(imports.lines(), entries)


def _setting(setting: c.Setting, imports: ts.Imports) -> str:
    default = ts.literal(setting.default)
    kind = setting.type.kind
    module = "src/shared/settings.ts"
    if kind == m.FIELD_KIND_BOOL:
        return f"{imports.add(module, 'flag')}({default})"
    if kind == m.FIELD_KIND_INT:
        bounds = f"{setting.type.minimum or -2_147_483_648}, {setting.type.maximum or 2_147_483_647}"
        return f"{imports.add(module, 'whole')}({default}, {bounds})"
    if kind == m.FIELD_KIND_ENUM:
        members = ", ".join(ts.string(member) for member in setting.type.members)
        return f"{imports.add(module, 'oneOf')}({default}, [{members}])"
    return f"{imports.add(module, 'text')}({default if default != 'null' else ts.string('')})"


def subscribers_view(application: Application, subscriptions: Sequence[o.Subscription], path: str) -> FollowersView:
    """What follows events."""
    imports = ts.Imports(path)
    imports.add("src/shared/actions/events.ts", "Subscriber", type_only=True)
    followers = []
    for subscription in subscriptions:
        for event in subscription.events:
            known = subscription.model_id and not subscription.selector
            model = application.model(subscription.model_id) if known else None
            nameless = model is None and not subscription.selector
            body = Body(application, imports, model, row="row" if model else "", event=True, nameless=nameless)
            lines = statements(body, subscription.steps)
            lines = [*_condition(body, subscription), *lines]
            if model:
                lines = [*_row_of_event(application, imports, model, event), *lines]
            if nameless and any("about." in line for line in lines):
                lines.insert(0, f"const about = event.after as {_about(lines)};")
            within = "transaction" if subscription.within_transaction else "commit"
            name = subscription.id if len(subscription.events) == 1 else f"{subscription.id}/{event}"
            followers.append(Follower(name, event, within, 0, "", "", "", lines))
    return FollowersView(imports.lines(), followers)


def _about(lines: Sequence[str]) -> str:
    """Type of what an event of no row is about: what is read of it is text."""
    names = sorted({name for line in lines for name in re.findall(r"\babout\.(\w+)", line)})
    return "{ " + "; ".join(f"{name}: string" for name in names) + " }"


def _condition(body: Body, subscription: o.Subscription) -> list[str]:
    if not subscription.HasField("if"):
        return []
    condition = value(body, getattr(subscription, "if"))
    return [f"if (!({condition})) return;"]


def _row_of_event(application: Application, imports: ts.Imports, model: m.Model, event: str) -> list[str]:
    """The row as it is now; of a deletion the row as it was."""
    class_name = application.import_model(imports, model)
    if event.endswith(".deleted") and model.delete_mode == m.DELETE_MODE_HARD:
        imports.add("src/shared/database/row.ts", "built")
        return [f"const row = built({class_name}, event.before ?? {{}});"]
    return [f"const row = await unit.lock({class_name}, event.rowId);", "if (!row) return;"]


def clocks_view(application: Application, clocks: Sequence[o.Clock], path: str) -> FollowersView:
    """What follows the clock."""
    imports = ts.Imports(path)
    imports.add("src/shared/jobs/scheduler.ts", "Clock", type_only=True)
    imports.add("src/shared/jobs/scheduler.ts", "CLOCK_BATCH")
    followers = []
    for clock in clocks:
        model = application.model(clock.model_id)
        item = model.names.variable
        lines = statements(Body(application, imports, model, item), clock.steps)
        where = to_sql(clock.where, application.index, model_id=model.id, this="t").text
        class_name = application.import_model(imports, model)
        followers.append(
            Follower(clock.id, "", "", clock.interval.seconds, class_name, item, ts.sql_string(where), lines)
        )
    return FollowersView(imports.lines(), followers)


def feature_view(application: Application, feature: str, parts: Parts, path: str) -> FeatureView:
    """The plug of a feature."""
    imports = ts.Imports(path)
    folder = application.folder(feature)
    imports.add("src/shared/feature.ts", "defineFeature")
    models = [application.import_model(imports, model) for model in parts.models]
    for model in parts.models:
        imports.add(f"{application.model_folder(model)}/model.ts", f"define{model.names.class_name}")
    for router in parts.routers:
        imports.add(router.text, router.name)
    native = []
    if feature == "authentication":
        imports.add(f"{folder}/auth/authenticate.ts", "authenticate")
        native.append("identify: authenticate")
    if feature == "structured_logging":
        level, addresses = "settings['logging.level']", "settings['logging.addresses']"
        native.append(f"logging: {{ level: {level}, addresses: {addresses} }}")
    if feature == "rate_limiting":
        native.append("rate: { count: settings['limits.requests'], seconds: settings['limits.seconds'] }")
    if feature == "security_headers":
        native.append(_EDGE)
    if feature == "background_jobs":
        native.append("work: { attempts: settings['jobs.attempts'], keepDays: settings['jobs.keep_days'] }")
    if parts.settings:
        imports.add(f"{folder}/settings.ts", "settings")
    if parts.subscriptions:
        imports.add(f"{folder}/subscribers.ts", "subscribers")
    if parts.clocks:
        imports.add(f"{folder}/clocks.ts", "clocks")
    capabilities = _capabilities(application, feature, imports)
    live = live_lines(application, feature, imports)
    gates = [_gate(application, gate) for gate in application.contract.gates if gate.feature == feature]
    if gates:
        imports.add("src/shared/policy/gates.ts", "gate")
    return FeatureView(
        imports=imports.lines(),
        name=feature,
        native=native,
        gates=gates,
        capabilities=capabilities,
        live=live,
        models=models,
        routers=[router.name for router in parts.routers],
        subscribers=bool(parts.subscriptions),
        clocks=bool(parts.clocks),
        settings=bool(parts.settings),
        permissions=[_permission(found) for found in application.contract.permissions if found.feature == feature],
        constraints=constraint_lines(application, feature),
    )


def _gate(application: Application, gate: o.Gate) -> GateView:
    allow = ", ".join(ts.string(name) for name in gate.allow)
    label = gate.code.replace("_", " ")
    return GateView(
        gate.name,
        ts.sql_string(to_sql(gate.unless, application.index, indent=6).text),
        f"[{allow}]",
        gate.status,
        gate.code,
        f"This is closed to you for now: {label}.",
    )


def _capabilities(application: Application, feature: str, imports: ts.Imports) -> list[str]:
    found = []
    for name in capability_names(application, feature):
        imports.add(f"src/shared/{name}/index.ts", name)
        found.append(storage_settings() if name == "storage" else name)
    return found


def _permission(permission: c.Permission) -> str:
    roles = ", ".join(ts.string(role) for role in permission.roles)
    return f"{ts.string(permission.key)}: {{ title: {ts.string(permission.title)}, roles: [{roles}] }}"


def parts_of(application: Application, feature: str) -> Parts:
    """The files that a feature has."""
    folder = application.folder(feature)
    contract = application.contract
    routers = []
    if any(is_emitted(operation) for operation in application.operations_of(feature, "")):
        routers.append(Entry(feature_router_name(application, feature), f"{folder}/routes.ts"))
    routers += [
        Entry(router_name(model.names.variable), f"{folder}/{model.names.file}/routes.ts")
        for model in contract.models
        if application.operations_of(feature, model.id)
    ]
    return Parts(
        models=application.models_of(feature),
        routers=routers,
        settings=[setting for setting in contract.settings if setting.feature == feature],
        subscriptions=[found for found in contract.subscriptions if found.feature == feature],
        clocks=[clock for clock in contract.clocks if clock.feature == feature],
    )
