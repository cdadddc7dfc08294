"""A small catalogue made from text, and the contract of it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright_registry.catalogue import Catalogue, parse_catalogue
from stackwright_registry.problems import ContractRefusedError, Problem, Problems
from stackwright_registry.resolving.draft import DomainInput, draft_contract

PATH = "test/{}/feature.yaml"
AUTHENTICATION = """
models:
  User:
    kind: resource
    adopt: true
    tenant: none
    display: name
    fields: {email: email unique, name: string(1..120), active: {is: bool server, default: true}}
    access: {read: this == actor, refer: signed_in, create: nobody, update: this == actor, delete: nobody}
    delete: soft
    api: []
  Session:
    kind: internal
    part_of: User.sessions
    fields: {ended_at: timestamp optional server}
    access: {read: user == actor}
"""


def catalogue_of(**features: str) -> Catalogue:
    """A catalogue with authentication and these features; each text is the body of its file."""
    bodies = {"authentication": AUTHENTICATION, **features}
    index = "test:\n" + "".join(f"  - {{key: {key}, shows: [it works]}}\n" for key in bodies)
    files = {"index.yaml": index.encode()}
    for key, body in bodies.items():
        head = f"feature: {key}\nversion: 1\ntitle: {key.title()}\nshows: [[User]]\n"
        files[PATH.format(key)] = (head + textwrap.dedent(body)).encode()
    problems = Problems()
    catalogue = parse_catalogue(files, problems)
    problems.refuse()
    return catalogue


def contract_of(body: str, entities: Mapping[str, object] | None = None, **more: str) -> contract.Contract:
    """The contract of one feature called `demo`, of others, and of entities."""
    catalogue = catalogue_of(demo=body, **more)
    return draft_contract(catalogue, ["authentication", "demo", *more], DomainInput(entities or {}))


def problems_of(body: str, entities: Mapping[str, object] | None = None, **more: str) -> list[Problem]:
    """The problems that refuse it."""
    try:
        contract_of(body, entities, **more)
    except ContractRefusedError as error:
        return error.problems
    raise AssertionError("it was not refused")


def codes_of(body: str, **more: str) -> set[str]:
    """The codes of the problems that refuse it."""
    return {problem.code for problem in problems_of(body, None, **more)}
