"""Conditions that the rules of several operations contain: each becomes a constant, so that it is written once."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m
from stackwright_node_backend import typescript as ts
from stackwright_node_backend.application import Application
from stackwright_node_backend.views.named import Named
from stackwright_sdk.expressions import to_sql, walk

_WORDS = {e.FUNCTION_READABLE: "readable", e.FUNCTION_WRITABLE: "writable"}


@dataclass(frozen=True)
class SharedScopes:
    """`readable(field)` and `writable(field)` that stand in several rules."""

    constants: list[Named]
    names: Mapping[bytes, str]
    """Names of the constants, by the call."""

    def named(self, expression: e.Expression) -> e.Expression:
        """The expression with a variable in the place of each constant."""
        found = e.Expression()
        found.CopyFrom(expression)
        for node in walk(found):
            if name := self.names.get(_key(node)):
                node.CopyFrom(e.Node(type=node.type, name=e.Name(variable=name)))
        return found

    def sql_string(self, sql: str) -> str:
        """A template literal of SQL, into which the constants are put where the variables stand."""
        text = ts.sql_string(sql)
        for name in self.names.values():
            text = re.sub(rf"(?<!:):{name}\b", f"(${{{name}}})", text)
        return text


def shared_scopes(application: Application, model: m.Model, rules: Iterable[Sequence[e.Expression]]) -> SharedScopes:
    """The scopes of other rows that more than one of the rules asks for, where they take several lines."""
    calls: dict[bytes, e.Node] = {}
    counts: Counter[bytes] = Counter()
    for rule in rules:
        found = {_key(node): node for expression in rule for node in walk(expression) if _is_scope_of_field(node)}
        calls |= found
        counts.update(found.keys())
    names, constants = {}, []
    for key, call in calls.items():
        if counts[key] < 2:
            continue
        sql = to_sql(call, application.index, model_id=model.id, this="t", indent=2).text
        if "\n" in sql:
            member = call.call.arguments[0].select.member
            names[key] = _WORDS[call.call.function] + member[0].upper() + re.sub(r"_(\w)", _upper, member[1:])
            constants.append(Named(names[key], ts.sql_string(sql)))
    return SharedScopes(constants, names)


def _is_scope_of_field(node: e.Node) -> bool:
    if node.WhichOneof("kind") != "call" or node.call.function not in _WORDS:
        return False
    argument = node.call.arguments[0]
    return argument.WhichOneof("kind") == "select" and argument.select.operand.name.root == e.ROOT_THIS


def _key(node: e.Node) -> bytes:
    return node.SerializeToString(deterministic=True)


def _upper(found: re.Match[str]) -> str:
    return found[1].upper()
