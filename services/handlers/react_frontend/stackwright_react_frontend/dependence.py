"""What is answered of a row besides the row itself: values counted from other rows, and acts that these allow."""

from collections.abc import Iterable

from stackwright.contract.v1 import expression_pb2, model_pb2, operation_pb2
from stackwright_sdk.expressions import walk


def models_counted(model: model_pb2.Model, operations: Iterable[operation_pb2.Operation]) -> list[str]:
    """Ids of the models whose rows the values of a row are made of, or are looked at before something is done to it."""
    asked = [field.value for field in model.fields if field.HasField("value")]
    asked += [model.access.update, model.access.delete]
    for operation in operations:
        asked += [operation.by, *(guard.condition for guard in operation.conditions)]
    nodes = (node for expression in asked if expression.HasField("root") for node in walk(expression))
    sets = (node for node in nodes if node.type.kind == expression_pb2.VALUE_KIND_ROWS)
    return list(dict.fromkeys(counted for node in sets for counted in node.type.model_ids))
