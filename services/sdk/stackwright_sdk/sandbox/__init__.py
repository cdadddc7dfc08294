"""Where generated code runs: no network but a loopback of its own, read-only tools, its own scratch, and limits."""

from stackwright_sdk.sandbox.box import Sandbox
from stackwright_sdk.sandbox.launch import Level
from stackwright_sdk.sandbox.probe import Confinement, confinement
from stackwright_sdk.sandbox.process import SandboxProcess
from stackwright_sdk.sandbox.spec import (
    Limits,
    Outcome,
    RunResult,
    SandboxError,
    SandboxLimitError,
    SandboxSpec,
    SandboxUnavailableError,
)

__all__ = [
    "Confinement",
    "Level",
    "Limits",
    "Outcome",
    "RunResult",
    "Sandbox",
    "SandboxError",
    "SandboxLimitError",
    "SandboxProcess",
    "SandboxSpec",
    "SandboxUnavailableError",
    "confinement",
]
