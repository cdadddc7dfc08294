"""Quick access to the elements of a resolved contract, and the questions every compiler asks of them."""

from dataclasses import dataclass

from stackwright.contract.v1 import contract_pb2, model_pb2
from stackwright_sdk.expressions.errors import NotCompilable

_REFERENCE_KINDS = frozenset({model_pb2.FIELD_KIND_REF, model_pb2.FIELD_KIND_FILE, model_pb2.FIELD_KIND_IMAGE})

ORGANIZATION_COLUMN = "organization_id"
"""Column that says to which organization a row belongs."""


@dataclass(frozen=True)
class JoinTable:
    """A many-to-many table seen from one side: `near` is the column of the row in hand, `far` that of the set."""

    table: str
    near: str
    far: str


class ContractIndex:
    """A contract with its models, fields, permissions and settings by id. Build it once and hand it to every call."""

    def __init__(self, contract: contract_pb2.Contract) -> None:
        self.contract = contract
        self.models: dict[str, model_pb2.Model] = {model.id: model for model in contract.models}
        self.fields: dict[str, model_pb2.Field] = {}
        self.model_of_field: dict[str, model_pb2.Model] = {}
        for model in contract.models:
            for field in model.fields:
                self.fields[field.id] = field
                self.model_of_field[field.id] = model
        self.permissions = {permission.key: permission for permission in contract.permissions}
        self.settings = {setting.key: setting for setting in contract.settings}

    def model(self, model_id: str) -> model_pb2.Model:
        """The model with this id; raises NotCompilable when the contract has none."""
        if model_id not in self.models:
            raise NotCompilable(f"the contract has no model {model_id!r}")
        return self.models[model_id]

    def field(self, field_id: str) -> model_pb2.Field:
        """The stored field with this id; raises NotCompilable when the contract has none."""
        if field_id not in self.fields:
            raise NotCompilable(f"the contract has no field {field_id!r}")
        return self.fields[field_id]

    def named(self, name: str) -> model_pb2.Model | None:
        """The model that the catalogue calls so, if there is one: an entity of the request may have the name now."""
        return next((model for model in self.contract.models if _catalogued(model) == name), None)

    def field_named(self, model: model_pb2.Model, name: str) -> model_pb2.Field | None:
        """The field of this name of the model, if it has one."""
        return next((field for field in model.fields if field.name == name), None)

    @property
    def has_role_tables(self) -> bool:
        """Whether roles and their permissions are rows (role_based_access_control) or only names on the user."""
        user = self.named("User")
        roles = self.field_named(user, "roles") if user else None
        return roles is not None and roles.type.kind == model_pb2.FIELD_KIND_LINKS

    def tenancy_of(self, model: model_pb2.Model) -> model_pb2.Tenancy:
        """AUTO where each row of the model belongs to an organization, EITHER where it may, else NONE."""
        if not self.contract.tenancy:
            return model_pb2.TENANCY_NONE
        return model.tenancy or model_pb2.TENANCY_NONE

    def is_tenanted(self, model: model_pb2.Model) -> bool:
        """Whether each row of the model belongs to an organization."""
        return self.tenancy_of(model) == model_pb2.TENANCY_AUTO

    def has_organization(self, model: model_pb2.Model) -> bool:
        """Whether rows of the model have the column that says whose they are."""
        return self.tenancy_of(model) != model_pb2.TENANCY_NONE

    def roles_granting(self, permission: str) -> tuple[str, ...]:
        """Names of the contract's roles that hold the permission, in the contract's order."""
        if permission not in self.permissions:
            raise NotCompilable(f"the contract has no permission {permission!r}")
        return tuple(role.name for role in self.contract.roles if permission in role.permissions)

    def join_table(self, field: model_pb2.Field) -> JoinTable:
        """The join table behind a `links` field, or behind the `many` that inverts one, seen from that field's side."""
        join = field.type.join
        inverted = self.fields.get(field.type.inverse_field_id)
        if inverted is not None and inverted.type.join.table and (join.inverse or not join.table):
            owned = inverted.type.join
            return JoinTable(owned.table, near=owned.far_column, far=owned.near_column)
        if not join.table:
            raise NotCompilable(f"{field.id} has no join table")
        return JoinTable(join.table, near=join.near_column, far=join.far_column)


def is_reference(field: model_pb2.Field) -> bool:
    """Whether the field is one column that holds the id of a row."""
    return field.type.kind in _REFERENCE_KINDS


def is_computed(field: model_pb2.Field) -> bool:
    """Whether the field has no column because its value is computed where it is read."""
    return field.HasField("value") and not field.stored


def is_soft_deleted(model: model_pb2.Model) -> bool:
    """Whether rows of the model stay in the table, outside every set, once they are deleted."""
    return model.delete_mode == model_pb2.DELETE_MODE_SOFT


def type_column(field: model_pb2.Field) -> str:
    """Column of an `any` field that holds the name of the row's model."""
    if field.names.extra_columns:
        return field.names.extra_columns[0]
    return f"{field.name}_type"


def _catalogued(model: model_pb2.Model) -> str:
    """The name of a model in its file, which its identity keeps; "" for an entity of the request."""
    return "" if model.provenance == model_pb2.PROVENANCE_REQUEST else model.id.rpartition("/")[2]
