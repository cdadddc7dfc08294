"""What the templates of the rules print."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleTrigger:
    """A trigger that refuses a change and names the constraint that it violates.

    `when` and `on` stand in CREATE TRIGGER (`AFTER`, `INSERT OR UPDATE`); `condition` is what must not be; `before` are
    statements that come first, `declare` their variables.
    """

    constraint: str
    function: str
    table: str
    why: str
    message: str
    condition: str
    when: str = "AFTER"
    on: str = "INSERT OR UPDATE"
    is_constraint: bool = True
    before: tuple[str, ...] = ()
    code: str = "check_violation"
