"""`python -m stackwright_orchestrator` serves the orchestrator."""

from stackwright_kit.server import serve
from stackwright_orchestrator import SERVICE
from stackwright_orchestrator.settings import OrchestratorSettings

serve(SERVICE, OrchestratorSettings)
