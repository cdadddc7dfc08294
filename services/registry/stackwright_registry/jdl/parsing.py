"""Reading a JDL text: every statement that cannot be read is told with its place, and the rest is read all the same."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lark import Lark, Token
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from stackwright_registry.jdl.expecting import expected, unclosed
from stackwright_registry.jdl.reading import Reading
from stackwright_registry.jdl.syntax import PATH, Document
from stackwright_registry.problems import Place, Problems

LONGEST = 5_242_880
# Each problem of syntax costs one more reading: so many of them, and so many characters in all, are looked for.
_MOST_PROBLEMS = 20
_MOST_CHARACTERS = 2 * LONGEST
_NAME = r"[^\W\d][\w$-]*"
# Where a statement begins: what has a name and a brace anywhere at the start of a line; options only without
# indentation, since a field may be called `filter`.
_STATEMENT = re.compile(
    rf"^[ \t]*(?:entity[ \t]+{_NAME}[ \t]*(?=[({{\n\r]|$)|enum[ \t]+{_NAME}\s*\{{|relationship[ \t]+{_NAME}\s*\{{"
    r"|(?:application|deployment)\s*\{)"
    r"|^(?:paginate|dto|service|search|filter|microservice|angularSuffix|clientRootFolder|readOnly|embedded|skipClient"
    r"|skipServer|noFluentMethod|use)[ \t]"
    rf"|^{_NAME}[ \t]*=",
    re.MULTILINE,
)
_DECLARED = re.compile(rf"\b(?:entity|enum)\s+({_NAME})")


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("grammar.lark").read_text("utf-8")
    return Lark(grammar, parser="lalr", lexer="contextual", maybe_placeholders=False)


def read_jdl(text: str, problems: Problems) -> Document:
    """Read a text; what cannot be read is noted with line, column and what was expected, and left out."""
    if len(text) > LONGEST:
        message = f"A JDL text has at most {LONGEST:,} characters; this one has {len(text):,}."
        problems.add(Place(PATH, 1, 1), "too_long", message)
        return Document()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    unread: set[str] = set()
    attempts = max(1, min(_MOST_PROBLEMS, _MOST_CHARACTERS // max(1, len(text))))
    for _ in range(attempts):
        noted = Problems()
        try:
            document = Reading(noted).transform(_parser().parse(text))
        except UnexpectedInput as error:
            text = _told(text, error, problems, unread)
            continue
        except VisitError as error:
            raise error.orig_exc from error
        problems.extend(noted.sorted())
        return Document(
            document.entities,
            document.enumerations,
            document.relations,
            document.options,
            document.constants,
            document.skipped,
            frozenset(unread),
        )
    return Document(unread=frozenset(unread))


def _told(text: str, error: UnexpectedInput, problems: Problems, unread: set[str]) -> str:
    """Note the problem, and give the text without the statement in which it stands; lines stay where they are."""
    at, place = _position(text, error)
    starts = [found.start() for found in _STATEMENT.finditer(text, 0, at + 1)]
    start = starts[-1] if starts else 0
    following = _STATEMENT.search(text, max(at, start + 1))
    end = following.start() if following else len(text)
    if len(starts) > 1 and text[at] == "{" and "{" not in text[start:at]:
        # The statement is whole, but it begins inside the one before.
        start, end = starts[-2], start
        problems.add(place, "not_jdl", unclosed(text[start:end], text.count("\n", 0, start) + 1))
    else:
        problems.add(place, "not_jdl", expected(error, text[start:end], text.count("\n", 0, start) + 1))
    statement = text[start:end]
    unread.update(_DECLARED.findall(statement))
    return text[:start] + re.sub(r"[^\n]", " ", statement) + text[end:]


def _position(text: str, error: UnexpectedInput) -> tuple[int, Place]:
    if isinstance(error, UnexpectedToken) and isinstance(error.token, Token) and error.token.type != "$END":
        return error.token.start_pos or 0, Place(PATH, error.token.line or 1, error.token.column or 1)
    if isinstance(error, UnexpectedCharacters):
        before = "".join(text.splitlines(keepends=True)[: error.line - 1])
        return len(before) + error.column - 1, Place(PATH, error.line, error.column)
    # The end: behind the last thing that is written.
    at = len(text.rstrip())
    line = text.count("\n", 0, at) + 1
    return max(at - 1, 0), Place(PATH, line, at - (text.rfind("\n", 0, at) + 1) + 1)
