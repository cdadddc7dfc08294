"""What several views hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A name and the code that belongs to it."""

    name: str
    text: str
