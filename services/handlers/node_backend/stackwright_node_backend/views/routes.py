"""The addresses of a feature's operations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application

_METHODS = {
    o.HTTP_METHOD_GET: "get",
    o.HTTP_METHOD_POST: "post",
    o.HTTP_METHOD_PATCH: "patch",
    o.HTTP_METHOD_PUT: "put",
    o.HTTP_METHOD_DELETE: "delete",
}


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
