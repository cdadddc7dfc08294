"""One call starts a service: see `serve`, and `running` for inside a loop."""

from stackwright_kit.server.interceptor import check_message, deadline, field_path
from stackwright_kit.server.service import Running, Runtime, Service, running, serve

__all__ = ["Running", "Runtime", "Service", "check_message", "deadline", "field_path", "running", "serve"]
