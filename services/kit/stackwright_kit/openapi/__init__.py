"""A contract as an OpenAPI 3.1 document: the registry exports it, and the back ends that are generated serve it."""

from stackwright_kit.openapi.document import openapi, openapi_bytes
from stackwright_kit.openapi.fields import answers
from stackwright_kit.openapi.schemas import Json, Schema

__all__ = ["Json", "Schema", "answers", "openapi", "openapi_bytes"]
