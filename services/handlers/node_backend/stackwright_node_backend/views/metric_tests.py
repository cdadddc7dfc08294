"""Tests of a feature's metrics on a real database."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2 as c
from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.factories import holder, makes
from stackwright_node_backend.views.metrics import metric_of


@dataclass(frozen=True)
class MetricTest:
    """What is asked of one metric."""

    path: str
    members: str
    """What each of its items has, sorted."""
    public: bool
    model: str
    """The model whose rows it counts, where tests can make one; or empty."""
    list_path: str
    """Address of the list that has as many rows as the groups of the metric together; or empty."""


@dataclass(frozen=True)
class MetricTestsView:
    """A file `metrics.test.ts`."""

    imports: list[str]
    title: str
    holder: str
    """Arguments of `newPerson` for somebody who may see the rows."""
    metrics: list[MetricTest]
    made: list[str]
    """Models of which a row is made before."""
    counted: list[MetricTest]
    closed: list[str]
    """Addresses that are not for strangers."""


def metric_tests_view(application: Application, feature: str, path: str) -> MetricTestsView | None:
    """Tests of the metrics that the feature declares; None where there are none."""
    operations = [
        operation
        for operation in application.contract.operations
        if operation.feature == feature and operation.kind == o.OPERATION_KIND_METRIC
    ]
    if not operations:
        return None
    lists = [found for operation in operations if (found := _list_of(application, operation)) is not None]
    creates = {found.model_id: found for found in application.contract.operations if makes(application, found)}
    needed = [creates[operation.model_id] for operation in operations if operation.model_id in creates]
    metrics = [_test(application, operation, creates) for operation in operations]
    made = list(dict.fromkeys(metric.model for metric in metrics if metric.model))
    imports = ts.Imports(path)
    for name in ("afterAll", "beforeAll", "describe", "expect", "it"):
        imports.add("vitest", name)
    imports.add("tests/support/app.ts", "startTestApp")
    imports.add("tests/support/app.ts", "TestApp", type_only=True)
    if made:
        imports.add("tests/support/factories.ts", "make")
    imports.add("tests/support/people.ts", "newPerson")
    imports.add("tests/support/person.ts", "Person", type_only=True)
    known = application.features.get(feature)
    return MetricTestsView(
        imports=imports.lines(),
        title=f"metrics of {(known.title if known else feature).lower()}",
        holder=holder(application, [*lists, *needed]),
        metrics=metrics,
        made=made,
        counted=[metric for metric in metrics if metric.list_path],
        closed=[metric.path for metric in metrics if not metric.public],
    )


def _test(application: Application, operation: o.Operation, creates: dict[str, o.Operation]) -> MetricTest:
    metric = metric_of(application, operation)
    members = ["by"] * metric.HasField("by") + ["over"] * bool(metric.over_member) + ["value"]
    listed = _list_of(application, operation)
    # Rows without the time are in no step, and those that a condition leaves out in no group.
    whole = metric.aggregate == c.Metric.AGGREGATE_COUNT and not metric.HasField("where") and not metric.over_member
    return MetricTest(
        path=operation.path,
        members=f"[{', '.join(ts.string(name) for name in members)}]",
        public=operation.public,
        model=application.model(operation.model_id).name if operation.model_id in creates else "",
        list_path=listed.path if whole and listed is not None else "",
    )


def _list_of(application: Application, operation: o.Operation) -> o.Operation | None:
    model = application.model(operation.model_id)
    if model.kind == m.MODEL_KIND_SINGLE:
        return None
    return next(
        (
            found
            for found in application.all_operations(model)
            if found.kind == o.OPERATION_KIND_LIST and "{" not in found.path
        ),
        None,
    )
