"""Types of the rows of a model, and of what may be written to them."""

from dataclasses import dataclass

from stackwright.contract.v1 import model_pb2, operation_pb2
from stackwright_react_frontend import fields, inputs
from stackwright_react_frontend.application import Application
from stackwright_react_frontend.source import Imports, key, sentence, string
from stackwright_react_frontend.views.model import MemberView, in_words, inputs_of, is_tombstone, is_versioned, ordering

_API = "src/shared/api/types.ts"


@dataclass(frozen=True)
class LabelsView:
    """What people read for the members of an enum."""

    name: str
    entries: list[MemberView]


@dataclass(frozen=True)
class TypesView:
    """A file `types.ts`."""

    imports: str
    class_name: str
    base: str
    plural: str
    members: list[MemberView]
    input_name: str
    input_members: list[MemberView]
    singular: str
    labels: list[LabelsView]


def types_view(application: Application, model: model_pb2.Model) -> TypesView:
    """Types of the rows of a model and of what may be written to them."""
    imports = Imports(application.types_module(model))
    base = imports.add(_API, "VersionedRow" if is_versioned(model) else "Row", type_only=True)
    members, labels = [], []
    for field in application.readable(model):
        piece = fields.row_type(field, emptied=field.id in model.tombstone_field_ids)
        for module, name in piece.imports:
            imports.add(module, name, type_only=True)
        # A field that not everybody may read is absent for the others.
        mark = "?" if field.HasField("read") else ""
        members.append(MemberView(key(field.names.json) + mark, piece.text))
    if is_tombstone(model):
        members.append(MemberView("deleted_at", "string | null"))
    written = inputs_of(application, model)
    created = application.operation(model, operation_pb2.OPERATION_KIND_CREATE)
    for field in {field.id: field for field in [*application.readable(model), *written]}.values():
        if field.type.kind == model_pb2.FIELD_KIND_ENUM:
            entries = [MemberView(key(name), string(in_words(name))) for name in field.type.members]
            labels.append(LabelsView(fields.labels_name(field), entries))
    return TypesView(
        imports=imports.text,
        class_name=model.names.class_name,
        base=base,
        plural=sentence(model.names.plural_label),
        members=members,
        input_name=f"{model.names.class_name}Input" if written or created is not None else "",
        input_members=[_input_member(field, ordering(application, model)) for field in written],
        singular=sentence(model.names.label),
        labels=labels,
    )


def _input_member(field: model_pb2.Field, places: set[str]) -> MemberView:
    # What has no input in forms, or is told by where a row is put, is left out there.
    nested = field.optional and field.type.kind in fields.NESTED
    unasked = nested or field.id in places or not fields.is_entered(field)
    if inputs.is_made(field):
        return MemberView(f"{key(field.names.json)}?", f"{fields.input_type(field)} | undefined")
    return MemberView(key(field.names.json) + ("?" if unasked else ""), fields.input_type(field))
