"""Small pieces of TypeScript text: literals, words and import lines."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from posixpath import dirname

from stackwright_sdk.handler.imports import relative_import
from stackwright_sdk.handler.templates import double_quoted

_IDENTIFIER = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")


def string(text: str) -> str:
    """A string literal."""
    return double_quoted(text)


def member(row: str, name: str) -> str:
    """Access to a member: `row.title`, or `row["odd name"]`."""
    return f"{row}.{name}" if _IDENTIFIER.match(name) else f"{row}[{string(name)}]"


def key(name: str) -> str:
    """A name as key of an object literal or an interface."""
    return name if _IDENTIFIER.match(name) else string(name)


def attribute(text: str) -> str:
    """A JSX attribute value; what JSX would read as an entity or a quote goes into braces."""
    plain = '"' not in text and "&" not in text and "\\" not in text and "\n" not in text
    return f'"{text}"' if plain else f"{{{string(text)}}}"


def jsx_text(text: str) -> str:
    """Text between tags; what JSX would read as code goes into braces."""
    return f"{{{string(text)}}}" if any(sign in text for sign in "{}<>&\"'\n\\") or text != text.strip() else text


def template(text: str) -> str:
    """Text as part of a template literal."""
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")


def sentence(label: str) -> str:
    """A label inside a sentence: `Audit entry` → `audit entry`; an acronym stays."""
    first = label.split(" ")[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


def pascal(name: str) -> str:
    """`deactivateUser` → `DeactivateUser`."""
    return name[:1].upper() + name[1:]


@dataclass
class Imports:
    """What a file imports. Modules of the application are named by their path from its root, packages by name."""

    path: str
    _names: dict[str, dict[str, bool]] = field(default_factory=lambda: defaultdict(dict))
    _defaults: dict[str, str] = field(default_factory=dict)

    def add(self, module: str, name: str, *, type_only: bool = False) -> str:
        """Import `name`, and give it back. A name that is once imported as a value stays one."""
        known = self._names[module].get(name, True)
        self._names[module][name] = known and type_only
        return name

    def default(self, module: str, name: str) -> str:
        """Import the default export as `name`, and give it back."""
        self._defaults[module] = name
        return name

    @property
    def text(self) -> str:
        """The import lines: packages first, then own modules, the farthest first."""
        modules = set(self._names) | set(self._defaults)
        packages = sorted((module for module in modules if not module.startswith("src/")), key=str.lower)
        own = {self._relative(module): module for module in modules if module.startswith("src/")}
        near = sorted(own, key=lambda text: (-text.count("../"), text.lower()))
        groups = [[self._line(name, name) for name in packages], [self._line(own[name], name) for name in near]]
        return "\n\n".join("\n".join(group) for group in groups if group)

    def _line(self, module: str, shown: str) -> str:
        if module in self._defaults:
            return f"import {self._defaults[module]} from {string(shown)};"
        names = self._names[module]
        word = "import type" if all(names.values()) else "import"
        ordered = sorted(names.items(), key=lambda item: (item[0].lower(), item[0]))
        texts = [f"type {name}" if only and word == "import" else name for name, only in ordered]
        return f"{word} {{ {', '.join(texts)} }} from {string(shown)};"

    def _relative(self, module: str) -> str:
        return relative_import(module, dirname(self.path))
