"""Metrics: a number about the rows that the caller may see, grouped by the database."""

from collections.abc import Iterator

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.shown import column_sql, reference_sql
from stackwright_node_backend.views.writer import OperationView, Writer
from stackwright_sdk.expressions import NotCompilable, to_sql, walk

# Digits after the point of an average: the conventions name them.
_AVERAGE_SCALE = 4


def metric_operation(writer: Writer, operation: o.Operation, model: m.Model) -> OperationView:
    """The operation that answers a metric."""
    metric = metric_of(writer.application, operation)
    lines = [f"value: {ts.sql_string(_value(writer.application, metric, model))}"]
    where = " AND ".join(f"({condition})" for condition in _conditions(writer.application, metric, model))
    lines += [f"where: {ts.sql_string(where)}"] if where else []
    lines += [f"by: {ts.sql_string(_by(writer.application, metric, model))}"] if metric.HasField("by") else []
    lines += [f"over: {_over(metric, model)}"] if metric.over_member else []
    one_line = f"metric: {{ {', '.join(lines)} }}"
    # Options stand two columns in.
    option = (
        one_line
        if len(one_line) < ts.WIDTH - 3
        else "\n".join(["metric: {", *(f"    {line}," for line in lines), "  }"])
    )
    return writer.built(operation, "metricOperation", [writer.source(model), option])


def metric_of(application: Application, operation: o.Operation) -> c.Metric:
    """The metric that an operation answers."""
    return next(found for found in application.contract.metrics if found.key == operation.name)


def _value(application: Application, metric: c.Metric, model: m.Model) -> str:
    if metric.aggregate == c.Metric.AGGREGATE_COUNT:
        return "count(*)::float8"
    text = to_sql(metric.of, application.index, model_id=model.id, this="t").text
    if metric.aggregate == c.Metric.AGGREGATE_AVG:
        return f"round(avg({text}), {_AVERAGE_SCALE})"
    if metric.of.root.type.kind == e.VALUE_KIND_INT:
        return f"coalesce(sum({text}), 0)::float8"
    field = _own_field(application, metric.of.root)
    total = f"coalesce(sum({text}), 0)"
    # The sum over nothing has the digits of all others.
    return f"round({total}, {field.type.scale})" if field is not None else total


def _conditions(application: Application, metric: c.Metric, model: m.Model) -> Iterator[str]:
    """What counts: the rows that are meant, of which the caller may read every field that is looked at."""
    if metric.HasField("where"):
        yield to_sql(metric.where, application.index, model_id=model.id, this="t", condition=True, indent=6).text
    guarded = {field.id: field for field in _read_fields(application, metric, model) if field.HasField("read")}
    own = {field.id for field in model.fields}
    for field in guarded.values():
        if field.id not in own:
            raise NotCompilable(f"metrics.{metric.key}: {field.id} of another row has a `read` of its own")
        yield to_sql(field.read, application.index, model_id=model.id, this="t", condition=True).text


def _read_fields(application: Application, metric: c.Metric, model: m.Model) -> Iterator[m.Field]:
    expressions = [getattr(metric, name) for name in ("of", "where", "by") if metric.HasField(name)]
    for expression in expressions:
        for node in walk(expression):
            if node.WhichOneof("kind") == "select" and node.select.field_id:
                yield application.index.field(node.select.field_id)
    yield from (field for field in model.fields if field.name == metric.over_member)


def _by(application: Application, metric: c.Metric, model: m.Model) -> str:
    root = metric.by.root
    field = _own_field(application, root)
    row = root.type.kind == e.VALUE_KIND_ROW
    if field is not None:
        shown = column_sql(application, field, model)
    elif row and len(root.type.model_ids) == 1:
        key = to_sql(metric.by, application.index, model_id=model.id, this="t").text
        shown = reference_sql(application, application.model(root.type.model_ids[0]), f"({key})")
    elif root.type.kind in (e.VALUE_KIND_ROW, e.VALUE_KIND_ROWS, e.VALUE_KIND_LIST, e.VALUE_KIND_JSON):
        raise NotCompilable(f"metrics.{metric.key}: rows are not grouped by {metric.by.source!r}")
    else:
        shown = to_sql(metric.by, application.index, model_id=model.id, this="t").text
        shown = f"({shown})::float8" if root.type.kind == e.VALUE_KIND_INT else shown
    # Plain JSON has no equality to group by.
    return f"({shown})::jsonb" if row else shown


def _over(metric: c.Metric, model: m.Model) -> str:
    field = next((field for field in model.fields if field.name == metric.over_member), None)
    kind = "date" if field is not None and field.type.kind == m.FIELD_KIND_DATE else "timestamp"
    column = field.names.column if field is not None else metric.over_member
    return f"{{ column: {ts.string(f't.{column}')}, type: {ts.string(kind)} }}"


def _own_field(application: Application, node: e.Node) -> m.Field | None:
    """The field of the row itself that an expression is, if it is nothing else."""
    if node.WhichOneof("kind") != "select" or not node.select.field_id:
        return None
    operand = node.select.operand
    own = operand.WhichOneof("kind") == "name" and operand.name.root == e.ROOT_THIS
    return application.index.field(node.select.field_id) if own else None
