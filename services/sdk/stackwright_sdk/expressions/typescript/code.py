"""Pieces of TypeScript with their precedence."""

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How tightly an operator binds; higher binds tighter."""

    CONDITIONAL = 1
    OR = 2
    AND = 3
    NULLISH = 4
    EQUAL = 5
    COMPARE = 6
    ADD = 7
    MULTIPLY = 8
    UNARY = 9
    PRIMARY = 10


@dataclass(frozen=True)
class Code:
    """An expression in TypeScript."""

    text: str
    level: Level = Level.PRIMARY

    def at(self, level: Level) -> str:
        """The expression as an operand of something that binds at `level`."""
        return self.text if self.level >= level else f"({self.text})"

    def alone(self, level: Level) -> str:
        """As `at`, for `??`, which may not be mixed with `||` and `&&` without brackets."""
        return f"({self.text})" if self.level == Level.NULLISH or self.level < level else self.text


def infix(operator: str, left: Code, right: Code, level: Level) -> Code:
    """A left-associative operator."""
    return Code(f"{left.at(level)} {operator} {right.at(Level(level + 1))}", level)


def chain(operator: str, operands: list[Code], level: Level) -> Code:
    """Operands joined by `&&` or `||`; operands of the other kind get brackets for the reader."""
    if len(operands) == 1:
        return operands[0]
    texts = [
        f"({item.text})" if item.level <= Level.NULLISH and item.level != level else item.text for item in operands
    ]
    return Code(f" {operator} ".join(texts), level)
