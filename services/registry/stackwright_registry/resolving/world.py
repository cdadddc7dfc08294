"""The world of expressions, as the assembly knows it."""

from __future__ import annotations

from collections.abc import Iterable

from stackwright.contract.v1 import model_pb2 as model
from stackwright_registry.expressions.types import INT, TIMESTAMP, UUID, Type, type_of
from stackwright_registry.expressions.world import MemberType
from stackwright_registry.resolving.assembly import Assembly
from stackwright_registry.resolving.encrypted import REFUSAL

_REFUSED = {
    model.FIELD_KIND_PASSWORD: "A password can be read by nobody, in expressions neither.",
    model.FIELD_KIND_TOKEN: (
        "A token is stored hashed; only a mail of `subscribe: Model.created` with `within: transaction` can carry it."
    ),
}


class ContractWorld:
    """What the expressions of one feature's file may name; all features share the members."""

    def __init__(self, assembly: Assembly, feature: str, members: dict[str, dict[str, MemberType]]) -> None:
        self._assembly = assembly
        self._feature = feature
        self._members = members
        self._settings = {key: setting_type(assembly, key) for key in assembly.settings}

    def model(self, name: str) -> str | None:
        """Give the id of a model."""
        return self._assembly.lookup(name, self._feature)

    def models(self) -> Iterable[str]:
        """Give the names of models."""
        return self._assembly.model_names(self._feature)

    def member(self, model_id: str, name: str) -> MemberType | None:
        """Give a member; a row of an unknown model has an id and no more."""
        if not model_id:
            return MemberType(UUID) if name == "id" else None
        return self._members.get(model_id, {}).get(self._assembly.name_now(model_id, name, self._feature))

    def members(self, model_id: str) -> Iterable[str]:
        """Give the names of members."""
        return self._members.get(model_id, {})

    def setting(self, key: str) -> Type | None:
        """Give the type of a setting."""
        return self._settings.get(key)

    def settings(self) -> Iterable[str]:
        """Give the keys of settings."""
        return self._settings

    def permissions(self) -> Iterable[str]:
        """Give the keys of permissions."""
        return self._assembly.permissions


def setting_type(assembly: Assembly, key: str) -> Type:
    """Give the type of a setting; one without a default may be null."""
    setting = assembly.settings[key]
    return type_of(setting.type, setting.default.WhichOneof("value") == "null_value")


def members_of(assembly: Assembly) -> dict[str, dict[str, MemberType]]:
    """Give the members of every model: its fields, and what every row has."""
    return {found.id: _members(found) for found in assembly.models.values()}


def _members(found: model.Model) -> dict[str, MemberType]:
    members = {
        "id": MemberType(UUID),
        "created_at": MemberType(TIMESTAMP),
        "updated_at": MemberType(TIMESTAMP),
    }
    if found.kind == model.MODEL_KIND_RESOURCE:
        members["row_version"] = MemberType(INT)
    if found.delete_mode != model.DELETE_MODE_HARD:
        members["deleted_at"] = MemberType(TIMESTAMP.optional())
    for field in found.fields:
        if field.type.kind == model.FIELD_KIND_TOKEN:
            members.setdefault("expires_at", MemberType(TIMESTAMP))
            members.setdefault("used_at", MemberType(TIMESTAMP.optional()))
    for field in found.fields:
        refusal = REFUSAL if field.encrypted else _REFUSED.get(field.type.kind, "")
        members[field.name] = MemberType(type_of(field.type, field.optional), field.id, refusal)
    return members
