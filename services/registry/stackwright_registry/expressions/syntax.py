"""The parser of the profile: a text to a tree without types."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from stackwright_registry.expressions.tokens import SyntaxFault, Token, TokenKind, tokenize

_MAX_DEPTH = 60


@dataclass(frozen=True)
class Constant:
    """true, false, null, a number or a text; `kind` is bool, null, int, decimal or string."""

    kind: str
    text: str
    offset: int


@dataclass(frozen=True)
class Ident:
    """A bare name."""

    name: str
    offset: int


@dataclass(frozen=True)
class Member:
    """`operand.name`."""

    operand: Tree
    name: str
    offset: int


@dataclass(frozen=True)
class Invoke:
    """`name(arguments)` or `receiver.name(arguments)`."""

    receiver: Tree | None
    name: str
    arguments: tuple[Tree, ...]
    offset: int


@dataclass(frozen=True)
class Prefix:
    """`!x` or `-x`."""

    operator: str
    operand: Tree
    offset: int


@dataclass(frozen=True)
class Infix:
    """`left operator right`; the offset is that of the operator."""

    operator: str
    left: Tree
    right: Tree
    offset: int


@dataclass(frozen=True)
class Choice:
    """`condition ? then : otherwise`."""

    condition: Tree
    then: Tree
    otherwise: Tree
    offset: int


@dataclass(frozen=True)
class Listing:
    """`[a, b]`."""

    items: tuple[Tree, ...]
    offset: int


Tree: TypeAlias = Constant | Ident | Member | Invoke | Prefix | Infix | Choice | Listing

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("==", "!=", "<", "<=", ">", ">=", "in"),
    ("+", "-"),
    ("*", "/", "%"),
)
_RELATIONS = 2


@lru_cache(maxsize=8192)
def parse(source: str) -> Tree:
    """Parse one expression; raises `SyntaxFault`."""
    parser = _Parser(tokenize(source))
    tree = parser.choice(0)
    parser.end()
    return tree


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _is(self, *texts: str) -> bool:
        token = self._token
        if token.text == "in" and token.kind is TokenKind.NAME:
            return "in" in texts
        return token.kind is TokenKind.SIGN and token.text in texts

    def _expect(self, text: str) -> Token:
        if not self._is(text):
            raise SyntaxFault(f"`{text}` is expected {self._here()}", self._token.offset)
        return self._take()

    def _here(self) -> str:
        return "at the end" if self._token.kind is TokenKind.END else f"before `{self._token.text}`"

    def end(self) -> None:
        if self._token.kind is not TokenKind.END:
            raise SyntaxFault(f"`{self._token.text}` does not belong here", self._token.offset)

    def choice(self, depth: int) -> Tree:
        if depth > _MAX_DEPTH:
            raise SyntaxFault("The expression is nested too deeply", self._token.offset)
        condition = self._level(0, depth + 1)
        if not self._is("?"):
            return condition
        offset = self._take().offset
        then = self.choice(depth + 1)
        self._expect(":")
        return Choice(condition, then, self.choice(depth + 1), offset)

    def _level(self, level: int, depth: int) -> Tree:
        if level == len(_LEVELS):
            return self._prefix(depth)
        left = self._level(level + 1, depth)
        seen = 0
        while self._is(*_LEVELS[level]):
            token = self._take()
            seen += 1
            if level == _RELATIONS and seen > 1:
                raise SyntaxFault("Comparisons are not chained; join them with `&&`", token.offset)
            left = Infix(token.text, left, self._level(level + 1, depth), token.offset)
        return left

    def _prefix(self, depth: int) -> Tree:
        if depth > _MAX_DEPTH:
            raise SyntaxFault("The expression is nested too deeply", self._token.offset)
        if self._is("!", "-"):
            token = self._take()
            return Prefix(token.text, self._prefix(depth + 1), token.offset)
        return self._postfix(depth)

    def _postfix(self, depth: int) -> Tree:
        tree = self._primary(depth)
        while self._is("."):
            self._take()
            name = self._take()
            if name.kind is not TokenKind.NAME:
                raise SyntaxFault("A name is expected after `.`", name.offset)
            if self._is("("):
                tree = Invoke(tree, name.text, self._arguments(depth), name.offset)
            else:
                tree = Member(tree, name.text, name.offset)
        return tree

    def _arguments(self, depth: int) -> tuple[Tree, ...]:
        self._expect("(")
        return self._until(")", depth)

    def _until(self, closing: str, depth: int) -> tuple[Tree, ...]:
        items: list[Tree] = []
        while not self._is(closing):
            items.append(self.choice(depth + 1))
            if not self._is(","):
                break
            self._take()
        self._expect(closing)
        return tuple(items)

    def _primary(self, depth: int) -> Tree:
        token = self._take()
        if token.kind is TokenKind.INT:
            return Constant("int", token.text, token.offset)
        if token.kind is TokenKind.DECIMAL:
            return Constant("decimal", token.text, token.offset)
        if token.kind is TokenKind.STRING:
            return Constant("string", token.text, token.offset)
        if token.kind is TokenKind.NAME and token.text != "in":
            return self._named(token, depth)
        if token.kind is TokenKind.SIGN and token.text == "(":
            tree = self.choice(depth + 1)
            self._expect(")")
            return tree
        if token.kind is TokenKind.SIGN and token.text == "[":
            return Listing(self._until("]", depth), token.offset)
        self._next -= 1
        raise SyntaxFault(f"A value is expected {self._here()}", token.offset)

    def _named(self, token: Token, depth: int) -> Tree:
        if token.text in ("true", "false"):
            return Constant("bool", token.text, token.offset)
        if token.text == "null":
            return Constant("null", "null", token.offset)
        if self._is("("):
            return Invoke(None, token.text, self._arguments(depth), token.offset)
        return Ident(token.text, token.offset)
