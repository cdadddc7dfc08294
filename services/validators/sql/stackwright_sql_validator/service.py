"""The validator as a service."""

from stackwright_kit.server import Service
from stackwright_sdk.validation.service import validator_service
from stackwright_sql_validator.validator import SqlValidator


def service(*, warm: bool = True) -> Service:
    """Give what `serve` and the one-process suite start; without `warm` its workers wait for the first request."""
    return validator_service(SqlValidator, warm=warm)
