"""References that relations made, and the way into a circle of required ones."""

from __future__ import annotations

from dataclasses import dataclass

from stackwright_registry.jdl.syntax import Word
from stackwright_registry.jdl.types import Value
from stackwright_registry.jdl.world import World
from stackwright_registry.naming.names import model_name


@dataclass
class Reference:
    """A reference that was compiled; `required` may still be taken back."""

    owner: str
    name: str
    target: str
    word: Word
    required: bool
    flags: tuple[str, ...]
    description: str

    def value(self) -> Value:
        """Give it as a field of `domain.entities`."""
        flags = [*([] if self.required else ["optional"]), *self.flags]
        return described(" ".join(["ref", model_name(self.target), *flags]), self.description)


def described(type_: str, description: str) -> Value:
    """Give a field of `domain.entities`, with its documentation if it has any."""
    return {"is": type_, "description": description} if description else {"is": type_}


def relax_circles(world: World, references: list[Reference]) -> None:
    """Make one reference of every circle of required ones optional: else no row of the circle could be made first."""
    kept: dict[str, set[str]] = {}
    for reference in references:
        if not reference.required:
            continue
        if _leads(kept, reference.target, reference.owner):
            reference.required = False
            message = (
                f"`{reference.owner}` and `{reference.target}` require each other, so no first row could be made: "
                f"`{reference.name}` is optional."
            )
            world.notes.warn(reference.word, message)
        else:
            kept.setdefault(reference.owner, set()).add(reference.target)


def _leads(kept: dict[str, set[str]], start: str, end: str) -> bool:
    seen, stack = {start}, [start]
    while stack:
        name = stack.pop()
        if name == end:
            return True
        for after in kept.get(name, ()):
            if after not in seen:
                seen.add(after)
                stack.append(after)
    return False
