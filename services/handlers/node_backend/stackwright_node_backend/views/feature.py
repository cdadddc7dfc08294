"""What a feature brings: the files it has, and its plug."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.live import capability_names, live_lines, storage_settings
from stackwright_node_backend.views.named import Named
from stackwright_node_backend.views.operations import is_emitted
from stackwright_node_backend.views.routes import feature_router_name, router_name
from stackwright_sdk.expressions import to_sql

_EDGE = """edge: {
    bodyBytes: settings['security.body_kilobytes'] * 1024,
    jsonDepth: settings['security.json_depth'],
    jsonFields: settings['security.json_fields'],
    requestSeconds: settings['security.request_seconds'],
    hstsSeconds: settings['security.hsts_seconds'],
  }"""


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


@dataclass(frozen=True)
class Parts:
    """Which files a feature has, beside its plug."""

    models: list[m.Model]
    routers: list[Named]
    """Constant and module of each router."""
    settings: list[c.Setting]
    subscriptions: list[o.Subscription]
    clocks: list[o.Clock]


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
        routers.append(Named(feature_router_name(application, feature), f"{folder}/routes.ts"))
    routers += [
        Named(router_name(model.names.variable), f"{folder}/{model.names.file}/routes.ts")
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
