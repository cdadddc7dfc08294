"""A contract of the seven features and `Sample`, with only what behaviour tests read of it."""

from __future__ import annotations

from google.protobuf import json_format

from stackwright.contract.v1 import behaviour_pb2, contract_pb2, model_pb2, operation_pb2

_METHODS = {
    "GET": operation_pb2.HTTP_METHOD_GET,
    "POST": operation_pb2.HTTP_METHOD_POST,
    "PATCH": operation_pb2.HTTP_METHOD_PATCH,
    "DELETE": operation_pb2.HTTP_METHOD_DELETE,
}
_CRUD = (
    ("list", "GET", "", 200),
    ("create", "POST", "", 201),
    ("read", "GET", "/{id}", 200),
    ("update", "PATCH", "/{id}", 200),
    ("delete", "DELETE", "/{id}", 204),
    ("choices", "GET", "/choices", 200),
)
_KINDS = {
    "list": operation_pb2.OPERATION_KIND_LIST,
    "create": operation_pb2.OPERATION_KIND_CREATE,
    "read": operation_pb2.OPERATION_KIND_READ,
    "update": operation_pb2.OPERATION_KIND_UPDATE,
    "delete": operation_pb2.OPERATION_KIND_DELETE,
    "choices": operation_pb2.OPERATION_KIND_CHOICES,
}
_SHOWS = {
    "authentication": 5,
    "role_based_access_control": 2,
    "user_management": 3,
    "audit_logging": 1,
    "api_documentation": 1,
    "health_monitoring": 1,
    "structured_logging": 1,
}
_PERMISSIONS = {
    "User": ("users.read", "users.manage"),
    "Role": ("roles.read", "roles.manage"),
    "Permission": ("roles.read", ""),
    "AuditEntry": ("audit.read", ""),
}


def sample_contract(features: tuple[str, ...] = tuple(_SHOWS)) -> contract_pb2.Contract:
    contract = contract_pb2.Contract(language=1, contract_id="probe")
    contract.conventions.base_path = "/api"
    for key in features:
        shows = [contract_pb2.Show(line=line, text=f"line {line}") for line in range(1, _SHOWS[key] + 1)]
        contract.features.append(contract_pb2.Feature(key=key, version=1, shows=shows))
    _model(
        contract, "User", "users", ["email", "name", "password", "active", "roles"], tuple(name for name, *_ in _CRUD)
    )
    for action in ("deactivate", "reactivate"):
        _operation(contract, f"User.{action}", "POST", f"/api/users/{{id}}/{action}", 200, "users.manage")
    _model(
        contract, "Role", "roles", ["name", "description", "builtin", "permissions"], tuple(name for name, *_ in _CRUD)
    )
    _model(contract, "Permission", "permissions", ["key", "title"], ("list",))
    _model(contract, "AuditEntry", "audit-entries", ["actor", "action", "before", "after"], ("list", "read"))
    _model(contract, "Sample", "samples", ["title", "note", "parent"], tuple(name for name, *_ in _CRUD))
    _model(contract, "Session", "sessions", ["ended_at"], ())
    _model(contract, "RefreshToken", "refresh-tokens", ["token"], ())
    _operation(contract, "register", "POST", "/api/register", 200, public=True, inputs=("email", "name", "password"))
    _operation(contract, "login", "POST", "/api/login", 200, public=True, inputs=("email", "password"))
    _operation(contract, "refresh", "POST", "/api/refresh", 200, public=True, inputs=("refresh_token",))
    _operation(contract, "logout", "POST", "/api/logout", 200)
    _operation(contract, "me", "GET", "/api/me", 200)
    for name in ("openapi", "live", "ready"):
        _operation(contract, name, "GET", f"/api/{name}", 200, public=True)
    for key, title in (
        ("users.read", "a"),
        ("users.manage", "b"),
        ("roles.read", "c"),
        ("roles.manage", "d"),
        ("audit.read", "e"),
    ):
        contract.permissions.append(contract_pb2.Permission(key=key, title=title, roles=["admin"]))
    contract.roles.append(
        contract_pb2.Role(
            name="admin", permissions=["users.read", "users.manage", "roles.read", "roles.manage", "audit.read"]
        )
    )
    contract.roles.append(contract_pb2.Role(name="auditor", permissions=["audit.read"]))
    for key in (
        "docs.public",
        "auth.access_minutes",
        "auth.refresh_days",
        "auth.password_min",
        "logging.level",
        "logging.addresses",
    ):
        name = f"SETTING_{key.replace('.', '_').upper()}"
        contract.settings.append(contract_pb2.Setting(key=key, environment_name=name))
    for path in ("/login", "/register", "/users", "/roles", "/samples", "/audit-entries", "/docs", "/admin/health"):
        contract.pages.append(contract_pb2.Page(path=path, public=path in ("/login", "/register")))
    return contract


def _model(
    contract: contract_pb2.Contract, name: str, path: str, fields: list[str], operations: tuple[str, ...]
) -> None:
    model = model_pb2.Model(id=f"x/{name}", name=name)
    model.names.path = path
    model.names.table = path.replace("-", "_")
    for field in fields:
        known = model.fields.add(name=field)
        known.names.column = {"password": "password_hash", "token": "token_hash"}.get(field, field)
        known.names.json = field
    contract.models.append(model)
    read, write = _PERMISSIONS.get(name, ("", ""))
    for kind, method, tail, status in _CRUD:
        if kind in operations:
            permission = "" if kind == "choices" else write if method != "GET" else read
            operation = _operation(contract, f"{name}.{kind}", method, f"/api/{path}{tail}", status, permission)
            operation.model_id = model.id
            operation.kind = _KINDS[kind]


def _operation(
    contract: contract_pb2.Contract,
    call: str,
    method: str,
    path: str,
    status: int,
    permission: str = "",
    *,
    public: bool = False,
    inputs: tuple[str, ...] = (),
) -> operation_pb2.Operation:
    operation = contract.operations.add(
        id=f"x/{call}", name=call.rpartition(".")[2], method=_METHODS[method], path=path, success_status=status
    )
    operation.names.call = call
    operation.permission = permission
    operation.public = public
    operation.kind = operation_pb2.OPERATION_KIND_ACTION
    for name in inputs:
        operation.inputs.add(name=name)
    return operation


def scenario(text: dict[str, object]) -> behaviour_pb2.Scenario:
    """A scenario from the JSON form of its message."""
    return json_format.ParseDict(text, behaviour_pb2.Scenario())
