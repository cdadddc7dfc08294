# ruff: noqa: E501 - a table reads by line
"""Typed expression trees written by hand, so that the compiler is tested without a parser."""

from __future__ import annotations

from stackwright.contract.v1 import contract_pb2
from stackwright.contract.v1 import expression_pb2 as e
from stackwright.contract.v1 import model_pb2 as m

V = e.ValueKind
FIELD_VALUES = {
    m.FIELD_KIND_STRING: V.VALUE_KIND_STRING, m.FIELD_KIND_TEXT: V.VALUE_KIND_STRING, m.FIELD_KIND_EMAIL: V.VALUE_KIND_STRING,
    m.FIELD_KIND_TIMEZONE: V.VALUE_KIND_STRING, m.FIELD_KIND_INT: V.VALUE_KIND_INT, m.FIELD_KIND_BIGINT: V.VALUE_KIND_INT,
    m.FIELD_KIND_DECIMAL: V.VALUE_KIND_DECIMAL, m.FIELD_KIND_BOOL: V.VALUE_KIND_BOOL, m.FIELD_KIND_DATE: V.VALUE_KIND_DATE,
    m.FIELD_KIND_TIME: V.VALUE_KIND_TIME, m.FIELD_KIND_TIMESTAMP: V.VALUE_KIND_TIMESTAMP, m.FIELD_KIND_JSON: V.VALUE_KIND_JSON,
    m.FIELD_KIND_ENUM: V.VALUE_KIND_ENUM, m.FIELD_KIND_IP: V.VALUE_KIND_STRING, m.FIELD_KIND_CIDR: V.VALUE_KIND_STRING,
    m.FIELD_KIND_REF: V.VALUE_KIND_ROW, m.FIELD_KIND_ANY: V.VALUE_KIND_ROW, m.FIELD_KIND_MANY: V.VALUE_KIND_ROWS,
    m.FIELD_KIND_LINKS: V.VALUE_KIND_ROWS,
}  # fmt: skip


def value_type(kind: e.ValueKind, *, nullable: bool = False, models: tuple[str, ...] = ()) -> e.ValueType:
    return e.ValueType(kind=kind, nullable=nullable, model_ids=models)


class Writer:
    """Writes expressions over one contract."""

    def __init__(self, contract: contract_pb2.Contract) -> None:
        self.fields = {field.id: field for model in contract.models for field in model.fields}
        self.models = {model.name: model for model in contract.models}
        self.owner = {field.id: model for model in contract.models for field in model.fields}

    def this(self, model: str) -> X:
        return self.root(e.ROOT_THIS, V.VALUE_KIND_ROW, models=(self.models[model].id,))

    def actor(self) -> X:
        return self.root(e.ROOT_ACTOR, V.VALUE_KIND_ROW, models=(self.models["User"].id,))

    def root(self, root: e.Root, kind: e.ValueKind, models: tuple[str, ...] = ()) -> X:
        return X(self, e.Node(type=value_type(kind, models=models), name=e.Name(root=root)))

    def bool_root(self, root: e.Root) -> X:
        return self.root(root, V.VALUE_KIND_BOOL)

    def now(self) -> X:
        return self.root(e.ROOT_NOW, V.VALUE_KIND_TIMESTAMP)

    def today(self) -> X:
        return self.root(e.ROOT_TODAY, V.VALUE_KIND_DATE)

    def all(self, model: str) -> X:
        model_id = self.models[model].id
        return X(self, e.Node(type=value_type(V.VALUE_KIND_ROWS, models=(model_id,)), name=e.Name(model_id=model_id)))

    def input(
        self,
        *path: str,
        kind: e.ValueKind,
        nullable: bool = False,
        models: tuple[str, ...] = (),
        element: e.ValueKind = V.VALUE_KIND_UNSPECIFIED,
    ) -> X:
        node = e.Node(type=value_type(V.VALUE_KIND_OBJECT), name=e.Name(root=e.ROOT_INPUT))
        for member in path:
            node = e.Node(type=value_type(V.VALUE_KIND_OBJECT), select=e.Select(operand=node, member=member))
        node.type.CopyFrom(value_type(kind, nullable=nullable, models=models))
        if element:
            node.type.element.CopyFrom(value_type(element))
        return X(self, node)

    def setting(self, key: str, kind: e.ValueKind) -> X:
        return X(self, e.Node(type=value_type(kind), name=e.Name(setting_key=key)))

    def lit(self, value: object) -> X:
        if isinstance(value, X):
            return value
        if value is None:
            return X(
                self,
                e.Node(type=value_type(V.VALUE_KIND_NULL, nullable=True), literal=e.Literal(null_value=e.NullValue())),
            )
        if isinstance(value, bool):
            return X(self, e.Node(type=value_type(V.VALUE_KIND_BOOL), literal=e.Literal(bool_value=value)))
        if isinstance(value, int):
            return X(self, e.Node(type=value_type(V.VALUE_KIND_INT), literal=e.Literal(int_value=value)))
        return X(self, e.Node(type=value_type(V.VALUE_KIND_STRING), literal=e.Literal(string_value=str(value))))

    def dec(self, digits: str) -> X:
        return X(self, e.Node(type=value_type(V.VALUE_KIND_DECIMAL), literal=e.Literal(decimal_value=digits)))

    def temporal(self, text: str, kind: e.ValueKind) -> X:
        return X(self, e.Node(type=value_type(kind), literal=e.Literal(temporal_value=text)))

    def day(self, text: str) -> X:
        return self.temporal(text, V.VALUE_KIND_DATE)

    def moment(self, text: str) -> X:
        return self.temporal(text, V.VALUE_KIND_TIMESTAMP)

    def time(self, text: str) -> X:
        return self.temporal(text, V.VALUE_KIND_TIME)

    def items(self, *values: object) -> X:
        nodes = [self.lit(value).node for value in values]
        kind = e.ValueType(kind=V.VALUE_KIND_LIST, element=nodes[0].type if nodes else value_type(V.VALUE_KIND_STRING))
        return X(self, e.Node(type=kind, list=e.ListLiteral(items=nodes)))

    def call(
        self,
        function: e.Function,
        kind: e.ValueKind,
        *arguments: object,
        nullable: bool = False,
        models: tuple[str, ...] = (),
    ) -> X:
        nodes = [self.lit(argument).node for argument in arguments]
        return X(
            self,
            e.Node(
                type=value_type(kind, nullable=nullable, models=models), call=e.Call(function=function, arguments=nodes)
            ),
        )

    def can(self, permission: str, *user: X) -> X:
        return self.call(e.FUNCTION_CAN, V.VALUE_KIND_BOOL, permission, *user)

    def cond(self, condition: X, then: object, otherwise: object) -> X:
        first, second = self.lit(then), self.lit(otherwise)
        kind = e.ValueType()
        kind.CopyFrom(second.node.type if first.node.type.kind == V.VALUE_KIND_NULL else first.node.type)
        kind.nullable = first.node.type.nullable or second.node.type.nullable
        return X(
            self,
            e.Node(
                type=kind, conditional=e.Conditional(condition=condition.node, then=first.node, otherwise=second.node)
            ),
        )


class X:
    """A node with Python's operators; `&` and `|` are `&&` and `||`, `~` is `!`."""

    __hash__ = None  # type: ignore[assignment]  # equality builds a node

    def __init__(self, writer: Writer, node: e.Node) -> None:
        self.writer = writer
        self.node = node

    def __getattr__(self, member: str) -> X:
        return self.get(member)

    def get(self, member: str, *, kind: e.ValueKind = V.VALUE_KIND_UNSPECIFIED) -> X:
        """A member of a row, of an item, or of an object."""
        writer, node = self.writer, self.node
        if node.type.kind != V.VALUE_KIND_ROW:
            return X(
                writer,
                e.Node(type=value_type(kind or V.VALUE_KIND_STRING), select=e.Select(operand=node, member=member)),
            )
        if member in ("id", "created_at"):
            implied = V.VALUE_KIND_UUID if member == "id" else V.VALUE_KIND_TIMESTAMP
            return X(
                writer,
                e.Node(
                    type=value_type(implied, nullable=node.type.nullable), select=e.Select(operand=node, member=member)
                ),
            )
        field = writer.fields[f"{node.type.model_ids[0]}/{member}"]
        of = FIELD_VALUES[field.type.kind]
        models = tuple(field.type.targets)
        if field.type.kind == m.FIELD_KIND_MANY:
            models = (writer.owner[field.type.inverse_field_id].id,)
        nullable = of != V.VALUE_KIND_ROWS and (field.optional or node.type.nullable)
        select = e.Select(operand=node, member=member, field_id=field.id)
        return X(writer, e.Node(type=value_type(of, nullable=nullable, models=models), select=select))

    def _binary(self, operator: e.BinaryOperator, other: object, kind: e.ValueKind) -> X:
        right = self.writer.lit(other)
        return X(
            self.writer,
            e.Node(type=value_type(kind), binary=e.Binary(operator=operator, left=self.node, right=right.node)),
        )

    def __eq__(self, other: object) -> X:  # type: ignore[override]
        return self._binary(e.BINARY_OPERATOR_EQUAL, other, V.VALUE_KIND_BOOL)

    def __ne__(self, other: object) -> X:  # type: ignore[override]
        return self._binary(e.BINARY_OPERATOR_NOT_EQUAL, other, V.VALUE_KIND_BOOL)

    def __lt__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_LESS, other, V.VALUE_KIND_BOOL)

    def __le__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_LESS_EQUAL, other, V.VALUE_KIND_BOOL)

    def __gt__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_GREATER, other, V.VALUE_KIND_BOOL)

    def __ge__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_GREATER_EQUAL, other, V.VALUE_KIND_BOOL)

    def __and__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_AND, other, V.VALUE_KIND_BOOL)

    def __or__(self, other: object) -> X:
        return self._binary(e.BINARY_OPERATOR_OR, other, V.VALUE_KIND_BOOL)

    def in_(self, other: X) -> X:
        return self._binary(e.BINARY_OPERATOR_IN, other, V.VALUE_KIND_BOOL)

    def _arithmetic(self, operator: e.BinaryOperator, other: object) -> X:
        left, right = self.node.type.kind, self.writer.lit(other).node.type.kind
        kind = left
        if operator == e.BINARY_OPERATOR_DIVIDE or V.VALUE_KIND_DECIMAL in (left, right):
            kind = V.VALUE_KIND_DECIMAL
        elif left == right and left in (V.VALUE_KIND_DATE, V.VALUE_KIND_TIMESTAMP, V.VALUE_KIND_TIME):
            kind = V.VALUE_KIND_DURATION
        return self._binary(operator, other, kind)

    def __add__(self, other: object) -> X:
        return self._arithmetic(e.BINARY_OPERATOR_ADD, other)

    def __sub__(self, other: object) -> X:
        return self._arithmetic(e.BINARY_OPERATOR_SUBTRACT, other)

    def __mul__(self, other: object) -> X:
        return self._arithmetic(e.BINARY_OPERATOR_MULTIPLY, other)

    def __truediv__(self, other: object) -> X:
        return self._arithmetic(e.BINARY_OPERATOR_DIVIDE, other)

    def __mod__(self, other: object) -> X:
        return self._arithmetic(e.BINARY_OPERATOR_MODULO, other)

    def __invert__(self) -> X:
        return X(
            self.writer,
            e.Node(type=value_type(V.VALUE_KIND_BOOL), unary=e.Unary(operator=e.UNARY_OPERATOR_NOT, operand=self.node)),
        )

    def __neg__(self) -> X:
        return X(
            self.writer, e.Node(type=self.node.type, unary=e.Unary(operator=e.UNARY_OPERATOR_NEGATE, operand=self.node))
        )

    # -- macros --------------------------------------------------------------------------------------------------------

    def over(
        self,
        macro: e.Macro,
        kind: e.ValueKind,
        body: object,
        *,
        nullable: bool = False,
        models: tuple[str, ...] = (),
        name: str = "x",
    ) -> X:
        """`self.macro(name, body(name))`; `body` is a function of the item."""
        element = self.node.type.element.kind if self.node.type.kind == V.VALUE_KIND_LIST else V.VALUE_KIND_ROW
        item = X(
            self.writer,
            e.Node(type=value_type(element, models=tuple(self.node.type.model_ids)), name=e.Name(variable=name)),
        )
        inner = self.writer.lit(body(item))  # type: ignore[operator]
        return X(self.writer, e.Node(
            type=value_type(kind, nullable=nullable, models=models),
            comprehension=e.Comprehension(macro=macro, over=self.node, variable=name, body=inner.node),
        ))  # fmt: skip

    def exists(self, body: object, name: str = "x") -> X:
        return self.over(e.MACRO_EXISTS, V.VALUE_KIND_BOOL, body, name=name)

    def every(self, body: object, name: str = "x") -> X:
        return self.over(e.MACRO_ALL, V.VALUE_KIND_BOOL, body, name=name)

    def filter(self, body: object, name: str = "x") -> X:
        return self.over(e.MACRO_FILTER, self.node.type.kind, body, models=tuple(self.node.type.model_ids), name=name)

    def find(self, body: object, name: str = "x") -> X:
        return self.over(
            e.MACRO_FIND, V.VALUE_KIND_ROW, body, nullable=True, models=tuple(self.node.type.model_ids), name=name
        )

    def map_rows(self, body: object, model: str, name: str = "x") -> X:
        return self.over(e.MACRO_MAP, V.VALUE_KIND_ROWS, body, models=(self.writer.models[model].id,), name=name)

    def map_values(self, body: object, name: str = "x") -> X:
        return self.over(e.MACRO_MAP, V.VALUE_KIND_ROWS, body, name=name)

    def sum(self, body: object, kind: e.ValueKind = V.VALUE_KIND_INT, name: str = "x") -> X:
        return self.over(e.MACRO_SUM, kind, body, name=name)

    def avg(self, body: object, name: str = "x") -> X:
        return self.over(e.MACRO_AVG, V.VALUE_KIND_DECIMAL, body, nullable=True, name=name)

    def min(self, body: object, kind: e.ValueKind = V.VALUE_KIND_INT, name: str = "x") -> X:
        return self.over(e.MACRO_MIN, kind, body, nullable=True, name=name)

    def max(self, body: object, kind: e.ValueKind = V.VALUE_KIND_INT, name: str = "x") -> X:
        return self.over(e.MACRO_MAX, kind, body, nullable=True, name=name)

    def size(self) -> X:
        return self.writer.call(e.FUNCTION_SIZE, V.VALUE_KIND_INT, self)
