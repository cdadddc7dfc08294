"""Sequences the phases of a run: resolve, establish, generate, validate, refine, assemble; falls back at any failure.

In a process of its own: `python -m stackwright_orchestrator`. In a loop: `running(SERVICE, OrchestratorSettings(...))`.
"""

from stackwright_kit.server import Service
from stackwright_orchestrator.service import opened

VERSION = "0.1.0"
SERVICE = Service("orchestrator", VERSION, open=opened)
