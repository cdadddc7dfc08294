"""Where an expression may stand, and what it may read there (§10 of the language)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Stand:
    """One row of the table: what an expression at this place may read."""

    name: str
    relations: bool = False
    old: bool = False
    # actor, session, visitor, the ready-made terms, can, readable, writable, holders
    actor: bool = False
    setting: bool = False
    now: bool = False
    input: bool = False
    event: bool = False
    request: bool = False
    app: bool = False


OWN_COLUMNS = Stand("a condition on own columns")
CHECK = Stand("a check", relations=True, old=True)
STORED = Stand("a stored value", relations=True)
ACCESS = Stand("access", relations=True, actor=True, setting=True, now=True)
VALUE = Stand("a value", relations=True, actor=True, setting=True, now=True)
EFFECT = Stand(
    "a step",
    relations=True,
    old=True,
    actor=True,
    setting=True,
    now=True,
    input=True,
    event=True,
    request=True,
    app=True,
)
GUARD = Stand(
    "a guard", relations=True, old=True, actor=True, setting=True, now=True, input=True, event=True, request=True
)
GATE = Stand("a gate", relations=True, actor=True, setting=True, request=True)
CLOCK = Stand("`every`", relations=True, setting=True, now=True)
