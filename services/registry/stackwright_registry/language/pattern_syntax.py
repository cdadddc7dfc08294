"""The syntax of patterns: what PostgreSQL, JavaScript and OpenAPI read alike, as typed parts."""

from __future__ import annotations

from functools import cache

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, UnexpectedInput, VisitError

from stackwright_registry.language.pattern_parts import (
    Characters,
    Choice,
    Edge,
    Group,
    Part,
    PatternError,
    Ranges,
    Repeated,
)

# PostgreSQL counts no further in `{m,n}`.
_MOST_TIMES = 255
_LAST = 0x10FFFF
_MOST_GROUPS = 60
_GRAMMAR = r"""
start: choice
choice: sequence ("|" sequence)*
sequence: piece*
?piece: _atom -> once
      | _atom QUANTIFIER -> repeated
_atom: LITERAL | ESCAPE | DOT | CLASS | EDGE | group | look
group: _BEGIN choice ")"
look: LOOK choice ")"
_BEGIN: "(?:" | "("
LOOK: "(?=" | "(?!"
DOT: "."
EDGE: /[\^$]|\\[AzZ]/
ESCAPE: /\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/
CLASS: /\[\^?(?:\\.|[^\\\]])+\]/
QUANTIFIER: /(?:[*+?]|\{\d+(?:,\d*)?\})\??/
LITERAL: /[^\\\[(){*+?|.^$]/
"""
_DIGITS: Ranges = ((48, 57),)
_WORD: Ranges = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE: Ranges = ((9, 13), (32, 32), (160, 160), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000))
_SETS = {"d": ("0-9", _DIGITS), "w": ("A-Za-z0-9_", _WORD), "s": (r"\s", _SPACE)}
_SPECIAL, _IN_CLASS = "\\^$.*+?()[]{}|", "\\]^[-"
_CONTROLS = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13}
_EDGES = {"^": "^", "$": "$", "\\A": "^", "\\z": "$", "\\Z": "$"}


def parse(text: str) -> Choice:
    """Read a pattern; raises PatternError with a sentence about what cannot be read."""
    if text.count("(") > _MOST_GROUPS:
        raise PatternError(f"A pattern has at most {_MOST_GROUPS} groups.")
    try:
        tree = _parser().parse(text)
        return _Building().transform(tree)
    except VisitError as error:
        if isinstance(error.orig_exc, PatternError):
            raise error.orig_exc from None
        raise
    except UnexpectedInput as error:
        # Lark's columns are counted from 1; a pattern is one line.
        at = error.column - 1 if error.column > 0 else len(text)
        rest = text[at : at + 12]
        where = f"it breaks off at `{rest}`" if rest and at < len(text) else "it ends too early"
        raise PatternError(
            f"The pattern does not compile: {where}; characters, classes, groups, `(?=`, `(?!`, `|` and the "
            "repetitions * + ? {m,n} are read."
        ) from None
    except LarkError as error:
        raise PatternError(f"The pattern does not compile: {error}") from None


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


class _Building(Transformer[Token, Choice]):
    """Builds the parts; tokens that not every layer reads are refused here."""

    def start(self, found: list[Choice]) -> Choice:
        return found[0]

    def choice(self, found: list[tuple[Part, ...]]) -> Choice:
        return Choice(tuple(found))

    def sequence(self, found: list[Part]) -> tuple[Part, ...]:
        return tuple(found)

    def group(self, found: list[Choice]) -> Group:
        return Group(found[0], "(?:")

    def look(self, found: tuple[Token, Choice]) -> Group:
        return Group(found[1], str(found[0]))

    def once(self, found: list[Part]) -> Part:
        return found[0]

    def repeated(self, found: tuple[Part, Token]) -> Part:
        atom = found[0]
        text = str(found[1])
        if isinstance(atom, Edge) or (isinstance(atom, Group) and atom.look):
            raise PatternError(f"`{text}` repeats what takes no character.")
        least, most = _times(text)
        return Repeated(atom, least, most, text.removesuffix("?") if len(text) > 1 else text)

    def LITERAL(self, token: Token) -> Characters:  # noqa: N802 - named as the terminal
        return _one(ord(token))

    def DOT(self, token: Token) -> Characters:  # noqa: N802
        return Characters(".", ((0, 9), (11, 12), (14, _LAST)))

    def EDGE(self, token: Token) -> Edge:  # noqa: N802
        return Edge(_EDGES[str(token)])

    def ESCAPE(self, token: Token) -> Characters:  # noqa: N802
        letter = token[1]
        if letter in _SETS:
            text, ranges = _SETS[letter]
            return Characters(text if letter == "s" else f"[{text}]", ranges)
        if letter.lower() in _SETS:
            text, ranges = _SETS[letter.lower()]
            return Characters(r"\S" if letter == "S" else f"[^{text}]", _without(ranges))
        return _one(_escaped(str(token)))

    def CLASS(self, token: Token) -> Characters:  # noqa: N802
        return _class(str(token))


def _times(text: str) -> tuple[int, int | None]:
    simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if text[0] in simple:
        return simple[text[0]]
    low, comma, high = text.strip("{}?").partition(",")
    least, most = int(low), int(high) if high else None if comma else int(low)
    if max(least, most or 0) > _MOST_TIMES:
        raise PatternError(f"`{text}` repeats more than {_MOST_TIMES} times; use minlength and maxlength for lengths.")
    if most is not None and most < least:
        raise PatternError(f"The repetition `{text}` is empty.")
    return least, most


def _escaped(text: str) -> int:
    """The character that an escape stands for."""
    letter = text[1]
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter in "ux" and len(text) > 2:
        return int(text[2:], 16)
    if letter.isalnum():
        meant = {"b": "a word boundary", "B": "a word boundary", "p": "a Unicode property", "P": "a Unicode property"}
        what = meant.get(letter, "a reference back" if letter.isdigit() else "an escape")
        raise PatternError(f"`\\{letter}`, {what}, is not read alike by the database and the application.")
    return ord(letter)


def _one(code: int) -> Characters:
    return Characters(_spelled(code, _SPECIAL), ((code, code),))


def _spelled(code: int, special: str) -> str:
    for letter, control in _CONTROLS.items():
        if code == control:
            return f"\\{letter}"
    if code < 32 or code == 127:
        return f"\\u{code:04x}"
    return f"\\{chr(code)}" if chr(code) in special else chr(code)


def _class(text: str) -> Characters:
    negated = text.startswith("[^")
    inside = text[2 if negated else 1 : -1]
    if "&&" in inside:
        raise PatternError("`&&` in a class is not read alike by the database and the application.")
    ranges: list[tuple[int, int]] = []
    written: list[str] = []
    letters: set[str] = set()
    items = list(_items(inside))
    at = 0
    while at < len(items):
        item = items[at]
        if _is_set(item):
            letters.add(item[1])
            at += 1
            continue
        low = _code(item)
        high = low
        if (
            at + 2 < len(items)
            and items[at + 1] == "-"
            and not (len(items[at + 2]) == 2 and items[at + 2][1] in "dwsDWS")
        ):
            high = _code(items[at + 2])
            at += 2
        if high < low:
            raise PatternError(f"The range `{chr(low)}-{chr(high)}` of a class is empty.")
        ranges.append((low, high))
        written.append(_spelled(low, _IN_CLASS) + (f"-{_spelled(high, _IN_CLASS)}" if high > low else ""))
        at += 1
    if any(letter.upper() in letters for letter in letters & {"d", "w", "s"}) and not negated:
        return Characters(r"(?:.|[\n\r])", ((0, _LAST),))
    if letters & set("DWS"):
        raise PatternError(
            "`\\D`, `\\W` and `\\S` inside a class are not read alike by the database and the application."
        )
    for letter in sorted(letters):
        written.insert(0, _SETS[letter][0])
        ranges.extend(_SETS[letter][1])
    found = tuple(sorted(ranges))
    return Characters(f"[{'^' if negated else ''}{''.join(written)}]", _without(found) if negated else found)


def _is_set(item: str) -> bool:
    return len(item) == 2 and item[1] in "dwsDWS"


def _items(inside: str) -> list[str]:
    found, at = [], 0
    while at < len(inside):
        length = 1
        if inside[at] == "\\":
            length = {"u": 6, "x": 4}.get(inside[at + 1 : at + 2], 2)
        found.append(inside[at : at + length])
        at += length
    return found


def _code(item: str) -> int:
    return _escaped(item) if item[0] == "\\" else ord(item)


def _without(ranges: Ranges) -> Ranges:
    """Every character that is in none of the ranges, which are in order."""
    found, start = [], 0
    for low, high in ranges:
        if low > start:
            found.append((start, low - 1))
        start = max(start, high + 1)
    if start <= _LAST:
        found.append((start, _LAST))
    return tuple(found)
