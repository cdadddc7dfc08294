"""The lexer of the profile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum


class TokenKind(Enum):
    """Kinds of tokens."""

    INT = "number"
    DECIMAL = "decimal"
    STRING = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True)
class Token:
    """A token with its offset in the source, 0-based."""

    kind: TokenKind
    text: str
    offset: int


class SyntaxFault(Exception):  # noqa: N818  (a fault of the text, told to its writer; never an error of ours)
    """A text that is not an expression; `offset` says where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<decimal>\d+\.\d+)
    | (?P<int>\d+)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!+\-*/%?:.,()\[\]])
    """,
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"'}
_KINDS = {"decimal": TokenKind.DECIMAL, "int": TokenKind.INT, "name": TokenKind.NAME, "sign": TokenKind.SIGN}


def tokenize(source: str) -> list[Token]:
    """Cut a text into tokens; raises `SyntaxFault`."""
    tokens: list[Token] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None:
            raise SyntaxFault(f"The sign {source[offset]!r} does not belong here", offset)
        group = match.lastgroup or ""
        if group == "string":
            tokens.append(Token(TokenKind.STRING, _unquote(match[0], offset), offset))
        elif group != "space":
            tokens.append(Token(_KINDS[group], match[0], offset))
        offset = match.end()
    tokens.append(Token(TokenKind.END, "", offset))
    return tokens


def _unquote(text: str, offset: int) -> str:
    inner = text[1:-1]

    def replace(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise SyntaxFault(f"There is no escape \\{match[1]}", offset + match.start() + 1)
        return _ESCAPES[match[1]]

    return re.sub(r"\\(.)", replace, inner)
