"""What the operations of one file share: its imports, its constants, and how an operation is put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.base import import_base
from stackwright_node_backend.views.body import Body, value
from stackwright_node_backend.views.references import is_pointing, reference_text, reference_view, references_of
from stackwright_node_backend.views.rules import caller_rule
from stackwright_node_backend.views.schema import input_constant, is_content
from stackwright_sdk.expressions import NotCompilable


@dataclass(frozen=True)
class OperationView:
    """One constant: the function that builds it, its options, and the body of `run`."""

    function: str
    builder: str
    options: list[str]
    run: str
    """Head of the method, such as `async run(unit, input)`; empty where there is none."""
    body: list[str]


class Writer:
    """Builds the operations of one file, and keeps what they import and declare."""

    def __init__(self, application: Application, imports: ts.Imports) -> None:
        self.application = application
        self.imports = imports
        self.joins: dict[str, None] = {}
        """Constants that stand before the operations."""

    def built(
        self, operation: o.Operation, builder: str, options: list[str], run: str = "", body: Sequence[str] = ()
    ) -> OperationView:
        """One constant, with the options that every operation has."""
        import_base(self.imports, builder)
        head = [f"name: {ts.string(operation.names.call)}", *options]
        if operation.HasField("rate"):
            head.append(f"rate: {{ count: {operation.rate.count}, seconds: {operation.rate.per.seconds} }}")
        head.append(f"by: {caller_rule(self.application, operation, self.imports)}")
        if any(not is_content(field) for field in operation.inputs):
            constant = input_constant(operation)
            head.append(ts.entry("input", self.imports.add(self._schema(operation), constant)))
        if operation.idempotent_required:
            head.append("idempotencyRequired: true")
        return OperationView(operation.names.function, builder, head, run, list(body))

    def _schema(self, operation: o.Operation) -> str:
        if operation.model_id:
            return f"{self.application.model_folder(self.application.model(operation.model_id))}/schema.ts"
        return f"{self.application.folder(operation.feature)}/schema.ts"

    def source(self, model: m.Model) -> str:
        """The option `source`: how rows of the model are read."""
        return ts.entry("source", self.application.import_source(self.imports, model))

    def model(self, model: m.Model) -> str:
        """The option `model`: the class of its rows."""
        return ts.entry("model", self.application.import_model(self.imports, model))

    def references(self, operation: o.Operation) -> list[str]:
        """What the input of an action may refer to: as a field of a row, within what the caller may refer to."""
        fields = [field for field in operation.inputs if is_pointing(field) and not is_content(field)]
        listed = self.listed_references(operation)
        if not fields:
            return listed
        given = ", ".join(f"{field.name}: input.{field.name}" for field in fields)
        source = self._source_with(operation, fields)
        if source:
            return [f"await unit.refer({source}, {{ {given} }});", *listed]
        name = f"{operation.names.function}References"
        entries = [
            line
            for field in fields
            for line in reference_text(reference_view(self.application, field, self.imports)).splitlines()
        ]
        lines = [f"const {name} = {{", "  references: {", *(f"    {entry}" for entry in entries), "  },", "};"]
        self.joins["\n".join(lines)] = None
        return [f"await unit.refer({name}, {{ {given} }});", *listed]

    def listed_references(self, operation: o.Operation) -> list[str]:
        """What the lists of an input may refer to; the lists of parts are asked for where the parts are written."""
        entries, given = [], []
        for field in operation.inputs:
            if field.type.kind != m.FIELD_KIND_LIST or field.id in self.application.index.fields:
                continue
            for member in field.type.members_fields:
                if not is_pointing(member):
                    continue
                view = replace(
                    reference_view(self.application, member, self.imports),
                    name=ts.string(f"{field.name}.{member.name}"),
                )
                if view.several:
                    raise NotCompilable(f"{member.id}: a list that names rows of several models is not compiled yet")
                entries += reference_text(view).splitlines()
                given.append(f"{view.name}: input.{field.name}?.flatMap((item) => item.{member.name} ?? [])")
        if not entries:
            return []
        name = f"{operation.names.function}ListReferences"
        lines = [f"const {name} = {{", "  references: {", *(f"    {entry}" for entry in entries), "  },", "};"]
        self.joins["\n".join(lines)] = None
        return [f"await unit.refer({name}, {{ {', '.join(given)} }});"]

    def _source_with(self, operation: o.Operation, fields: Sequence[m.Field]) -> str:
        """The scope of a row that has these fields too, and says what they may refer to; or empty."""
        model_id = operation.model_id or next(
            (found.type.targets[0] for found in operation.returns if found.type.targets), ""
        )
        if not model_id:
            return ""
        model = self.application.model(model_id)
        asked = ts.Imports(self.imports.path)
        known = {view.name: view for view in references_of(self.application, model, asked)}
        for field in fields:
            if known.get(field.name) != reference_view(self.application, field, asked):
                return ""
        return self.application.import_source(self.imports, model)

    def answer(self, operation: o.Operation, body: Body) -> str:
        """The object that an operation answers with."""
        members = []
        for field in operation.returns:
            expression = field.returns
            root = expression.root
            if field.type.kind == m.FIELD_KIND_REF:
                source = self.application.import_source(self.imports, self.application.model(field.type.targets[0]))
                if root.WhichOneof("kind") == "name" and root.name.WhichOneof("name") == "variable":
                    members.append(f"{field.name}: await unit.show({source}, {body.variables[root.name.variable]})")
                    continue
                show = import_base(self.imports, "shownRow")
                given = f"unit.services.database, {source}, {value(body, expression)}, unit.values, unit.transaction"
                members.append(f"{field.name}: await {show}({given})")
            elif root.WhichOneof("kind") == "name" and root.name.WhichOneof("name") == "variable":
                members.append(ts.entry(field.name, body.variables[root.name.variable]))
            else:
                members.append(ts.entry(field.name, value(body, expression)))
        return f"{{ {', '.join(members)} }}"

    def auth(self, file: str) -> str:
        """Path of a file of authentication."""
        return f"{self.application.folder('authentication')}/auth/{file}"
