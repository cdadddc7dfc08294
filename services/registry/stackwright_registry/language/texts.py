"""Texts with places for expressions: mails and notices; and the keys that things outside models have."""

from __future__ import annotations

import re

from stackwright.contract.v1 import contract_pb2 as contract
from stackwright.contract.v1 import expression_pb2 as expression
from stackwright_registry.language.context import Reading
from stackwright_registry.language.fields import read_fields
from stackwright_registry.yaml_source import Source

_KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")
_PLACE = re.compile(r"\{([^{}]*)\}")


def read_key(source: Source, what: str) -> str:
    """Read the key of something outside models, such as `app.name`."""
    text = source.text(what)
    if not _KEY.match(text) or len(text) > 100:
        source.wrong("wrong_name", f"`{text}` is no key of {what}: lower-case words, joined by points.")
    return text


def read_template(source: Source) -> contract.Template:
    """Read a text with `{expression}` places."""
    text = source.text("a text")
    template = contract.Template(source=text)
    position = 0
    for match in _PLACE.finditer(text):
        if match.start() > position:
            template.parts.add(text=text[position : match.start()])
        place = source.place.moved(match.start() + 1).message()
        template.parts.add(expression=expression.Expression(source=match[1].strip(), place=place))
        position = match.end()
    if position < len(text):
        template.parts.add(text=text[position:])
    return template


def read_mails(reading: Reading, source: Source) -> list[contract.Mail]:
    """Read `mails`."""
    found = []
    for key, value in source.pairs():
        mail = contract.Mail(key=read_key(key, "a mail"), feature=reading.feature)
        keys = value.keyed("A mail", frozenset({"subject", "body", "with"}))
        for part in ("subject", "body"):
            if part in keys:
                getattr(mail, part).CopyFrom(read_template(keys[part]))
            else:
                value.wrong("missing_key", f"A mail needs `{part}`.")
        if "with" in keys:
            mail.parameters.extend(read_fields(reading, keys["with"], f"mails.{mail.key}"))
        reading.note(f"mails.{mail.key}", key)
        found.append(mail)
    return found


def read_notices(reading: Reading, source: Source) -> list[contract.Notice]:
    """Read `notices`."""
    found = []
    for key, value in source.pairs():
        found.append(contract.Notice(key=read_key(key, "a notice"), feature=reading.feature, text=read_template(value)))
        reading.note(f"notices.{found[-1].key}", key)
    return found
