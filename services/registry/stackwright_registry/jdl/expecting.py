"""Sentences about what a place of a JDL text expects."""

from __future__ import annotations

import re

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

_STATEMENTS = "entity, enum, relationship, an option such as `paginate`, or a constant `NAME = 1`"
# The first terminal that the place takes decides what is said; in order of how much it tells.
_WORDS = (
    ("TYPE", "the type of the field"),
    ("KIND", "OneToOne, OneToMany, ManyToOne or ManyToMany"),
    ("TABLE", "the name of a table"),
    ("END", "the name that the relation has in the entity"),
    ("MEMBER", "the field by which the other entity is shown"),
    ("ANNOTATION", "the name of an annotation"),
    ("OPTION_NAME", "an option of the relation (`builtInEntity`)"),
    ("SETTING", "the value of the option (`pagination`)"),
    ("REGEX", "a pattern between slashes (`/[a-z]+/`)"),
    ("CONSTANT", "a number or the name of a constant"),
    ("RAW", "the text of the value"),
    ("SKIPPED", _STATEMENTS),
)
_SIGNS = {
    "LPAR": "`(`",
    "RPAR": "`)`",
    "_OPEN": "`{`",
    "_CLOSE": "`}`",
    "EQUAL": "`=`",
    "COMMA": "`,`",
    "TO": "`to`",
    "FOR": "`for`",
    "WITH": "`with`",
    "EXCEPT": "`except`",
    "NUMBER": "a number",
    "STRING": "a text in quotes",
    "REQUIRED_END": "`required`",
    "EVERY": "`*`",
    "ENTITY": "`entity`",
}
_KIND = re.compile(r"\s*(?:/\*.*?\*/\s*)*(entity|enum|relationship)\s*([^\W\d][\w$-]*)?", re.DOTALL)
_NAMED = {
    "entity": ("the name of a field", "the name of an entity"),
    "enum": ("a value of the enum", "the name of an enum"),
    "relationship": ("the name of an entity", "the name of an entity"),
}


def expected(error: UnexpectedInput, statement: str, line: int) -> str:
    """Say in one sentence what was expected instead; `statement` is what it stands in, from this line on."""
    found = _KIND.match(statement)
    kind, name = (found[1], found[2] or "") if found else ("", "")
    accepted = _accepted(error)
    if accepted == {"EQUAL"} and not kind:
        return f"`{statement.split()[0]}` begins no statement; {_STATEMENTS} is expected."
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        what = f"The text ends, but {_what(accepted, kind)} is expected here"
        return f"{what}; `{kind} {name}` of line {line} is not closed." if kind and "_CLOSE" in accepted else f"{what}."
    what = _what(accepted, kind)
    shown = _shown(error)
    return f"Here {what} is expected, not {_quoted(shown)}."


def unclosed(statement: str, line: int) -> str:
    """Say that a statement begins inside another one; `statement` is the outer one, from this line on."""
    found = _KIND.match(statement)
    shown = f"`{found[1]} {found[2] or ''}`" if found else "the statement"
    return f"A `}}` is expected before this: {shown} of line {line} is not closed."


def _accepted(error: UnexpectedInput) -> set[str]:
    if isinstance(error, UnexpectedToken):
        return set(error.accepts or error.expected)
    return set(error.allowed or ()) if isinstance(error, UnexpectedCharacters) else set()


def _what(accepted: set[str], kind: str) -> str:
    for terminal, words in _WORDS:
        if terminal in accepted:
            return words
    names = _NAMED.get(kind, ("the name of an entity", "a name"))
    found = []
    if "NAME" in accepted:
        found.append(names[0] if "_CLOSE" in accepted or "DOC" in accepted else names[1])
    if kind == "entity" and "ALONE" in accepted:
        found.append("a validation such as `required`")
    signs = [_SIGNS[terminal] for terminal in sorted(accepted) if terminal in _SIGNS]
    found.extend(sign for sign in signs if not (sign in ("`,`", "`)`") and len(signs) > 2))
    if not found:
        return "something else"
    return " or ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else found[0]


def _shown(error: UnexpectedInput) -> str:
    if isinstance(error, UnexpectedToken) and isinstance(error.token, Token):
        # A text of several words is only a token because nothing else fits.
        return (str(error.token).split() or [str(error.token)])[0]
    return getattr(error, "char", "") or ""


def _quoted(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"`{shown}`" if shown.isprintable() else repr(shown)
