"""Expressions to TypeScript, for what is in memory: input, actor, session, settings, request, event, the loaded row."""

from __future__ import annotations

from collections.abc import Callable

from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotInMemory
from stackwright_sdk.expressions.index import ContractIndex, is_computed
from stackwright_sdk.expressions.typescript import functions, operators
from stackwright_sdk.expressions.typescript.code import Code, Level
from stackwright_sdk.expressions.typescript.names import TypeScriptNames, quoted

_COLLECTIONS = frozenset({model_pb2.FIELD_KIND_MANY, model_pb2.FIELD_KIND_LINKS})
_LIST_MACROS = {e.MACRO_EXISTS: "some", e.MACRO_ALL: "every", e.MACRO_FILTER: "filter", e.MACRO_MAP: "map"}


class Compiler:
    """Compiles one expression and remembers what it used."""

    def __init__(self, index: ContractIndex, names: TypeScriptNames) -> None:
        self.index = index
        self.names = names
        self.helpers: set[str] = set()
        self.roots: set[str] = set()
        self.permissions: set[str] = set()
        self.settings: set[str] = set()
        self._items: set[str] = set()

    def helper(self, name: str) -> str:
        """The name of a function of values.ts, remembered."""
        self.helpers.add(name)
        return name

    def code(self, node: Node) -> Code:
        """The node as TypeScript."""
        kind = node.WhichOneof("kind")
        visit = _VISITORS.get(kind or "")
        if visit is None:
            raise NotInMemory(f"{kind or 'an empty node'} cannot stand here")
        return visit(self, node)

    # -- names ---------------------------------------------------------------------------------------------------------

    def _literal(self, node: Node) -> Code:
        value = node.literal
        kind = value.WhichOneof("value")
        if kind == "bool_value":
            return Code("true" if value.bool_value else "false")
        if kind == "int_value":
            return Code(str(value.int_value), Level.PRIMARY if value.int_value >= 0 else Level.UNARY)
        if kind == "null_value":
            return Code("null")
        if kind in ("string_value", "enum_value"):
            return Code(quoted(getattr(value, kind)))
        if kind == "json_value":
            return Code(f"({value.json_value})" if value.json_value.lstrip().startswith("{") else value.json_value)
        if kind == "temporal_value":
            return _temporal(node)
        raise NotInMemory("an exact decimal")

    def _name(self, node: Node) -> Code:
        name = node.name
        kind = name.WhichOneof("name")
        if kind == "setting_key":
            self.settings.add(name.setting_key)
            setting = self.index.settings.get(name.setting_key)
            if setting is None:
                raise NotInMemory(f"the contract has no setting {name.setting_key!r}")
            return Code(self.names.setting(setting))
        if kind == "model_id":
            raise NotInMemory(f"the rows of {name.model_id}")
        if kind == "variable":
            if name.variable not in self._items:
                self.roots.add(name.variable)
            code = self.names.variables.get(name.variable, name.variable)
            return Code(f"{code}.id" if node.type.kind == e.VALUE_KIND_ROW else code)
        return self._root(node)

    def _root(self, node: Node) -> Code:
        root = node.name.root
        if root in (e.ROOT_ANYONE, e.ROOT_NOBODY):
            return Code("true" if root == e.ROOT_ANYONE else "false")
        word = e.Root.Name(root).removeprefix("ROOT_").lower()
        self.roots.add(word)
        rows = {
            e.ROOT_ACTOR: self.names.actor_id,
            e.ROOT_SESSION: self.names.session_id,
            e.ROOT_THIS: self.names.this_id or f"{self.names.this}.id",
            e.ROOT_OLD: f"{self.names.old}.id",
            e.ROOT_SIGNED_IN: self.names.signed_in,
            e.ROOT_NOW: self.names.now,
            e.ROOT_TODAY: self.names.today,
            e.ROOT_VISITOR: self.names.visitor,
        }
        if root not in rows:
            raise NotInMemory(f"{word} as a whole")
        return Code(rows[root])

    # -- members -------------------------------------------------------------------------------------------------------

    def _select(self, node: Node) -> Code:
        operand, member = node.select.operand, node.select.member
        if operand.type.kind in (e.VALUE_KIND_ROW, e.VALUE_KIND_ROWS):
            return self._member_of_row(node)
        if operand.type.kind == e.VALUE_KIND_JSON:
            raise NotInMemory("a member of a json value")
        path = [member]
        while operand.WhichOneof("kind") == "select":
            path.insert(0, operand.select.member)
            operand = operand.select.operand
        name = operand.name
        if name.WhichOneof("name") == "variable":
            return Code(".".join((self.names.variables.get(name.variable, name.variable), *path)))
        readers: dict[int, Callable[[], str]] = {
            e.ROOT_INPUT: lambda: self.names.input(tuple(path)),
            e.ROOT_REQUEST: lambda: self.names.request(".".join(path)),
            e.ROOT_EVENT: lambda: self.names.event(".".join(path)),
            e.ROOT_APP: lambda: self.names.app(".".join(path)),
        }
        if name.root not in readers:
            raise NotInMemory(f"member {member!r} of a value that is not in memory")
        self.roots.add(e.Root.Name(name.root).removeprefix("ROOT_").lower())
        return Code(readers[name.root]())

    def _member_of_row(self, node: Node) -> Code:
        operand = node.select.operand
        if node.select.member == "id" and not node.select.field_id:
            return self.code(operand)
        row = self._loaded(operand)
        if not node.select.field_id:
            return Code(f"{row}.{node.select.member}")
        field = self.index.field(node.select.field_id)
        if field.type.kind in _COLLECTIONS or field.type.kind == model_pb2.FIELD_KIND_ANY:
            raise NotInMemory(f"the rows behind {field.id}")
        if is_computed(field):
            if operand.name.root != e.ROOT_THIS:
                raise NotInMemory(f"the computed {field.id} of another row")
            return self.code(field.value.root)
        member = node.select.member
        return Code(f"{row}.{member if member in field.names.extra_columns else self.names.field(field)}")

    def _loaded(self, node: Node) -> str:
        if node.WhichOneof("kind") == "name":
            if node.name.WhichOneof("name") == "variable":
                return self.code(node).text.removesuffix(".id")
            rows = {
                e.ROOT_THIS: self.names.this,
                e.ROOT_OLD: self.names.old,
                e.ROOT_ACTOR: self.names.actor,
                e.ROOT_SESSION: self.names.session,
            }
            if node.name.root in rows:
                self.roots.add(e.Root.Name(node.name.root).removeprefix("ROOT_").lower())
                return rows[node.name.root]
        raise NotInMemory("a member of a row that is not loaded")

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _conditional(self, node: Node) -> Code:
        parts = node.conditional
        condition, then, otherwise = self.code(parts.condition), self.code(parts.then), self.code(parts.otherwise)
        return Code(f"{condition.at(Level.OR)} ? {then.at(Level.CONDITIONAL)} : {otherwise.text}", Level.CONDITIONAL)

    def _comprehension(self, node: Node) -> Code:
        parts = node.comprehension
        if parts.over.type.kind != e.VALUE_KIND_LIST:
            raise NotInMemory("a set of rows")
        over = self.code(parts.over)
        self._items.add(parts.variable)
        body = self.code(parts.body)
        if parts.macro in _LIST_MACROS:
            each = f"({parts.variable}) => {body.at(Level.CONDITIONAL)}"
            return Code(f"{over.at(Level.PRIMARY)}.{_LIST_MACROS[parts.macro]}({each})")
        if parts.macro == e.MACRO_SUM and node.type.kind == e.VALUE_KIND_INT:
            return Code(
                f"{over.at(Level.PRIMARY)}.reduce((sum, {parts.variable}) => sum + {body.at(Level.MULTIPLY)}, 0)"
            )
        raise NotInMemory(f"{e.Macro.Name(parts.macro).removeprefix('MACRO_').lower()} of a list")

    def _list(self, node: Node) -> Code:
        return Code("[" + ", ".join(self.code(item).text for item in node.list.items) + "]")


def _temporal(node: Node) -> Code:
    text = node.literal.temporal_value
    if node.type.kind == e.VALUE_KIND_TIMESTAMP:
        return Code(f"new Date({quoted(text)})")
    if node.type.kind == e.VALUE_KIND_DURATION:
        raise NotInMemory("a literal duration")
    return Code(quoted(text))


_VISITORS: dict[str, Callable[[Compiler, Node], Code]] = {
    "literal": Compiler._literal,
    "name": Compiler._name,
    "select": Compiler._select,
    "unary": operators.unary,
    "binary": operators.binary,
    "conditional": Compiler._conditional,
    "call": functions.call,
    "comprehension": Compiler._comprehension,
    "list": Compiler._list,
}
