"""Lines of the blueprint that only applications with organizations have.

Such a line stands in the blueprint as a comment, so that the blueprint itself is an application without organizations;
a line that they replace carries a mark at its end.
"""

import re
from dataclasses import replace

from stackwright_sdk.handler import Blueprint

_WITH = re.compile(r"^([ \t]*)//@organizations ", re.MULTILINE)
_WITH_LINE = re.compile(r"^[ \t]*//@organizations .*\n", re.MULTILINE)
_WITHOUT = re.compile(r" //@no-organizations$", re.MULTILINE)
_WITHOUT_LINE = re.compile(r"^.* //@no-organizations\n", re.MULTILINE)


def marked(text: str, *, organizations: bool) -> str:
    """The text of a file as it is delivered, with the marked lines or without them."""
    if organizations:
        return _WITH.sub(r"\1", _WITHOUT_LINE.sub("", text))
    return _WITHOUT.sub("", _WITH_LINE.sub("", text))


def chosen(blueprint: Blueprint, *, organizations: bool) -> Blueprint:
    """The blueprint with the files as they are delivered."""
    files = [
        replace(file, content=marked(file.content.decode(), organizations=organizations).encode())
        if file.path.endswith(".ts")
        else file
        for file in blueprint.files.values()
    ]
    return blueprint.replaced(files)
