"""How fast this machine is at this moment: figures of a shared one mean little without it."""

import os
import time

# Seconds of processor time that the loop below takes on the machine that the limits were set for, when it is alone.
_AT_REST = 0.6
_STEPS = 20_000_000


def reference() -> float:
    """Give the processor seconds that a fixed piece of work takes now."""
    started = time.process_time()
    total = 0
    for number in range(_STEPS):
        total += number
    return time.process_time() - started


def tell(seconds: float) -> str:
    """Say it in a sentence, with what else runs."""
    load = os.getloadavg()[0]
    return (
        f"reference work: {seconds:.2f} s of processor time, about {_AT_REST:g} s on a machine at rest; "
        f"{load:.1f} processes ran on {os.cpu_count()} processors"
    )
