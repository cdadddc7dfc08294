"""`python -m stackwright_registry` serves the registry."""

from stackwright_kit.server import serve
from stackwright_registry.service import service

serve(service())
