"""What people enter of a row: where it is long, and a new row takes the same as a change of one, it is said once."""

from collections.abc import Sequence

from stackwright.contract.v1 import model_pb2 as m
from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend.application import Application

# Fewer members are read sooner where they are used.
LONG = 8


def shared_type(operations: Sequence[o.Operation], class_name: str) -> str:
    """Name of the type that create and update share; empty where one of them lacks a field of the other."""
    names = [
        {field.name for field in operation.inputs}
        for operation in operations
        if operation.kind in (o.OPERATION_KIND_CREATE, o.OPERATION_KIND_UPDATE)
    ]
    return f"{class_name}Input" if len(names) == 2 and names[0] == names[1] else ""  # both of them


def counterpart(application: Application, operation: o.Operation, model: m.Model) -> o.Operation | None:
    """The update of rows whose create takes the same, or the other way round."""
    kinds = {o.OPERATION_KIND_CREATE, o.OPERATION_KIND_UPDATE}
    own = [each for each in application.all_operations(model) if each.kind in kinds]
    # Operations that another feature adds have files of their own.
    if operation.kind not in kinds or len({each.feature for each in own}) > 1 or not shared_type(own, model.name):
        return None
    return next(each for each in own if each.kind != operation.kind)
