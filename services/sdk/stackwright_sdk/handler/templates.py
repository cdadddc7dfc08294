"""Jinja templates that only print: decisions are made in Python, on typed view objects."""

import json
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from stackwright_sdk.node import cache_folder


class Templates:
    """The templates of one handler. Unknown names are errors; nothing is escaped, since the output is code."""

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            # They lie still while a handler runs.
            auto_reload=False,
            # Compiling templates takes longer than printing with them.
            bytecode_cache=FileSystemBytecodeCache(str(_compiled())),
            autoescape=False,  # noqa: S701  # templates print source code; values pass through the literal filters below
        )
        self._environment.filters["double_quoted"] = double_quoted
        self._environment.filters["single_quoted"] = single_quoted

    def render(self, name: str, view: object) -> str:
        """Print template `name` with the view object as `view`. Raises jinja2 errors for an unknown name in it."""
        return self._environment.get_template(name).render(view=view)


def _compiled() -> Path:
    folder = cache_folder() / "templates"
    folder.mkdir(exist_ok=True)
    return folder


@lru_cache(maxsize=4096)
def double_quoted(text: str) -> str:
    """Give a string literal valid in JSON, JavaScript, TypeScript and Python."""
    return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def single_quoted(text: str) -> str:
    """Give a single-quoted string literal of JavaScript and TypeScript."""
    return "'" + double_quoted(text)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
