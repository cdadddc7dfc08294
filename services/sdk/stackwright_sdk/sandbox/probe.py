"""What this machine can confine, found by trying it once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from stackwright_sdk.sandbox import landlock
from stackwright_sdk.sandbox.box import Sandbox
from stackwright_sdk.sandbox.launch import Level
from stackwright_sdk.sandbox.spec import SandboxError, SandboxSpec, SandboxUnavailableError


@dataclass(frozen=True)
class Confinement:
    """The best level that works here, what the stronger ones said, and whether this machine has a way out."""

    level: Level | None
    refusals: tuple[str, ...]
    way_out: bool
    """A route to anywhere but loopback."""

    @property
    def proof_refused(self) -> str:
        """Why an application must not be run here, in one sentence; empty when it may be."""
        if self.level is None:
            return f"nothing confines generated code on this machine ({'; '.join(self.refusals)})"
        if self.level is Level.LANDLOCK and self.way_out:
            return "only Landlock is available, it does not confine UDP, and this machine has a route out"
        return ""


_known: Confinement | None = None


async def confinement() -> Confinement:
    """Probe once in the life of this process (about 50 ms)."""
    global _known
    if _known is None:
        _known = await probe()  # twice at worst, with the same answer
    return _known


async def probe() -> Confinement:
    """Try each level, strongest first."""
    refusals: list[str] = []
    levels = [Level.NAMESPACES] if os.geteuid() else [Level.OWN_USER, Level.NAMESPACES]
    if landlock.abi() >= landlock.LEAST_ABI:
        levels.append(Level.LANDLOCK)
    else:
        refusals.append(f"Landlock is version {landlock.abi()} of {landlock.LEAST_ABI}")
    for level in levels:
        try:
            async with Sandbox(level=level) as box:
                result = await box.run(["/bin/true"])
            if result.ok:
                return Confinement(level, tuple(refusals), _way_out())
            refusals.append(f"{level.value}: {result.text.strip()[-200:]}")
        except (SandboxError, OSError) as error:
            refusals.append(str(error))
    return Confinement(None, tuple(refusals), _way_out())


async def level_for(spec: SandboxSpec) -> Level:
    """The level to use. Raises SandboxUnavailableError when `spec` needs more than this machine can confine."""
    found = await confinement()
    if found.level is None or (spec.network and found.proof_refused):
        raise SandboxUnavailableError(found.proof_refused)
    return found.level


def _way_out() -> bool:
    try:
        routes = Path("/proc/net/route").read_text().splitlines()[1:]
        routes6 = Path("/proc/net/ipv6_route").read_text().splitlines() if Path("/proc/net/ipv6_route").exists() else []
    except OSError:
        return True
    return any(line.split()[0] != "lo" for line in routes) or any(line.split()[-1] != "lo" for line in routes6)
