"""Expressions to SQL: literals, names and conditionals; the rest stands in modules of its own."""

from __future__ import annotations

from collections.abc import Mapping

from stackwright.contract.v1 import expression_pb2
from stackwright_sdk.expressions import layout
from stackwright_sdk.expressions.analysis import Node
from stackwright_sdk.expressions.errors import NotCompilable
from stackwright_sdk.expressions.index import ContractIndex
from stackwright_sdk.expressions.sql import functions, macros, operators, relations
from stackwright_sdk.expressions.sql.parameters import Parameters
from stackwright_sdk.expressions.sql.rows import Aliases, RowSet, RowValue
from stackwright_sdk.expressions.sql.types import literal
from stackwright_sdk.expressions.sql.values import FALSE, TRUE, Sql, column, disjunction

Value = Sql | RowValue | RowSet

_TERMS = {expression_pb2.ROOT_ANYONE: TRUE, expression_pb2.ROOT_NOBODY: FALSE}


class Compiler:
    """Compiles one fragment.

    `variables` maps the macro variables in reach to rows; `scopes` are the access scopes being inlined; `home` is the
    model whose expression it is, empty for an expression of no model.
    """

    def __init__(
        self,
        index: ContractIndex,
        parameters: Parameters,
        aliases: Aliases,
        *,
        this: RowValue | None = None,
        old: RowValue | None = None,
        variables: Mapping[str, Value] | None = None,
        scopes: tuple[tuple[str, str], ...] = (),
        home: str = "",
    ) -> None:
        self.index = index
        self.parameters = parameters
        self.aliases = aliases
        self.this = this
        self.old = old
        self.variables = dict(variables or {})
        self.scopes = scopes
        self.home = home

    def within(
        self,
        *,
        this: RowValue | None = None,
        variables: Mapping[str, Value] | None = None,
        scopes: tuple[tuple[str, str], ...] | None = None,
    ) -> Compiler:
        """The same compiler seen from another row, or with more variables in reach."""
        return Compiler(
            self.index,
            self.parameters,
            self.aliases,
            this=this if this is not None else self.this,
            old=self.old if this is None else None,
            variables={**self.variables, **(variables or {})} if this is None else dict(variables or {}),
            scopes=self.scopes if scopes is None else scopes,
            home=this.model_ids[0] if this is not None else self.home,
        )

    # -- by what is wanted ---------------------------------------------------------------------------------------------

    def scalar(self, node: Node) -> Sql:
        """The node as one value; a row is its id."""
        value = self.value(node)
        if isinstance(value, RowValue):
            return value.id
        if isinstance(value, RowSet):
            raise NotCompilable("a set of rows stands where one value is expected")
        return value

    def condition(self, node: Node) -> Sql:
        """The node where SQL takes unknown for false, as in WHERE: `=` may meet null there, and use an index."""
        return operators.condition(self, node)

    def row(self, node: Node) -> RowValue:
        """The node as a row."""
        value = self.value(node)
        if isinstance(value, RowValue):
            return value
        if isinstance(value, Sql):
            return RowValue(tuple(node.type.model_ids), value)
        raise NotCompilable("a set of rows stands where one row is expected")

    def rows(self, node: Node, *, alias: str = "") -> RowSet:
        """The node as a set of rows, spoken of by `alias` if that name is free."""
        value = self.value(node, alias=alias)
        if not isinstance(value, RowSet):
            raise NotCompilable("one value stands where a set of rows is expected")
        return value

    # -- by what is there ----------------------------------------------------------------------------------------------

    def value(self, node: Node, *, alias: str = "") -> Value:
        """The node as whatever it is."""
        kind = node.WhichOneof("kind")
        if kind == "literal":
            return literal(node.literal, node.type.kind)
        if kind == "name":
            return self._name(node, alias)
        if kind == "select":
            return relations.select(self, node, alias)
        if kind == "unary":
            return operators.unary(self, node.unary)
        if kind == "binary":
            return operators.binary(self, node)
        if kind == "conditional":
            return self._conditional(node)
        if kind == "call":
            return functions.call(self, node)
        if kind == "comprehension":
            return macros.comprehension(self, node, alias)
        raise NotCompilable(f"{kind or 'an empty node'} cannot stand here")

    def _name(self, node: Node, alias: str) -> Value:
        name = node.name
        kind = name.WhichOneof("name")
        if kind == "model_id":
            return relations.all_rows(self, name.model_id, alias)
        if kind == "setting_key":
            return self.parameters.setting(name.setting_key, node.type)
        if kind == "variable":
            return self._variable(node)
        return self._root(node)

    def _variable(self, node: Node) -> Value:
        name = node.name.variable
        if name in self.variables:
            return self.variables[name]
        bound = self.parameters.variable(name, (), node.type)
        if node.type.kind == expression_pb2.VALUE_KIND_ROW:
            return RowValue(tuple(node.type.model_ids), bound)
        return bound

    def _root(self, node: Node) -> Value:
        root = node.name.root
        if root in _TERMS:
            return _TERMS[root]
        if root == expression_pb2.ROOT_SIGNED_IN:
            return self.parameters.signed_in()
        if root == expression_pb2.ROOT_ACTOR:
            return RowValue(tuple(node.type.model_ids), self.parameters.actor())
        if root == expression_pb2.ROOT_SESSION:
            return RowValue(tuple(node.type.model_ids), self.parameters.session())
        if root == expression_pb2.ROOT_NOW:
            return self.parameters.now()
        if root == expression_pb2.ROOT_TODAY:
            return self.parameters.today()
        if root == expression_pb2.ROOT_THIS and self.this is not None:
            return self.this
        if root == expression_pb2.ROOT_OLD and self.old is not None:
            return self.old
        if root == expression_pb2.ROOT_VISITOR:
            return self.parameters.member(root, (), node.type)
        raise NotCompilable(f"{expression_pb2.Root.Name(root).removeprefix('ROOT_').lower()} cannot be read here")

    def _conditional(self, node: Node) -> Value:
        condition = self.scalar(node.conditional.condition)
        if condition.constant is not None:
            return self.value(node.conditional.then if condition.constant else node.conditional.otherwise)
        then, otherwise = self.scalar(node.conditional.then), self.scalar(node.conditional.otherwise)
        if node.type.kind == expression_pb2.VALUE_KIND_BOOL and then.constant is True:
            return disjunction([condition, otherwise])
        whens = layout.concat(
            layout.SPACE, "WHEN ", condition.doc, " THEN ", then.doc, layout.SPACE, "ELSE ", otherwise.doc
        )
        case = Sql(layout.group("CASE", layout.nest(whens), layout.SPACE, "END"))
        if node.type.kind == expression_pb2.VALUE_KIND_ROW:
            return RowValue(tuple(node.type.model_ids), case)
        return case


def bound_row(model_id: str, alias: str) -> RowValue:
    """A row that the statement around the fragment calls `alias` (empty: the row a CHECK is about)."""
    return RowValue((model_id,), column(alias, "id"), alias=alias)
