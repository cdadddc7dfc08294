"""One field of a form, as the templates print it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldView:
    """One field of a form."""

    key: str
    type: str
    rules: str
    to_draft: str
    to_input: str
    element: str
    condition: str
    withheld: str = ""
    """Its key as a text, where what a new row begins with is not sent: who does not see the input may not write it."""
