"""Names that can be checked only when everything is there: of gates, and of sections that fields take words from."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import operation_pb2 as operation
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.yaml_source import suggestion

_SECTIONS = frozenset({"resource", "permissions", "settings", "mails", "notices", "metrics", "models"})


def check_named(assembly: Assembly, operations: Iterable[operation.Operation]) -> None:
    """Refuse names of gates, and sections of fields, that are not there; `Model.*` becomes the operations it names."""
    calls = {item.names.call: None for item in operations}
    pages = {name for module in assembly.native.values() for name in module.pages}
    for gate in assembly.gates:
        place = assembly.place(gate.feature, f"gates.{gate.name}")
        allowed: dict[str, None] = {}
        for call in gate.allow:
            model, _, name = call.rpartition(".")
            if name == "*":
                # A model may have no operations but those that other features bring.
                assembly.require_model(model, gate.feature, place)
                allowed |= {known: None for known in calls if known.startswith(f"{model}.")}
            elif call in calls:
                allowed[call] = None
            else:
                near = suggestion(call, set(calls))
                assembly.problems.add(place, "unknown_name", f"There is no operation `{call}`{near}.")
        gate.allow[:] = allowed
        if gate.page and gate.page not in pages:
            assembly.problems.add(
                place, "unknown_name", f"There is no page `{gate.page}`{suggestion(gate.page, pages)}."
            )
    for found, field in assembly.fields():
        if field.one_of and field.one_of not in _SECTIONS:
            place = assembly.place(field.feature, f"{found.name}.{field.name}")
            near = suggestion(field.one_of, _SECTIONS)
            assembly.problems.add(place, "unknown_name", f"`one_of` names a section, not `{field.one_of}`{near}.")
