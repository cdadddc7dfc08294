"""Every protected endpoint names its permission and refuses a caller without it."""

import json

import pytest

from stackwright.contract.v1 import operation_pb2
from stackwright_kit.openapi import openapi_bytes
from stackwright_runtime_validator.app import App
from stackwright_runtime_validator.scenarios.controls import UnprovenError
from stackwright_runtime_validator.scenarios.operations import METHODS
from stackwright_runtime_validator.scenarios.values import Json

UNKNOWN = "00000000-0000-7000-8000-000000000000"


def protected(app: App) -> list[operation_pb2.Operation]:
    found = [operation for operation in app.contract.operations if operation.permission]
    if not found:
        raise UnprovenError("the contract has no operation with a permission")
    return found


async def described(app: App) -> Json:
    """The document that the application serves; where no feature serves one, the one that is delivered with it."""
    if "openapi" in app.operations:
        return (await app.call("openapi", by="ann", expect=200)).body
    written: Json = json.loads(openapi_bytes(app.contract))
    return written


@pytest.mark.shows(2)
async def test_every_protected_endpoint_refuses_a_caller_without_its_permission(app: App) -> None:
    wrong = []
    for operation in protected(app):
        for person, wanted in (("stranger", 401), ("bob", 403)):
            answer = await app.call(operation.names.call, by=person, row=UNKNOWN)
            if answer.status != wanted:
                wrong.append(f"{operation.names.call} answers {person} with {answer.status}, not {wanted}")
    assert not wrong, "; ".join(wrong)


@pytest.mark.shows(2)
async def test_each_permission_opens_its_own_endpoints_and_no_others(app: App) -> None:
    answer = await app.call("Permission.list", {"page_size": 100}, by="admin", expect=200)
    ids = {item["key"]: item["id"] for item in answer.body["items"]}
    wrong = []
    for number, key in enumerate(sorted({operation.permission for operation in protected(app)})):
        assert key in ids, f"the permission {key} is not in the database"
        person = await app.person(f"holder{number}")
        await app.call("Role.create", {"name": f"only{number}", "permissions": [ids[key]]}, by="admin", expect=201)
        await app.instance.grant(person.email, f"only{number}")
        for operation in protected(app):
            # Reading and listing change nothing, so they may be asked for real.
            if METHODS[operation.method] != "GET" and operation.permission == key:
                continue
            status = (await app.call(operation.names.call, by=person, row=UNKNOWN)).status
            if (status == 403) == (operation.permission == key):
                wrong.append(f"with {key} alone, {operation.names.call} ({operation.permission}) answers {status}")
    assert not wrong, "; ".join(wrong)


@pytest.mark.shows(2)
async def test_the_document_names_the_permission_of_every_protected_endpoint(app: App) -> None:
    document = await described(app)
    wrong = []
    for operation in app.contract.operations:
        path = document["paths"].get(operation.path, {})
        named = path.get(METHODS[operation.method].lower(), {}).get("x-permission", "")
        if named != operation.permission:
            wrong.append(f"{operation.names.call} names “{named}”, not “{operation.permission}”")
    assert not wrong, "; ".join(wrong)
