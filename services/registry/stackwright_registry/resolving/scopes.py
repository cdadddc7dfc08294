"""Scopes and values must not depend on each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from stackwright.contract.v1 import expression_pb2 as expression
from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.problems import Place
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.typist import nodes

_ASKED = {
    expression.FUNCTION_READABLE: ("read",),
    expression.FUNCTION_WRITABLE: ("read", "update"),
}
_SPREAD = ("create", "update", "delete")


def check_scopes(assembly: Assembly) -> None:
    """Refuse a scope that is asked while it is being answered, and a value that is computed from itself."""
    graph: dict[str, set[str]] = {}
    places: dict[str, Place] = {}
    for found in assembly.models.values():
        for name, source in _sources(assembly, found):
            graph.setdefault(name, set()).update(_asked(source.root))
            places.setdefault(name, Place.of(source.place))
        for field in found.fields:
            if field.HasField("value"):
                # A stored value may read the same field of other rows (a tree); a computed one may not.
                own = {field.id} if field.stored else set()
                graph[field.id] = set(_asked(field.value.root)) - own
                places[field.id] = Place.of(field.value.place)
    for circle in _circles(graph):
        shown = " → ".join(_shown(name) for name in (*circle, circle[0]))
        kind = "circular_scope" if any(":" in name for name in circle) else "circular_value"
        assembly.problems.add(places[circle[0]], kind, f"This depends on itself: {shown}.")


def _sources(assembly: Assembly, found: model.Model) -> Iterator[tuple[str, expression.Expression]]:
    for name in ("read", "refer", "create", "update", "delete", "write"):
        if found.access.HasField(name):
            for spread in _SPREAD if name == "write" else (name,):
                yield f"{found.id}:{spread}", getattr(found.access, name)
    for widening in assembly.widenings.get(found.id, []):
        yield f"{found.id}:{widening.name}", widening.by


def _asked(root: expression.Node) -> Iterator[str]:
    """Give the scopes and values that an expression asks."""
    for node in nodes(root):
        kind = node.WhichOneof("kind")
        if kind == "call" and node.call.function in _ASKED:
            for model_id in node.call.arguments[0].type.model_ids:
                for name in _ASKED[node.call.function]:
                    yield f"{model_id}:{name}"
        elif kind == "select" and node.select.field_id:
            yield node.select.field_id


def _circles(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Give each circle once, as the path that leads round it."""
    done: set[str] = set()
    for start in sorted(graph):
        path: list[str] = []
        yield from _walk(start, graph, path, done)


def _walk(name: str, graph: dict[str, set[str]], path: list[str], done: set[str]) -> Iterator[list[str]]:
    if name in path:
        yield path[path.index(name) :]
        return
    if name in done:
        return
    path.append(name)
    for other in sorted(graph.get(name, ())):
        yield from _walk(other, graph, path, done)
    path.pop()
    done.add(name)


def _shown(name: str) -> str:
    model_id, _, scope = name.partition(":")
    return f"{model_id.rpartition('/')[2]}.{scope}" if scope else "/".join(name.split("/")[-2:])
