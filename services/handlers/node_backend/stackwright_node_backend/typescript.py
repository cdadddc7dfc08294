"""Small pieces of TypeScript text: literals, property names and import lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import dirname

from stackwright.contract.v1.expression_pb2 import Literal
from stackwright_sdk.handler.imports import relative_import
from stackwright_sdk.handler.templates import single_quoted

WIDTH = 130


def string(text: str) -> str:
    """A single-quoted string literal."""
    return single_quoted(text)


def sql_string(sql: str) -> str:
    """A template literal that holds SQL."""
    escaped = sql.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{escaped}`"


def literal(value: Literal) -> str:
    """A literal of the contract as TypeScript; temporal and decimal values are text, as the API has them."""
    kind = value.WhichOneof("value")
    if kind == "bool_value":
        return "true" if value.bool_value else "false"
    if kind == "int_value":
        return str(value.int_value)
    if kind == "json_value":
        return value.json_value
    if kind in (None, "null_value"):
        return "null"
    return string(str(getattr(value, kind)))


def number(value: int) -> str:
    """A whole number, in groups of three digits where it is long."""
    return f"{value:_}" if value >= 10_000 else str(value)  # shorter ones are read at a glance


def entry(name: str, value: str) -> str:
    """An entry of an object literal, in short form where name and value are the same."""
    return name if name == value else f"{name}: {value}"


def list_text(items: Iterable[str], *, before: str, after: str, indent: int = 0) -> str:
    """`before` items `after` on one line where it fits, else one item a line."""
    texts = list(items)
    one_line = f"{before}{', '.join(texts)}{after}"
    if indent + len(one_line) <= WIDTH:
        return one_line
    pad = " " * (indent + 2)
    lines = "".join(f"{pad}{text},\n" for text in texts)
    return f"{before.rstrip()}\n{lines}{' ' * indent}{after.lstrip()}"


@dataclass
class Imports:
    """What a file imports. `path` is the file itself; the application's modules are named by path, packages by name."""

    path: str
    _names: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, module: str, name: str, *, type_only: bool = False) -> str:
        """Import `name` (`x as y` for another name), and give the name by which the file calls it."""
        known = self._names[module].get(name, True)
        self._names[module][name] = known and type_only
        return name.rsplit(" as ", 1)[-1]

    def lines(self) -> list[str]:
        """The import lines: packages first, then the application's own modules, each sorted."""
        packages = sorted(module for module in self._names if not _is_own(module))
        own = {self._relative(module): module for module in self._names if _is_own(module)}
        ordered = sorted(own, key=lambda text: (-text.count("../"), text))
        return [
            *(self._line(module, module) for module in packages),
            *(self._line(own[relative], relative) for relative in ordered),
        ]

    def _line(self, module: str, shown: str) -> str:
        names = self._names[module]
        word = "import type" if all(names.values()) else "import"
        texts = [
            f"type {name}" if type_only and word == "import" else name
            for name, type_only in sorted(names.items(), key=lambda item: (item[0].lower(), item[0]))
        ]
        return list_text(texts, before=f"{word} {{ ", after=f" }} from {string(shown)};")

    def _relative(self, module: str) -> str:
        return relative_import(module, dirname(self.path))


def _is_own(module: str) -> bool:
    return module.startswith(("src/", "tests/"))
